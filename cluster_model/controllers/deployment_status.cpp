#include "cluster_model/controllers/deployment_status.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/controllers/rollout.hpp"

namespace muster {

namespace {

Condition available_condition(const Deployment& deployment, int available, SimTime now) {
  const int needed = deployment.replicas - rollout_limits(deployment).unavailable;
  if (available >= needed) {
    return {"Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.",
            now,         now};
  }
  return {
      "Available", "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.",
      now,         now};
}

Condition progressing(const char* status, const char* reason, const Object& deployment,
                      const ObjectPtr& new_set, const char* what, SimTime now) {
  const std::string subject = new_set ? fmt::format("ReplicaSet \"{}\"", new_set->meta.name)
                                      : fmt::format("Deployment \"{}\"", deployment.meta.name);
  return {"Progressing", status, reason, subject + what, now, now};
}

/// Progress moves lastUpdateTime even if the reason stays, so the old condition is taken out first.
void note_progress(std::vector<Condition>& conditions, Condition condition) {
  const Condition* before = find_condition(conditions, "Progressing");
  if (before && before->status == condition.status) condition.last_transition = before->last_transition;
  remove_condition(conditions, "Progressing");
  conditions.push_back(std::move(condition));
}

}  // namespace

void set_condition(std::vector<Condition>& conditions, Condition condition) {
  for (Condition& present : conditions) {
    if (present.type != condition.type) continue;
    if (present.status == condition.status && present.reason == condition.reason) return;
    if (present.status == condition.status) condition.last_transition = present.last_transition;
  }
  remove_condition(conditions, condition.type);
  conditions.push_back(std::move(condition));
}

void remove_condition(std::vector<Condition>& conditions, std::string_view type) {
  std::erase_if(conditions, [&](const Condition& condition) { return condition.type == type; });
}

DeploymentStatus counted_status(const Object& deployment, const ObjectPtr& new_set,
                                const std::vector<ObjectPtr>& all_sets, SimTime now) {
  const auto& spec = deployment.as<Deployment>();
  DeploymentStatus status;
  status.observed_generation = deployment.meta.generation;
  status.conditions = spec.status.conditions;
  int wanted = 0;
  for (const ObjectPtr& set : all_sets) {
    const auto& rs = set->as<ReplicaSet>();
    wanted += rs.replicas;
    status.replicas += rs.status.replicas;
    status.ready += rs.status.ready;
    status.available += rs.status.available;
  }
  if (new_set) status.updated = new_set->as<ReplicaSet>().status.replicas;
  status.unavailable = std::max(0, wanted - status.available);
  status.collision_count = spec.status.collision_count;
  set_condition(status.conditions, available_condition(spec, status.available, now));
  return status;
}

bool is_complete(const Object& deployment, const DeploymentStatus& status) {
  const int wanted = deployment.as<Deployment>().replicas;
  return status.updated == wanted && status.replicas == wanted && status.available == wanted &&
         status.observed_generation >= deployment.meta.generation;
}

bool has_progressed(const DeploymentStatus& before, const DeploymentStatus& after) {
  return after.updated > before.updated ||
         after.replicas - after.updated < before.replicas - before.updated || after.ready > before.ready ||
         after.available > before.available;
}

SimTime progress_deadline_at(const Deployment& deployment, const DeploymentStatus& status) {
  const Condition* condition = find_condition(status.conditions, "Progressing");
  if (!condition || condition->reason == "NewReplicaSetAvailable" ||
      condition->reason == "DeploymentPaused" || condition->reason == "ProgressDeadlineExceeded") {
    return sim_never;
  }
  return condition->last_update + deployment.progress_deadline;
}

namespace {

/// A refusal that a set has met is the deployment's too; the current set's counts before the others'.
void note_refusal(DeploymentStatus& status, const ObjectPtr& new_set, const std::vector<ObjectPtr>& all_sets,
                  SimTime now) {
  const Condition* found = nullptr;
  const auto look = [&](const ObjectPtr& set) {
    if (set && !found) found = find_condition(set->as<ReplicaSet>().status.conditions, "ReplicaFailure");
  };
  look(new_set);
  for (const ObjectPtr& set : all_sets) look(set);
  if (found) {
    set_condition(status.conditions, {"ReplicaFailure", "True", found->reason, found->message, now, now});
  } else {
    remove_condition(status.conditions, "ReplicaFailure");
  }
}

}  // namespace

DeploymentStatus rollout_status(const Object& deployment, const ObjectPtr& new_set,
                                const std::vector<ObjectPtr>& all_sets, SimTime now) {
  const auto& spec = deployment.as<Deployment>();
  DeploymentStatus status = counted_status(deployment, new_set, all_sets, now);
  note_refusal(status, new_set, all_sets, now);
  const Condition* condition = find_condition(spec.status.conditions, "Progressing");
  const bool was_complete = condition && condition->reason == "NewReplicaSetAvailable";
  if (was_complete && status.replicas == status.updated) return status;

  if (is_complete(deployment, status)) {
    set_condition(status.conditions, progressing("True", "NewReplicaSetAvailable", deployment, new_set,
                                                 " has successfully progressed.", now));
  } else if (has_progressed(spec.status, status)) {
    note_progress(status.conditions,
                  progressing("True", "ReplicaSetUpdated", deployment, new_set, " is progressing.", now));
  } else if (now >= progress_deadline_at(spec, spec.status)) {
    set_condition(status.conditions, progressing("False", "ProgressDeadlineExceeded", deployment, new_set,
                                                 " has timed out progressing.", now));
  }
  return status;
}

}  // namespace muster
