// The kubelet of one node: runs the pods that are bound to it. It reads the store and writes pod status; it
// reacts when a pod is bound, changed or deleted.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "cluster_model/kubelet/eviction_manager.hpp"
#include "cluster_model/kubelet/node_status.hpp"
#include "cluster_model/kubelet/pod_worker.hpp"
#include "cluster_model/work_queue.hpp"

namespace muster {

class Kubelet {
 public:
  /// `number` of the node gives its address range: 10.244.<number>.0/24, as flannel hands them out.
  Kubelet(ControlContext& context, std::string node, int number,
          std::function<void(const ObjectKey&)> listening);

  /// The machine's address: 10.0.0.(10 + number).
  std::string address() const;

  /// A pod that is, or was, bound to this node has changed.
  void enqueue(const ObjectKey& pod) { queue_.add_now(pod); }
  /// Takes over a pod as running and ready since `started`, before the drill. False if its containers could
  /// not run; then nothing is kept. `status` is completed.
  bool resume(const ObjectPtr& pod, SimTime started, PodStatus& status);

  /// The node's state has changed; see NodeHealth.
  void follow(NodeState before, NodeState now);

  /// A ConfigMap or Secret has changed: pods that mount it follow in their time.
  void follow_config(const ObjectKey& changed);
  /// Every ten seconds: is there enough memory and disk left? What the kernel has just killed need not be
  /// evicted.
  void check_pressure() {
    if (!evictions_.check_out_of_memory()) evictions_.check();
  }
  /// Bytes of memory left; see EvictionManager.
  std::int64_t memory_available() const { return evictions_.memory_available(); }
  std::int64_t memory_capacity() const { return evictions_.memory_capacity(); }
  /// The container of a pod that is here, or null.
  ContainerWorker* container(const std::string& pod_uid, const std::string& name) const;

  /// Drops a pod without a trace, as if it had never been here.
  void forget(const std::string& uid);

  /// What the running containers have used so far.
  void add_usage(std::vector<ContainerUsage>& usage) const;

  /// CPU seconds of all processes that have run here since the drill began.
  double cpu_seconds() const;

  const std::string& node() const { return node_; }
  /// Empty if the pod is not here or nothing listens.
  ServerId server_for(const std::string& pod_uid, int service);
  const std::map<std::string, std::unique_ptr<PodWorker>>& workers() const { return workers_; }

 private:
  void sync(const ObjectKey& key);
  PodWorker& add_worker(const ObjectPtr& pod);
  NodePods pods_for_evictions();
  std::int64_t memory_in_use() const;
  std::vector<PodUse> memory_uses() const;
  std::vector<PodUse> disk_uses(bool inodes) const;
  bool refuse(const ObjectPtr& pod);
  std::string free_address(const std::string& uid) const;

  ControlContext& context_;
  std::string node_;
  int number_;
  std::function<void(const ObjectKey&)> listening_;
  NodeStatus status_;
  EvictionManager evictions_;
  WorkQueue queue_;
  double cpu_spent_ = 0;                                       // by processes that have ended
  std::map<std::string, std::unique_ptr<PodWorker>> workers_;  // [pod uid]
};

}  // namespace muster
