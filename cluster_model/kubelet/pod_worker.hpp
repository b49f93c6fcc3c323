// One pod on its node: sandbox, containers, published status, graceful end. Model: kubernetes/kubernetes
// pkg/kubelet/pod_workers.go.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cluster_model/kubelet/container_worker.hpp"

namespace muster {

/// How a pod worker tells its kubelet.
struct PodWorkerCallbacks {
  std::function<void(const ObjectKey&)> listening;  ///< a process of the pod accepts connections now
  std::function<void(const ObjectKey&)> gone;       ///< an abandoned pod's last container has ended
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

  bool done() const;
  bool abandoned() const { return abandoned_; }
  const ObjectKey& key() const { return host_.key; }
  const std::string& uid() const { return host_.uid; }
  const std::string& ip() const { return ip_; }
  ServerId server_for(int service);
  void add_usage(std::vector<ContainerUsage>& usage) const;

 private:
  void sandbox_ready();
  void terminate(SimTime kill_at);
  void publish();
  PodStatus shown_status(const PodStatus& before) const;
  void finish_if_done();

  PodHost host_;
  std::string ip_, host_ip_;
  PodWorkerCallbacks callbacks_;
  SimTime accepted_{};
  std::uint64_t sandboxes_ = 0;  // begun so far
  bool sandboxed_ = false, terminating_ = false, abandoned_ = false;
  std::vector<std::unique_ptr<ContainerWorker>> containers_;
  Timer sandbox_, removal_;
};

}  // namespace muster
