// How quick the cluster is.
#pragma once

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
};

}  // namespace muster
