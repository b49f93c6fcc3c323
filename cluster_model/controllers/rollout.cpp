#include "cluster_model/controllers/rollout.hpp"

#include <algorithm>

namespace muster {

namespace {

/// floor(a / b + 1/2) away from zero, as Go's rounding helper does it.
int rounded_quotient(std::int64_t a, std::int64_t b) {
  const std::int64_t twice = 2 * a;
  return static_cast<int>(a >= 0 ? (twice + b) / (2 * b) : (twice - b) / (2 * b));
}

/// Takes up to `most` pods that are not available out of the old sets, oldest first; returns how many.
int remove_unhealthy(const std::vector<ReplicaSetCounts>& old_sets, int most, std::vector<int>& wanted) {
  int removed = 0;
  for (std::size_t i = 0; i < old_sets.size() && removed < most; ++i) {
    const int unhealthy = std::max(0, old_sets[i].wanted - old_sets[i].available);
    const int taken = std::min(most - removed, unhealthy);
    wanted[i] -= taken;
    removed += taken;
  }
  return removed;
}

void remove_oldest(int most, std::vector<int>& wanted) {
  for (int& count : wanted) {
    const int taken = std::clamp(most, 0, count);
    count -= taken;
    most -= taken;
  }
}

}  // namespace

int scaled_value(IntOrPercent value, int total, bool round_up) {
  if (!value.percent) return value.value;
  const std::int64_t hundredfold = static_cast<std::int64_t>(value.value) * total;
  return static_cast<int>(round_up ? (hundredfold + 99) / 100 : hundredfold / 100);
}

RolloutLimits resolve_fenceposts(IntOrPercent max_surge, IntOrPercent max_unavailable, int replicas) {
  RolloutLimits limits{scaled_value(max_surge, replicas, true),
                       scaled_value(max_unavailable, replicas, false)};
  if (limits.surge == 0 && limits.unavailable == 0) limits.unavailable = 1;
  limits.unavailable = std::min(limits.unavailable, replicas);
  return limits;
}

RolloutLimits rollout_limits(const Deployment& deployment) {
  if (deployment.recreate) return {};
  return resolve_fenceposts(deployment.max_surge, deployment.max_unavailable, deployment.replicas);
}

RolloutStep next_rollout_step(int replicas, RolloutLimits limits, ReplicaSetCounts new_set,
                              const std::vector<ReplicaSetCounts>& old_sets) {
  RolloutStep step{new_set.wanted, {}};
  int old_total = 0, available = new_set.available;
  for (const ReplicaSetCounts& old_set : old_sets) {
    step.old_wanted.push_back(old_set.wanted);
    old_total += old_set.wanted;
    available += old_set.available;
  }
  const int total = old_total + new_set.wanted;

  const int room = replicas + limits.surge - total;
  const int missing = replicas - new_set.wanted;
  if (missing < 0) step.new_wanted = replicas;
  if (missing > 0 && room > 0) step.new_wanted += std::min(room, missing);
  if (step.new_wanted != new_set.wanted || old_total == 0) return step;

  const int min_available = replicas - limits.unavailable;
  const int new_unavailable = new_set.wanted - new_set.available;
  const int max_removed = total - min_available - new_unavailable;
  if (max_removed <= 0) return step;
  remove_unhealthy(old_sets, max_removed, step.old_wanted);
  remove_oldest(available - min_available, step.old_wanted);
  return step;
}

int first_size_of_new_set(int replicas, RolloutLimits limits, int wanted_in_all) {
  return std::clamp(replicas + limits.surge - wanted_in_all, 0, replicas);
}

std::vector<int> proportional_scale(int replicas, int surge, const std::vector<ScaledSet>& sets) {
  std::vector<int> sizes;
  int total = 0;
  for (const ScaledSet& set : sets) total += set.wanted;
  const int allowed = replicas > 0 ? replicas + surge : 0;
  const int to_add = allowed - total;
  int added = 0;
  for (const ScaledSet& set : sets) {
    const int base = std::max(1, set.max_before);
    const int share =
        replicas == 0 ? -set.wanted
                      : rounded_quotient(static_cast<std::int64_t>(set.wanted) * allowed, base) - set.wanted;
    const int left = to_add - added;
    const int proportion = to_add > 0 ? std::min(share, left) : std::max(share, left);
    const int taken = to_add == 0 ? 0 : proportion;
    sizes.push_back(std::max(0, set.wanted + taken));
    added += taken;
  }
  if (!sizes.empty()) sizes[0] = std::max(0, sizes[0] + to_add - added);
  return sizes;
}

}  // namespace muster
