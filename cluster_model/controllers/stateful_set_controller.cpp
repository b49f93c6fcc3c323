#include "cluster_model/controllers/stateful_set_controller.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/controllers/pod_control.hpp"
#include "cluster_model/controllers/revision_history.hpp"
#include "cluster_model/pod_facts.hpp"

namespace muster {

namespace {

const EventSource stateful_set_controller{"statefulset-controller", ""};

bool is_available_pod(const Object& set, const Object& pod, SimTime now) {
  return is_available(pod.as<Pod>(), set.as<StatefulSet>().min_ready, now);
}

bool counts(const Object&) {
  return true;
}

}  // namespace

StatefulSetController::StatefulSetController(ControlContext& context)
    : context_(context),
      queue_(context.engine, context.seed, "statefulset", context.profile.cluster.controller,
             [this](const ObjectKey& key) { reconcile(key); }) {}

void StatefulSetController::watch(const Change& change) {
  const Object& object = *change.after;
  const ObjectKey key = object.key();
  if (key.kind == Kind::StatefulSet) return queue_.add(key);
  if (key.kind != Kind::Pod) return;
  if (const auto former = former_controller(change, Kind::StatefulSet)) queue_.add(*former);
  if (const OwnerReference* owner = controller_of(object.meta)) {
    if (owner->kind == "StatefulSet") queue_.add({Kind::StatefulSet, key.namespace_, owner->name});
    return;
  }
  for (const ObjectPtr& set : context_.store.list(Kind::StatefulSet, key.namespace_)) {
    if (selects(set->as<StatefulSet>().selector, object.meta.labels)) queue_.add(set->key());
  }
}

void StatefulSetController::resync() {
  for (const ObjectPtr& set : context_.store.list(Kind::StatefulSet)) enqueue(set->key());
}

void StatefulSetController::reconcile(const ObjectKey& key) {
  const ObjectPtr set = context_.store.find(key);
  if (!set || set->meta.deletion_at || !set->as<StatefulSet>().pod_template) return;
  const Revisions known = revisions(*set);
  if (!known.update || !known.current) return;
  const OrdinalPods pods =
      by_ordinal(*set, claim_pods(context_, *set, set->as<StatefulSet>().selector, counts));
  if (bring_up(*set, known, pods) && take_down(*set, pods)) roll(*set, known, pods);
  finish(set, known);
}

StatefulSetController::Revisions StatefulSetController::revisions(const Object& set) {
  const auto& spec = set.as<StatefulSet>();
  Revisions found;
  found.update = claim_revision(context_, set, *spec.pod_template);
  found.current = found.update;
  for (const ObjectPtr& revision : revisions_of(context_.store, set)) {
    if (revision->meta.name == spec.status.current_revision) found.current = revision;
  }
  return found;
}

bool StatefulSetController::bring_up(const Object& set, const Revisions& revisions, const OrdinalPods& pods) {
  for (std::size_t i = 0; i < pods.wanted.size(); ++i) {
    if (!bring_up_one(set, revisions, pods.wanted[i], static_cast<int>(i))) return false;
  }
  return true;
}

/// processReplica: with OrderedReady nothing goes past a pod that is not there, dying or not ready.
bool StatefulSetController::bring_up_one(const Object& set, const Revisions& revisions, const ObjectPtr& pod,
                                         int ordinal) {
  const bool parallel = set.as<StatefulSet>().parallel;
  if (!pod) return create(set, revisions, ordinal) && parallel;
  if (is_finished(pod->as<Pod>()) && !pod->meta.deletion_at) {
    const bool failed = pod->as<Pod>().status.phase == "Failed";
    context_.events.warning(set, stateful_set_controller,
                            failed ? "RecreatingFailedPod" : "RecreatingTerminatedPod",
                            fmt::format("StatefulSet {}/{} is recreating {} Pod {}", set.meta.namespace_,
                                        set.meta.name, failed ? "failed" : "terminated", pod->meta.name));
    remove(set, pod);
    return parallel;
  }
  if (pod->as<Pod>().status.phase == "Pending") create_claims(set, ordinal);
  if (parallel) return true;
  return is_healthy(*pod) && is_available_pod(set, *pod, context_.engine.now());
}

/// processCondemned: the highest ordinal first; with OrderedReady only one at a time, and not while another
/// pod of a lower ordinal is unhealthy.
bool StatefulSetController::take_down(const Object& set, const OrdinalPods& pods) {
  const bool parallel = set.as<StatefulSet>().parallel;
  ObjectPtr first_unhealthy;
  const auto look = [&](const ObjectPtr& pod) {
    if (pod && !first_unhealthy && !is_healthy(*pod)) first_unhealthy = pod;
  };
  for (const ObjectPtr& pod : pods.wanted) look(pod);
  for (const ObjectPtr& pod : pods.condemned) look(pod);
  for (auto at = pods.condemned.rbegin(); at != pods.condemned.rend(); ++at) {
    const ObjectPtr& pod = *at;
    if (pod->meta.deletion_at) {
      if (!parallel) return false;
      continue;
    }
    const bool blocked = !is_running_and_ready(*pod) && pod != first_unhealthy;
    if (blocked && !parallel) return false;
    remove(set, pod);
    if (!parallel) return false;
  }
  return true;
}

/// From the highest ordinal down to the partition: one pod at a time, and none while one is unhealthy.
void StatefulSetController::roll(const Object& set, const Revisions& revisions, const OrdinalPods& pods) {
  const auto& spec = set.as<StatefulSet>();
  if (spec.on_delete) return;
  for (int i = static_cast<int>(pods.wanted.size()) - 1; i >= spec.partition; --i) {
    const ObjectPtr& pod = pods.wanted[static_cast<std::size_t>(i)];
    if (!pod) return;
    const bool old = revision_name(set, *pod) != revisions.update->meta.name;
    if (old && !pod->meta.deletion_at) return remove(set, pod);
    if (!is_healthy(*pod) || !is_available_pod(set, *pod, context_.engine.now())) return;
  }
}

bool StatefulSetController::create(const Object& set, const Revisions& revisions, int ordinal) {
  const auto& spec = set.as<StatefulSet>();
  const bool old = !spec.on_delete && ordinal < spec.partition;
  if (!create_claims(set, ordinal)) return false;
  Object pod = stateful_pod(set, old ? *revisions.current : *revisions.update, ordinal);
  const std::string name = pod.meta.name;
  const Result<ObjectPtr> created = context_.api.create(std::move(pod));
  if (!created) {
    context_.events.warning(set, stateful_set_controller, "FailedCreate",
                            fmt::format("create Pod {} in StatefulSet {} failed error: {}", name,
                                        set.meta.name, created.error().text()));
    queue_.add_at(set.key(), context_.engine.now() + 10s);
    return false;
  }
  context_.events.normal(set, stateful_set_controller, "SuccessfulCreate",
                         fmt::format("create Pod {} in StatefulSet {} successful", name, set.meta.name));
  return true;
}

bool StatefulSetController::create_claims(const Object& set, int ordinal) {
  for (Object& claim : stateful_claims(set, ordinal)) {
    if (context_.store.find(claim.key())) continue;
    const std::string name = claim.meta.name;
    const Result<ObjectPtr> created = context_.api.create(std::move(claim));
    const std::string what = fmt::format("create Claim {} Pod {}-{} in StatefulSet {}", name, set.meta.name,
                                         ordinal, set.meta.name);
    if (!created) {
      context_.events.warning(set, stateful_set_controller, "FailedCreate",
                              fmt::format("{} failed error: {}", what, created.error().text()));
      queue_.add_at(set.key(), context_.engine.now() + 10s);
      return false;
    }
    context_.events.normal(set, stateful_set_controller, "SuccessfulCreate", what + " success");
  }
  return true;
}

void StatefulSetController::remove(const Object& set, const ObjectPtr& pod) {
  if (!context_.api.remove(pod->key())) return;
  context_.events.normal(
      set, stateful_set_controller, "SuccessfulDelete",
      fmt::format("delete Pod {} in StatefulSet {} successful", pod->meta.name, set.meta.name));
}

StatefulSet::Status StatefulSetController::status_of(const Object& set,
                                                     const std::vector<ObjectPtr>& pods) const {
  StatefulSet::Status status = set.as<StatefulSet>().status;
  status.observed_generation = set.meta.generation;
  status.replicas = status.ready = status.available = status.current = status.updated = 0;
  for (const ObjectPtr& pod : pods) {
    status.replicas += 1;
    status.ready += is_running_and_ready(*pod);
    status.available += is_available_pod(set, *pod, context_.engine.now());
    if (pod->meta.deletion_at) continue;
    const std::string name = revision_name(set, *pod);
    status.current += name == status.current_revision;
    status.updated += name == status.update_revision;
  }
  return status;
}

void StatefulSetController::finish(const ObjectPtr& set, const Revisions& revisions) {
  const std::vector<ObjectPtr> pods = controlled_pods(context_.store, *set);
  Object next = *set;
  auto& spec = next.as<StatefulSet>();
  spec.status.current_revision = revisions.current->meta.name;
  spec.status.update_revision = revisions.update->meta.name;
  spec.status = status_of(next, pods);
  const bool all = spec.status.updated == spec.replicas && spec.status.ready == spec.replicas &&
                   spec.status.replicas == spec.replicas;
  if (!spec.on_delete && all) {
    spec.status.current_revision = spec.status.update_revision;
    spec.status.current = spec.status.updated;
  }
  if (spec.status != set->as<StatefulSet>().status) context_.api.write(next, false);
  forget_revisions(context_, *set, pods, spec.status.current_revision, spec.status.update_revision,
                   spec.revision_history_limit);
  for (const ObjectPtr& pod : pods) {
    const SimTime since = ready_since(pod->as<Pod>());
    if (since != sim_never && since + spec.min_ready > context_.engine.now())
      queue_.add_at(set->key(), since + spec.min_ready);
  }
}

}  // namespace muster
