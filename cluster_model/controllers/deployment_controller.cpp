#include "cluster_model/controllers/deployment_controller.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/canonical.hpp"
#include "cluster_model/controllers/deployment_status.hpp"
#include "cluster_model/controllers/pod_control.hpp"
#include "cluster_model/controllers/rollout.hpp"
#include "cluster_model/names.hpp"
#include "cluster_model/pod_facts.hpp"

namespace muster {

namespace {

const EventSource deployment_controller{"deployment-controller", ""};

int wanted_in_all(const OwnedSets& sets) {
  int total = 0;
  for (const ObjectPtr& set : sets.all()) total += set->as<ReplicaSet>().replicas;
  return total;
}

ReplicaSetCounts counts_of(const ObjectPtr& set) {
  const auto& rs = set->as<ReplicaSet>();
  return {rs.replicas, rs.status.available};
}

/// The only set with pods, or if none has any the newest one; null if several have.
ObjectPtr* active_or_latest(OwnedSets& sets) {
  ObjectPtr* active = nullptr;
  int count = 0;
  const auto look = [&](ObjectPtr& set) {
    if (set->as<ReplicaSet>().replicas > 0) active = &set, ++count;
  };
  for (ObjectPtr& set : sets.old) look(set);
  if (sets.current) look(sets.current);
  if (count == 1) return active;
  if (count > 1) return nullptr;
  if (sets.current) return &sets.current;
  return sets.old.empty() ? nullptr : &sets.old.back();
}

bool is_saturated(const Object& deployment, const ObjectPtr& set) {
  if (!set) return false;
  const int wanted = deployment.as<Deployment>().replicas;
  const auto& rs = set->as<ReplicaSet>();
  return annotated_number(set->meta, desired_annotation, -1) == wanted && rs.replicas == wanted &&
         rs.status.available == wanted;
}

const std::string& reason_of_progress(const DeploymentStatus& status) {
  static const std::string none;
  const Condition* condition = find_condition(status.conditions, "Progressing");
  return condition ? condition->reason : none;
}

}  // namespace

DeploymentController::DeploymentController(ControlContext& context)
    : context_(context),
      queue_(context.engine, context.seed, "deployment", context.profile.cluster.controller,
             [this](const ObjectKey& key) { reconcile(key); }) {}

void DeploymentController::watch(const Change& change) {
  const Object& object = *change.after;
  const ObjectKey key = object.key();
  const OwnerReference* owner = controller_of(object.meta);
  if (const auto former = former_controller(change, Kind::Deployment)) queue_.add(*former);
  if (key.kind == Kind::Deployment) {
    queue_.add(key);
  } else if (key.kind == Kind::ReplicaSet && owner && owner->kind == "Deployment") {
    queue_.add({Kind::Deployment, key.namespace_, owner->name});
  } else if (key.kind == Kind::Pod && change.type == Change::Type::deleted && owner) {
    const ObjectPtr set = context_.store.find(Kind::ReplicaSet, key.namespace_, owner->name);
    const OwnerReference* above = set ? controller_of(set->meta) : nullptr;
    if (above && above->kind == "Deployment") queue_.add({Kind::Deployment, key.namespace_, above->name});
  }
}

void DeploymentController::resync() {
  for (const ObjectPtr& object : context_.store.list(Kind::Deployment)) enqueue(object->key());
}

void DeploymentController::reconcile(const ObjectKey& key) {
  const ObjectPtr stored = context_.store.find(key);
  if (!stored || stored->meta.deletion_at) {
    told_.erase(key);
    return;
  }
  Object deployment = *stored;
  note_pause(deployment);
  OwnedSets sets = sort_out(deployment, owned_sets(deployment));
  const auto& spec = deployment.as<Deployment>();
  if (spec.paused || was_scaled(deployment, sets)) {
    only_scale(deployment, sets);
  } else if (spec.recreate) {
    recreate(deployment, sets);
  } else {
    roll(deployment, sets);
  }
}

void DeploymentController::roll(Object& deployment, OwnedSets& sets) {
  claim_current(deployment, sets, true);
  if (!sets.current) return;  // refused: the next change tries again
  const auto& spec = deployment.as<Deployment>();
  std::vector<ReplicaSetCounts> old_counts;
  for (const ObjectPtr& set : sets.old) old_counts.push_back(counts_of(set));
  const RolloutStep step =
      next_rollout_step(spec.replicas, rollout_limits(spec), counts_of(sets.current), old_counts);
  resize(deployment, sets.current, step.new_wanted);
  for (std::size_t i = 0; i < sets.old.size(); ++i) resize(deployment, sets.old[i], step.old_wanted[i]);
  if (is_complete(deployment, spec.status)) clean_up_history(deployment, sets);
  finish(deployment, rollout_status(deployment, sets.current, sets.all(), context_.engine.now()));
}

void DeploymentController::recreate(Object& deployment, OwnedSets& sets) {
  claim_current(deployment, sets, false);
  bool scaled_down = false;
  for (ObjectPtr& set : sets.old) scaled_down = resize(deployment, set, 0) || scaled_down;
  if (!scaled_down && !old_pods_exist(sets)) {
    claim_current(deployment, sets, true);
    if (sets.current) resize(deployment, sets.current, deployment.as<Deployment>().replicas);
    if (is_complete(deployment, deployment.as<Deployment>().status)) clean_up_history(deployment, sets);
  }
  finish(deployment, rollout_status(deployment, sets.current, sets.all(), context_.engine.now()));
}

void DeploymentController::only_scale(Object& deployment, OwnedSets& sets) {
  claim_current(deployment, sets, false);
  const auto& spec = deployment.as<Deployment>();
  if (ObjectPtr* only = active_or_latest(sets)) {
    resize(deployment, *only, spec.replicas);
  } else if (is_saturated(deployment, sets.current)) {
    for (ObjectPtr& set : sets.old) resize(deployment, set, 0);
  } else if (!spec.recreate) {
    resize_in_proportion(deployment, sets);
  }
  finish(deployment, counted_status(deployment, sets.current, sets.all(), context_.engine.now()));
}

std::vector<ObjectPtr> DeploymentController::owned_sets(const Object& deployment) const {
  std::vector<ObjectPtr> sets = context_.store.dependents_of(deployment.meta.uid);
  std::erase_if(sets, [&](const ObjectPtr& set) {
    return !std::holds_alternative<ReplicaSet>(set->body) || !controls(deployment, *set);
  });
  return sets;
}

bool DeploymentController::was_scaled(const Object& deployment, const OwnedSets& sets) const {
  const int wanted = deployment.as<Deployment>().replicas;
  for (const ObjectPtr& set : sets.all()) {
    if (set->as<ReplicaSet>().replicas == 0) continue;
    if (annotated_number(set->meta, desired_annotation, wanted) != wanted) return true;
  }
  return false;
}

bool DeploymentController::old_pods_exist(const OwnedSets& sets) const {
  for (const ObjectPtr& set : sets.old) {
    for (const ObjectPtr& pod : controlled_pods(context_.store, *set)) {
      if (!is_finished(pod->as<Pod>())) return true;
    }
  }
  return false;
}

void DeploymentController::note_pause(Object& deployment) {
  auto& spec = deployment.as<Deployment>();
  const std::string& reason = reason_of_progress(spec.status);
  if (reason == "ProgressDeadlineExceeded") return;
  const SimTime now = context_.engine.now();
  if (spec.paused && reason != "DeploymentPaused") {
    set_condition(spec.status.conditions,
                  {"Progressing", "Unknown", "DeploymentPaused", "Deployment is paused", now, now});
  } else if (!spec.paused && reason == "DeploymentPaused") {
    set_condition(spec.status.conditions,
                  {"Progressing", "Unknown", "DeploymentResumed", "Deployment is resumed", now, now});
  }
}

void DeploymentController::claim_current(Object& deployment, OwnedSets& sets, bool create) {
  const std::int64_t revision = next_revision(sets);
  if (!sets.current) {
    if (create) create_current(deployment, sets, revision);
    return;
  }
  Object set = *sets.current;
  set.meta.annotations = annotations_at(deployment, set, revision);
  const SimDuration min_ready = deployment.as<Deployment>().min_ready;
  const bool other_delay = set.as<ReplicaSet>().min_ready != min_ready;
  set.as<ReplicaSet>().min_ready = min_ready;
  if (other_delay || set.meta.annotations != sets.current->meta.annotations) {
    sets.current = context_.api.write(std::move(set), other_delay);
  }
  deployment.meta.annotations[revision_annotation] = fmt::format("{}", revision);
  auto& conditions = deployment.as<Deployment>().status.conditions;
  if (!find_condition(conditions, "Progressing")) {
    const SimTime now = context_.engine.now();
    set_condition(conditions,
                  {"Progressing", "True", "FoundNewReplicaSet",
                   fmt::format("Found new replica set \"{}\"", sets.current->meta.name), now, now});
  }
}

void DeploymentController::create_current(Object& deployment, OwnedSets& sets, std::int64_t revision) {
  auto& spec = deployment.as<Deployment>();
  const RolloutLimits limits = rollout_limits(spec);
  const int size =
      spec.recreate ? spec.replicas : first_size_of_new_set(spec.replicas, limits, wanted_in_all(sets));
  int& collisions = spec.status.collision_count;
  Object set = new_replica_set(deployment, size, spec.replicas + limits.surge, revision, collisions);
  while (context_.store.find(set.key())) {
    set = new_replica_set(deployment, size, spec.replicas + limits.surge, revision, ++collisions);
  }
  const Result<ObjectPtr> created = context_.api.create(std::move(set));
  if (!created) return note_refused_set(deployment, created.error());
  sets.current = created.value();
  const std::string& name = sets.current->meta.name;
  const SimTime now = context_.engine.now();
  set_condition(spec.status.conditions, {"Progressing", "True", "NewReplicaSetCreated",
                                         fmt::format("Created new replica set \"{}\"", name), now, now});
  deployment.meta.annotations[revision_annotation] = fmt::format("{}", revision);
  if (size > 0) {
    context_.events.normal(deployment, deployment_controller, "ScalingReplicaSet",
                           fmt::format("Scaled up replica set {} from 0 to {}", name, size));
  }
}

void DeploymentController::note_refused_set(Object& deployment, const Error& why) {
  const SimTime now = context_.engine.now();
  set_condition(deployment.as<Deployment>().status.conditions,
                {"Progressing", "False", "ReplicaSetCreateError",
                 "Failed to create new replica set: " + why.text(), now, now});
  queue_.add_at(deployment.key(), now + SimDuration(10s));
}

bool DeploymentController::resize(const Object& deployment, ObjectPtr& set, int size) {
  const auto& spec = deployment.as<Deployment>();
  const int before = set->as<ReplicaSet>().replicas;
  Object next = *set;
  next.meta.annotations[desired_annotation] = fmt::format("{}", spec.replicas);
  next.meta.annotations[max_annotation] = fmt::format("{}", spec.replicas + rollout_limits(spec).surge);
  const bool annotate = before > 0 && next.meta.annotations != set->meta.annotations;
  if (before == size && !annotate) return false;
  next.as<ReplicaSet>().replicas = size;
  set = context_.api.write(std::move(next), before != size);
  if (before == size) return false;
  context_.events.normal(deployment, deployment_controller, "ScalingReplicaSet",
                         fmt::format("Scaled {} replica set {} from {} to {}", size > before ? "up" : "down",
                                     set->meta.name, before, size));
  return true;
}

void DeploymentController::resize_in_proportion(const Object& deployment, OwnedSets& sets) {
  const auto& spec = deployment.as<Deployment>();
  const int surge = rollout_limits(spec).surge;
  std::vector<ObjectPtr*> active;
  for (ObjectPtr& set : sets.old) active.push_back(&set);
  if (sets.current) active.push_back(&sets.current);
  std::erase_if(active, [](const ObjectPtr* set) { return (*set)->as<ReplicaSet>().replicas == 0; });
  // Oldest first so far: a growing deployment prefers the newer of two equal sets.
  if (spec.replicas + surge > wanted_in_all(sets)) std::reverse(active.begin(), active.end());
  std::stable_sort(active.begin(), active.end(), [](const ObjectPtr* a, const ObjectPtr* b) {
    return (*a)->as<ReplicaSet>().replicas > (*b)->as<ReplicaSet>().replicas;
  });
  std::vector<ScaledSet> sizes;
  for (const ObjectPtr* set : active) {
    const auto max_before = annotated_number((*set)->meta, max_annotation, spec.status.replicas);
    sizes.push_back({(*set)->as<ReplicaSet>().replicas, static_cast<int>(max_before)});
  }
  const std::vector<int> wanted = proportional_scale(spec.replicas, surge, sizes);
  for (std::size_t i = 0; i < active.size(); ++i) resize(deployment, *active[i], wanted[i]);
}

void DeploymentController::clean_up_history(const Object& deployment, const OwnedSets& sets) {
  for (const ObjectPtr& set : beyond_history(sets, deployment.as<Deployment>().revision_history_limit)) {
    (void)context_.api.remove(set->key()).has_value();
  }
}

void DeploymentController::finish(Object& deployment, DeploymentStatus status) {
  const ObjectPtr stored = context_.store.find(deployment.key());
  const DeploymentStatus before = stored->as<Deployment>().status;
  const bool began = revision_of(deployment.meta) != revision_of(stored->meta);
  deployment.as<Deployment>().status = status;
  if (status != before || deployment.meta.annotations != stored->meta.annotations) {
    context_.api.write(deployment, false);
  }
  if (began) {
    context_.facts.record(context_.engine.now(),
                          RolloutFact{deployment.meta.namespace_, deployment.meta.name, RolloutChange::began,
                                      revision_of(deployment.meta)});
  }
  announce(deployment);
  tell_rollout(deployment, before, status);
  const SimTime deadline = progress_deadline_at(deployment.as<Deployment>(), status);
  if (deadline != sim_never && deadline > context_.engine.now()) queue_.add_at(deployment.key(), deadline);
}

void DeploymentController::announce(const Object& deployment) {
  const auto& spec = deployment.as<Deployment>();
  const DeploymentStatus& status = spec.status;
  const std::string image =
      spec.pod_template ? spec.pod_template->spec.containers.front().image : std::string();
  const std::int64_t revision = revision_of(deployment.meta);
  const std::vector<std::int64_t> numbers{spec.replicas,    status.replicas, status.updated, status.ready,
                                          status.available, revision,        fnv32a(image)};
  std::vector<std::int64_t>& told = told_[deployment.key()];
  if (told == numbers) return;
  told = numbers;
  context_.facts.record(
      context_.engine.now(),
      WorkloadFact{"Deployment", deployment.meta.namespace_, deployment.meta.name, spec.replicas,
                   status.replicas, status.updated, status.ready, status.available, revision, image});
}

void DeploymentController::tell_rollout(const Object& deployment, const DeploymentStatus& before,
                                        const DeploymentStatus& after) {
  const std::string& now_reason = reason_of_progress(after);
  if (now_reason == reason_of_progress(before)) return;
  RolloutChange change = RolloutChange::completed;
  if (now_reason == "ProgressDeadlineExceeded") {
    change = RolloutChange::deadline_exceeded;
  } else if (now_reason == "DeploymentPaused") {
    change = RolloutChange::paused;
  } else if (now_reason != "NewReplicaSetAvailable") {
    return;
  }
  context_.facts.record(context_.engine.now(), RolloutFact{deployment.meta.namespace_, deployment.meta.name,
                                                           change, revision_of(deployment.meta)});
}

}  // namespace muster
