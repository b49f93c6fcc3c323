#include "cluster_model/controllers/replica_set_controller.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/controllers/deployment_status.hpp"
#include "cluster_model/controllers/pod_control.hpp"
#include "cluster_model/controllers/scale_down_order.hpp"
#include "cluster_model/pod_facts.hpp"

namespace muster {

namespace {

const EventSource replica_set_controller{"replicaset-controller", ""};
/// How long a refused creation is not tried again; our assumption, the real queue's back-off grows from 5 ms.
constexpr SimDuration refused_retry = 10s;

}  // namespace

std::vector<int> slow_start_batches(int count) {
  std::vector<int> batches;
  for (int size = 1; count > 0; size *= 2) {
    batches.push_back(std::min(size, count));
    count -= batches.back();
  }
  return batches;
}

Object new_pod(const Object& replica_set, const std::string& name) {
  return pod_from_template(replica_set, *replica_set.as<ReplicaSet>().pod_template, name);
}

ReplicaSet::Status replica_set_status(const Object& replica_set, const std::vector<ObjectPtr>& active,
                                      SimTime now) {
  const auto& spec = replica_set.as<ReplicaSet>();
  ReplicaSet::Status status;
  status.observed_generation = replica_set.meta.generation;
  status.conditions = spec.status.conditions;
  for (const ObjectPtr& pod : active) {
    status.replicas += 1;
    status.fully_labeled += selects(spec.pod_template->labels, pod->meta.labels);
    status.ready += is_ready(pod->as<Pod>());
    status.available += is_available(pod->as<Pod>(), spec.min_ready, now);
  }
  return status;
}

ReplicaSetController::ReplicaSetController(ControlContext& context)
    : context_(context),
      queue_(context.engine, context.seed, "replicaset", context.profile.cluster.controller,
             [this](const ObjectKey& key) { reconcile(key); }) {}

void ReplicaSetController::watch(const Change& change) {
  const Object& object = *change.after;
  const ObjectKey key = object.key();
  if (key.kind == Kind::ReplicaSet) return queue_.add(key);
  if (key.kind != Kind::Pod) return;
  if (const auto former = former_controller(change, Kind::ReplicaSet)) queue_.add(*former);
  if (const OwnerReference* owner = controller_of(object.meta)) {
    queue_.add({Kind::ReplicaSet, key.namespace_, owner->name});
    return;
  }
  for (const ObjectPtr& set : context_.store.list(Kind::ReplicaSet, key.namespace_)) {
    if (selects(set->as<ReplicaSet>().selector, object.meta.labels)) queue_.add(set->key());
  }
}

void ReplicaSetController::resync() {
  for (const ObjectPtr& object : context_.store.list(Kind::ReplicaSet)) enqueue(object->key());
}

void ReplicaSetController::reconcile(const ObjectKey& key) {
  const ObjectPtr set = context_.store.find(key);
  if (!set || set->meta.deletion_at) return;
  if (must_look(*set)) return look_at_pods(set);
  const int missing = set->as<ReplicaSet>().replicas - tally_.counts(set->meta.uid).active;
  const std::string refusal = missing > 0 ? create_pods(*set, missing) : std::string();
  if (missing < 0) delete_pods(*set, claim_active(*set), -missing);
  const PodTally::Counts counts = tally_.counts(set->meta.uid);
  ReplicaSet::Status status = set->as<ReplicaSet>().status;
  status.observed_generation = set->meta.generation;
  status.replicas = status.fully_labeled = counts.active;
  status.ready = status.available = counts.ready;
  write_status(set, std::move(status), refusal);
}

/// A pod's label or owner changed, there is one to adopt, or being ready is not enough to be available.
bool ReplicaSetController::must_look(const Object& replica_set) const {
  const auto& spec = replica_set.as<ReplicaSet>();
  if (spec.min_ready > 0s || !tally_.counts(replica_set.meta.uid).exact) return true;
  for (const ObjectPtr& pod : context_.store.loose_pods(replica_set.meta.namespace_)) {
    if (is_active(*pod) && selects(spec.selector, pod->meta.labels)) return true;
  }
  return false;
}

void ReplicaSetController::look_at_pods(const ObjectPtr& set) {
  tally_.settle(set->meta.uid);
  std::vector<ObjectPtr> active = claim_active(*set);
  const int missing = set->as<ReplicaSet>().replicas - static_cast<int>(active.size());
  const std::string refusal = missing > 0 ? create_pods(*set, missing) : std::string();
  if (missing < 0) delete_pods(*set, active, -missing);
  if (missing != 0) active = claim_active(*set);
  const SimTime now = context_.engine.now();
  write_status(set, replica_set_status(*set, active, now), refusal);
  const SimDuration min_ready = set->as<ReplicaSet>().min_ready;
  for (const ObjectPtr& pod : active) {
    const SimTime since = ready_since(pod->as<Pod>());
    if (since != sim_never && since + min_ready > now) queue_.add_at(set->key(), since + min_ready);
  }
}

void ReplicaSetController::check_invariants() const {
  for (const ObjectPtr& set : context_.store.list(Kind::ReplicaSet)) {
    PodTally::Counts walked;
    for (const ObjectPtr& pod : controlled_pods(context_.store, *set)) {
      if (!is_active(*pod)) continue;
      walked.active += 1;
      walked.ready += is_ready(pod->as<Pod>());
    }
    const PodTally::Counts counts = tally_.counts(set->meta.uid);
    MUSTER_ASSERT(counts.active == walked.active && counts.ready == walked.ready,
                  "a ReplicaSet's tally does not agree with its pods");
  }
}

std::vector<ObjectPtr> ReplicaSetController::claim_active(const Object& replica_set) {
  return claim_pods(context_, replica_set, replica_set.as<ReplicaSet>().selector, is_active);
}

std::string ReplicaSetController::next_pod_name(const Object& replica_set) {
  return free_pod_name(context_, replica_set, pods_made_[replica_set.meta.uid]);
}

std::string ReplicaSetController::create_pods(const Object& replica_set, int count) {
  for (const int batch : slow_start_batches(count)) {
    std::string refusal;
    for (int i = 0; i < batch; ++i) {
      const std::string why = create_pod(replica_set);
      if (refusal.empty()) refusal = why;
    }
    if (refusal.empty()) continue;
    queue_.add_at(replica_set.key(), context_.engine.now() + refused_retry);
    return refusal;
  }
  return {};
}

std::string ReplicaSetController::create_pod(const Object& replica_set) {
  const Result<ObjectPtr> pod = context_.api.create(new_pod(replica_set, next_pod_name(replica_set)));
  if (!pod) {
    const std::string why = pod.error().text();
    context_.events.warning(replica_set, replica_set_controller, "FailedCreate", "Error creating: " + why);
    return why;
  }
  context_.events.normal(replica_set, replica_set_controller, "SuccessfulCreate",
                         "Created pod: " + pod.value()->meta.name);
  return {};
}

void ReplicaSetController::delete_pods(const Object& replica_set, const std::vector<ObjectPtr>& active,
                                       int count) {
  const std::vector<ObjectPtr> victims = scale_down_order(active, context_.engine.now());
  for (int i = 0; i < count; ++i) {
    const ObjectPtr& pod = victims[static_cast<std::size_t>(i)];
    if (!context_.api.remove(pod->key())) continue;
    context_.events.normal(replica_set, replica_set_controller, "SuccessfulDelete",
                           "Deleted pod: " + pod->meta.name);
  }
}

void ReplicaSetController::write_status(const ObjectPtr& replica_set, ReplicaSet::Status status,
                                        const std::string& refusal) {
  const SimTime now = context_.engine.now();
  if (refusal.empty()) {
    remove_condition(status.conditions, "ReplicaFailure");
  } else {
    set_condition(status.conditions, {"ReplicaFailure", "True", "FailedCreate", refusal, now, {}});
  }
  if (status == replica_set->as<ReplicaSet>().status) return;
  Object next = *replica_set;
  next.as<ReplicaSet>().status = std::move(status);
  context_.api.write(std::move(next), false);
}

}  // namespace muster
