#include "cluster_model/controllers/scale_down_order.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <string>
#include <tuple>

#include "cluster_model/pod_facts.hpp"

namespace muster {

namespace {

/// Smaller means sooner; compared member by member.
using Rank = std::tuple<bool, int, bool, int, int, int, int, std::int64_t, std::string>;

int phase_rank(const std::string& phase) {
  return phase == "Pending" ? 0 : phase == "Unknown" ? 1 : 2;
}

int deletion_cost(const Meta& meta) {
  const auto found = meta.annotations.find("controller.kubernetes.io/pod-deletion-cost");
  int cost = 0;
  if (found != meta.annotations.end()) {
    std::from_chars(found->second.data(), found->second.data() + found->second.size(), cost);
  }
  return cost;
}

/// Times are compared in logarithmic buckets, so that which of two old pods goes is not always the same.
int age_bucket(SimDuration age) {
  int bucket = 0;
  for (SimDuration edge = 1s; edge <= age && bucket < 12; edge *= 10) ++bucket;
  return bucket;
}

Rank rank_of(const Object& object, int neighbours, SimTime now) {
  const auto& pod = object.as<Pod>();
  const bool ready = is_ready(pod);
  return {!pod.spec.node_name.empty(),
          phase_rank(pod.status.phase),
          ready,
          deletion_cost(object.meta),
          -neighbours,
          ready ? age_bucket(now - ready_since(pod)) : 0,
          -restarts_of(pod),
          -nanoseconds_of(object.meta.created),
          object.meta.name};
}

}  // namespace

std::vector<ObjectPtr> scale_down_order(std::vector<ObjectPtr> pods, SimTime now) {
  std::map<std::string, int> on_node;
  for (const ObjectPtr& pod : pods) on_node[pod->as<Pod>().spec.node_name] += 1;
  std::vector<std::pair<Rank, ObjectPtr>> ranked;
  for (const ObjectPtr& pod : pods) {
    ranked.emplace_back(rank_of(*pod, on_node[pod->as<Pod>().spec.node_name], now), pod);
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < pods.size(); ++i) pods[i] = ranked[i].second;
  return pods;
}

}  // namespace muster
