// How quick the cluster is.
#pragma once

#include <cstdint>

#include "sim/distributions.hpp"

namespace muster {

/// How long the cluster's own steps take. Defaults: reference medians with their sources beside them in
/// cluster_model/defaults.hpp.
struct ClusterProfile {
  LognormalTime controller{50ms, 0.5};  ///< from a change to the controller's reaction
  LognormalTime schedule{500ms, 0.6};
  LognormalTime sandbox{1500ms, 0.5};  ///< sandbox and container creation
  LognormalTime endpoint_propagation{1s, 0.3};
  double pull_bytes_per_second = 50e6;
  LognormalTime node_boot{60s, 0.3};  ///< from power on to the kubelet's first status; our assumption
  /// Without a heartbeat for so long a node is not ready (kube-controller-manager
  /// --node-monitor-grace-period: 50 s since Kubernetes 1.32, 40 s before).
  SimDuration node_monitor_grace{50s};
  /// Working set of what a node runs besides pods: kernel, runtime, kubelet; our assumption.
  std::int64_t node_system_memory = std::int64_t{600} << 20;
  /// Working set of a container that no profile knows; our assumption.
  std::int64_t container_memory = std::int64_t{64} << 20;
  /// From a claim that needs a volume to the volume: the cloud's API; our assumption.
  LognormalTime provision{3s, 0.4};
};

}  // namespace muster
