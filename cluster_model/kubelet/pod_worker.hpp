// One pod on its node: sandbox, containers, published status, graceful end. Model: kubernetes/kubernetes
// pkg/kubelet/pod_workers.go.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cluster_model/kubelet/container_worker.hpp"
#include "cluster_model/kubelet/eviction_order.hpp"
#include "cluster_model/storage/disk.hpp"

namespace muster {

/// How a pod worker tells its kubelet.
struct PodWorkerCallbacks {
  std::function<void(const ObjectKey&)> listening;  ///< a process of the pod accepts connections now
  std::function<void(const ObjectKey&)> gone;       ///< an abandoned pod's last container has ended
  std::function<void(double)> spent;  ///< CPU seconds of a process that ended
};

class PodWorker {
 public:
  PodWorker(ControlContext& context, const ObjectPtr& pod, std::string ip, std::string host_ip,
            PodWorkerCallbacks callbacks);

  /// Sandbox, then containers.
  void begin();
  /// Running and ready since before the drill; see ContainerWorker::resume. The status is returned, not
  /// written.
  bool resume(SimTime started, PodStatus& status);
  /// The pod object has a new version.
  void follow(const ObjectPtr& pod);
  /// The pod object is gone (forced deletion): the processes get a last moment.
  void abandon();

  /// The node lost power; see ContainerWorker::lose_power.
  void lose_power();
  /// The kubelet is back after a reboot: a new sandbox, and the containers are started again.
  void reboot();
  /// The kubelet reaches the API server again: says what it could not say meanwhile.
  void catch_up() { publish(); }

  /// A ConfigMap or Secret has changed.
  void follow_config(const ObjectKey& changed) { volumes_.follow(changed); }

  /// Bytes, by all its containers.
  std::int64_t memory_in_use() const;
  /// What its containers use and request.
  PodUse memory_use() const;
  PodUse disk_use(const Disk& disk, bool inodes) const;
  /// The kubelet ends the pod because the node is short of something: phase Failed, reason Evicted; the
  /// object stays.
  void evict(const std::string& message);
  /// Evicted, and its processes have not ended yet.
  bool evicting() const { return !evicted_.empty() && !done(); }
  /// Null if there is none of that name.
  ContainerWorker* container(const std::string& name) const;

  bool done() const;
  bool abandoned() const { return abandoned_; }
  const ObjectKey& key() const { return host_.key; }
  const std::string& uid() const { return host_.uid; }
  const std::string& ip() const { return ip_; }
  const PodSpec& spec() const { return host_.spec(); }
  ServerId server_for(int service);
  void add_usage(std::vector<ContainerUsage>& usage) const;

 private:
  void mount();
  void sandbox_ready();
  /// Begins the next init container, or the containers once all of those have succeeded.
  void advance();
  void terminate(SimTime kill_at);
  void publish();
  PodStatus shown_status(const PodStatus& before) const;
  void finish_if_done();
  void clean_up();
  PodUse plain_use() const;

  PodVolumes volumes_;
  PodHost host_;
  std::string ip_, host_ip_;
  PodWorkerCallbacks callbacks_;
  SimTime accepted_{};
  std::string evicted_;          // why; empty: it was not
  std::uint64_t sandboxes_ = 0;  // begun so far
  bool sandboxed_ = false, terminating_ = false, abandoned_ = false;
  std::vector<std::unique_ptr<ContainerWorker>> init_containers_, containers_;
  std::size_t initialised_ = 0;  // init containers that have been begun
  bool begun_ = false;           // so have the containers
  int mount_failures_ = 0;
  Timer sandbox_, removal_, mount_;
};

}  // namespace muster
