// The taints that a node should have because of its conditions. Model: kubernetes/kubernetes
// pkg/controller/nodelifecycle (doNoScheduleTaintingPass, processTaintBaseEviction).
#pragma once

#include <string>
#include <vector>

#include "cluster_model/objects/node.hpp"

namespace muster {

/// Status of the condition Ready: "True", "False" or "Unknown".
std::string ready_status(const Node& node);

/// `node.taints` with the NoSchedule taints that follow from conditions and from spec.unschedulable; foreign
/// taints stay. New ones are stamped `now`.
std::vector<Taint> with_no_schedule_taints(const Node& node, SimTime now);

/// `node.taints` with the NoExecute taint for a node that is not ready ("False") or silent ("Unknown"), or
/// with neither if it is ready.
std::vector<Taint> with_no_execute_taint(const Node& node, const std::string& ready, SimTime now);

/// topology.kubernetes.io/region and zone of the node's labels; empty if it has none.
std::string zone_of(const StringMap& labels);

}  // namespace muster
