// Which pods a ReplicaSet gives up first. Order: kubernetes/kubernetes pkg/controller/controller_utils.go,
// ActivePodsWithRanks.
#pragma once

#include <vector>

#include "cluster_model/objects.hpp"

namespace muster {

/// The first of the returned pods are the first victims: unscheduled; Pending before Unknown before Running;
/// not ready; lower pod-deletion-cost; on a node with more of `pods`; ready for less time (in powers of ten
/// of a second); more restarts; newer. Names decide what is left.
std::vector<ObjectPtr> scale_down_order(std::vector<ObjectPtr> pods, SimTime now);

}  // namespace muster
