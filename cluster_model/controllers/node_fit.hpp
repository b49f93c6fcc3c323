// Where a pod fits, and what the scheduler says if it fits nowhere. Filters and texts: kubernetes/kubernetes
// pkg/scheduler/framework/plugins (noderesources, nodeaffinity, nodeunschedulable) and types.go FitError.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cluster_model/objects.hpp"

namespace muster {

/// CPU in millicores, memory in bytes, pods as a count.
struct Amounts {
  std::int64_t cpu = 0, memory = 0, pods = 0;
  friend bool operator==(const Amounts&, const Amounts&) = default;
};
/// The sum of the containers' requests, or what the largest init container asks for; absent counts as zero.
Amounts requests_of(const PodSpec& spec);

struct NodeRoom {
  std::string name;
  StringMap labels;
  bool unschedulable = false;
  Amounts allocatable, used;
  int same_set = 0;  ///< pods of the same owner on it
  std::vector<Taint> taints{};
};

/// Why the pod does not fit this node; empty = it fits. The first filter that fails names its reasons, and
/// resources name every one that is short.
std::vector<std::string> misfits(const PodSpec& spec, const NodeRoom& node);

/// Index of the best node that fits, or -1: least allocated after placement plus twice the spread (the
/// default weights of NodeResourcesFit and PodTopologySpread), less three times 100 for each PreferNoSchedule
/// taint (weight of TaintToleration); ties go to the first name.
int best_node(const PodSpec& spec, const std::vector<NodeRoom>& nodes);

/// The same for what keeps the pod from every node: a claim that is missing or not bound.
std::string blocked_message(const std::string& obstacle, std::size_t nodes);

/// "0/3 nodes are available: 3 Insufficient memory. preemption: ..."
std::string unschedulable_message(const PodSpec& spec, const std::vector<NodeRoom>& nodes);

}  // namespace muster
