#include "cluster_model/controllers/node_fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "cluster_model/objects/qos.hpp"

namespace muster {

namespace {

bool matches_selector(const StringMap& selector, const StringMap& labels) {
  return selector.empty() || selects(selector, labels);
}

/// 0 (full) to 100 (empty) after placement, as LeastAllocated scores it.
std::int64_t least_allocated(const Amounts& wanted, const NodeRoom& node) {
  const auto free_share = [](std::int64_t free, std::int64_t all) {
    return all <= 0 ? 0 : std::max<std::int64_t>(0, free) * 100 / all;
  };
  const std::int64_t cpu =
      free_share(node.allocatable.cpu - node.used.cpu - wanted.cpu, node.allocatable.cpu);
  const std::int64_t memory =
      free_share(node.allocatable.memory - node.used.memory - wanted.memory, node.allocatable.memory);
  return (cpu + memory) / 2;
}

/// The first taint that keeps the pod away. A pod that requests anything is let onto a node that is short of
/// memory (kubernetes.io docs, taint-and-toleration: "taint nodes by condition").
const Taint* untolerated(const PodSpec& spec, const std::vector<Taint>& taints) {
  for (const Taint& taint : taints) {
    if (taint.effect != "NoSchedule" && taint.effect != "NoExecute") continue;
    if (toleration_of(spec.tolerations, taint)) continue;
    if (taint.key == taint_memory_pressure && qos_of(spec) != Qos::best_effort) continue;
    return &taint;
  }
  return nullptr;
}

/// Taints that would rather not have the pod (PreferNoSchedule).
int unwelcome(const PodSpec& spec, const std::vector<Taint>& taints) {
  int count = 0;
  for (const Taint& taint : taints) {
    count += taint.effect == "PreferNoSchedule" && !toleration_of(spec.tolerations, taint);
  }
  return count;
}

/// "1 Insufficient cpu, 2 Insufficient memory": counted and sorted as text.
std::string histogram(const std::map<std::string, int>& counts) {
  std::vector<std::string> parts;
  for (const auto& [reason, count] : counts) parts.push_back(fmt::format("{} {}", count, reason));
  std::sort(parts.begin(), parts.end());
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace

Amounts requests_of(const PodSpec& spec) {
  Amounts sum{0, 0, 1};
  for (const Container& container : spec.containers) {
    sum.cpu += container.resources.cpu_request.value_or(0);
    sum.memory += container.resources.memory_request.value_or(0);
  }
  // Init containers run one at a time before the others.
  for (const Container& container : spec.init_containers) {
    sum.cpu = std::max(sum.cpu, container.resources.cpu_request.value_or(0));
    sum.memory = std::max(sum.memory, container.resources.memory_request.value_or(0));
  }
  return sum;
}

std::vector<std::string> misfits(const PodSpec& spec, const NodeRoom& node) {
  if (node.unschedulable && !toleration_of(spec.tolerations, {taint_unschedulable, "", "NoSchedule", {}}))
    return {"node(s) were unschedulable"};
  if (const Taint* taint = untolerated(spec, node.taints))
    return {fmt::format("node(s) had untolerated taint {{{}: {}}}", taint->key, taint->value)};
  const bool elsewhere = !spec.required_node.empty() && spec.required_node != node.name;
  if (elsewhere || !matches_selector(spec.node_selector, node.labels))
    return {"node(s) didn't match Pod's node affinity/selector"};
  const Amounts wanted = requests_of(spec);
  std::vector<std::string> reasons;
  if (node.used.pods + 1 > node.allocatable.pods) reasons.push_back("Too many pods");
  if (wanted.cpu > 0 && node.used.cpu + wanted.cpu > node.allocatable.cpu)
    reasons.push_back("Insufficient cpu");
  if (wanted.memory > 0 && node.used.memory + wanted.memory > node.allocatable.memory) {
    reasons.push_back("Insufficient memory");
  }
  return reasons;
}

int best_node(const PodSpec& spec, const std::vector<NodeRoom>& nodes) {
  const Amounts wanted = requests_of(spec);
  int most = 0;
  for (const NodeRoom& node : nodes) most = std::max(most, node.same_set);
  int best = -1;
  std::int64_t best_score = 0;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (!misfits(spec, nodes[i]).empty()) continue;
    const std::int64_t spread = most == 0 ? 100 : 100 * (most - nodes[i].same_set) / most;
    const std::int64_t disliked = 300 * unwelcome(spec, nodes[i].taints);
    const std::int64_t score = least_allocated(wanted, nodes[i]) + 2 * spread - disliked;
    if (best < 0 || score > best_score) best = static_cast<int>(i), best_score = score;
  }
  return best;
}

std::string blocked_message(const std::string& obstacle, std::size_t nodes) {
  return fmt::format(
      "0/{0} nodes are available: {1}. preemption: 0/{0} nodes are available: {0} Preemption is not helpful "
      "for "
      "scheduling.",
      nodes, obstacle);
}

std::string unschedulable_message(const PodSpec& spec, const std::vector<NodeRoom>& nodes) {
  if (nodes.empty()) return "no nodes available to schedule pods";
  std::map<std::string, int> reasons, preemption;
  for (const NodeRoom& node : nodes) {
    const std::vector<std::string> found = misfits(spec, node);
    for (const std::string& reason : found) reasons[reason] += 1;
    const bool short_of_resources = !found.empty() && found.front().starts_with("Insufficient");
    preemption[short_of_resources ? "No preemption victims found for incoming pod"
                                  : "Preemption is not helpful for scheduling"] += 1;
  }
  return fmt::format("0/{0} nodes are available: {1}. preemption: 0/{0} nodes are available: {2}.",
                     nodes.size(), histogram(reasons), histogram(preemption));
}

}  // namespace muster
