#include "cluster_model/controllers/node_fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "cluster_model/pod_facts.hpp"

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
  return sum;
}

std::vector<std::string> misfits(const PodSpec& spec, const NodeRoom& node) {
  if (node.unschedulable) return {"node(s) were unschedulable"};
  if (!matches_selector(spec.node_selector, node.labels))
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
  std::int64_t best_score = -1;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (!misfits(spec, nodes[i]).empty()) continue;
    const std::int64_t spread = most == 0 ? 100 : 100 * (most - nodes[i].same_set) / most;
    const std::int64_t score = least_allocated(wanted, nodes[i]) + 2 * spread;
    if (score > best_score) best = static_cast<int>(i), best_score = score;
  }
  return best;
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

std::vector<NodeRoom> node_rooms(const std::vector<ObjectPtr>& nodes, const std::vector<ObjectPtr>& pods,
                                 const std::string& owner_uid) {
  std::vector<NodeRoom> rooms;
  for (const ObjectPtr& object : nodes) {
    const auto& node = object->as<Node>();
    rooms.push_back({object->meta.name,
                     object->meta.labels,
                     node.unschedulable,
                     {node.cpu_millis, node.memory_bytes, node.pods},
                     {},
                     0});
  }
  for (const ObjectPtr& object : pods) {
    const auto& pod = object->as<Pod>();
    const auto room = std::find_if(rooms.begin(), rooms.end(),
                                   [&](const NodeRoom& node) { return node.name == pod.spec.node_name; });
    if (room == rooms.end() || is_finished(pod)) continue;
    const Amounts wanted = requests_of(pod.spec);
    room->used.cpu += wanted.cpu;
    room->used.memory += wanted.memory;
    room->used.pods += 1;
    const OwnerReference* owner = controller_of(object->meta);
    room->same_set += owner && !owner_uid.empty() && owner->uid == owner_uid && !object->meta.deletion_at;
  }
  return rooms;
}

}  // namespace muster
