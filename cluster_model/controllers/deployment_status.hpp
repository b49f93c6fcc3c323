// Status and conditions of a Deployment as a function of its ReplicaSets and its last status. Rules and
// texts: kubernetes/kubernetes pkg/controller/deployment/progress.go, sync.go, util/deployment_util.go.
#pragma once

#include <string>
#include <vector>

#include "cluster_model/objects.hpp"

namespace muster {

/// Puts a condition in: one of the same status and reason stays untouched (its times too); one of the same
/// status keeps the time of the last transition.
void set_condition(std::vector<Condition>& conditions, Condition condition);
void remove_condition(std::vector<Condition>& conditions, std::string_view type);

/// Counts and the condition Available. `new_set` may be null; `all_sets` includes it.
DeploymentStatus counted_status(const Object& deployment, const ObjectPtr& new_set,
                                const std::vector<ObjectPtr>& all_sets, SimTime now);

/// Every pod is of the new template, and available.
bool is_complete(const Object& deployment, const DeploymentStatus& status);
/// More updated, ready or available pods, or fewer old ones.
bool has_progressed(const DeploymentStatus& before, const DeploymentStatus& after);
/// When the progress deadline strikes if nothing moves any more; sim_never if it cannot.
SimTime progress_deadline_at(const Deployment& deployment, const DeploymentStatus& status);

/// counted_status plus the condition Progressing of a rollout.
DeploymentStatus rollout_status(const Object& deployment, const ObjectPtr& new_set,
                                const std::vector<ObjectPtr>& all_sets, SimTime now);

}  // namespace muster
