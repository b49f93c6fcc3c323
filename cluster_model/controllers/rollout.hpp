// The decisions of the Deployment controller, as pure functions over counts. Formulas: kubernetes/kubernetes
// pkg/controller/deployment/rolling.go and util/deployment_util.go. Applying them: deployment_controller.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cluster_model/objects.hpp"

namespace muster {

/// How far a rolling update may leave the wanted count, in pods.
struct RolloutLimits {
  int surge = 0, unavailable = 0;
  friend bool operator==(const RolloutLimits&, const RolloutLimits&) = default;
};

/// A percentage of `total`, or the count itself.
int scaled_value(IntOrPercent value, int total, bool round_up);
/// maxSurge rounded up, maxUnavailable rounded down and at most `replicas`; both zero: one may be unavailable
/// (ResolveFenceposts).
RolloutLimits resolve_fenceposts(IntOrPercent max_surge, IntOrPercent max_unavailable, int replicas);
/// The limits of this deployment; none with strategy Recreate.
RolloutLimits rollout_limits(const Deployment& deployment);

/// One ReplicaSet as the rollout sees it.
struct ReplicaSetCounts {
  int wanted = 0;     ///< spec.replicas
  int available = 0;  ///< status.availableReplicas
  friend bool operator==(const ReplicaSetCounts&, const ReplicaSetCounts&) = default;
};

/// One small step: either the new ReplicaSet gets another size, or old ones do, or nothing can be done now.
struct RolloutStep {
  int new_wanted = 0;           ///< spec.replicas of the new ReplicaSet after the step
  std::vector<int> old_wanted;  ///< [old ReplicaSet, oldest first] after the step
  friend bool operator==(const RolloutStep&, const RolloutStep&) = default;
};

/// RollingUpdate. `old_sets` is sorted by creation, oldest first.
RolloutStep next_rollout_step(int replicas, RolloutLimits limits, ReplicaSetCounts new_set,
                              const std::vector<ReplicaSetCounts>& old_sets);
/// How large a new ReplicaSet may be when it is created in mid-air (NewRSNewReplicas).
int first_size_of_new_set(int replicas, RolloutLimits limits, int wanted_in_all);

/// One active ReplicaSet when the deployment is scaled in the middle of a rollout.
struct ScaledSet {
  int wanted = 0;
  int max_before = 0;  ///< annotation max-replicas: replicas + surge when it was last scaled
};
/// Shares the new total over the sets in proportion to their size; the first takes what rounding leaves.
/// `sets` is sorted largest first, ties newer first when growing, older first when shrinking.
std::vector<int> proportional_scale(int replicas, int surge, const std::vector<ScaledSet>& sets);

}  // namespace muster
