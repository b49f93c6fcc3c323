#include "cluster_model/controllers/replica_set_controller.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/controllers/deployment_status.hpp"
#include "cluster_model/controllers/pod_control.hpp"
#include "cluster_model/controllers/scale_down_order.hpp"
#include "cluster_model/pod_facts.hpp"

namespace muster {

namespace {

const EventSource source{"replicaset-controller", ""};
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
  const std::vector<ObjectPtr> active = claim_active(*set);
  const int missing = set->as<ReplicaSet>().replicas - static_cast<int>(active.size());
  std::string refusal;
  if (missing > 0) refusal = create_pods(*set, missing);
  if (missing < 0) delete_pods(*set, active, -missing);
  write_status(set, missing == 0 ? active : claim_active(*set), missing > 0 ? refusal : std::string());
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
    context_.events.warning(replica_set, source, "FailedCreate", "Error creating: " + why);
    return why;
  }
  context_.events.normal(replica_set, source, "SuccessfulCreate", "Created pod: " + pod.value()->meta.name);
  return {};
}

void ReplicaSetController::delete_pods(const Object& replica_set, const std::vector<ObjectPtr>& active,
                                       int count) {
  const std::vector<ObjectPtr> victims = scale_down_order(active, context_.engine.now());
  for (int i = 0; i < count; ++i) {
    const ObjectPtr& pod = victims[static_cast<std::size_t>(i)];
    if (!context_.api.remove(pod->key())) continue;
    context_.events.normal(replica_set, source, "SuccessfulDelete", "Deleted pod: " + pod->meta.name);
  }
}

void ReplicaSetController::write_status(const ObjectPtr& replica_set, const std::vector<ObjectPtr>& active,
                                        const std::string& refusal) {
  const SimTime now = context_.engine.now();
  const SimDuration min_ready = replica_set->as<ReplicaSet>().min_ready;
  Object next = *replica_set;
  next.as<ReplicaSet>().status = replica_set_status(next, active, now);
  auto& conditions = next.as<ReplicaSet>().status.conditions;
  if (refusal.empty()) {
    remove_condition(conditions, "ReplicaFailure");
  } else {
    set_condition(conditions, {"ReplicaFailure", "True", "FailedCreate", refusal, now, {}});
  }
  if (next.as<ReplicaSet>().status != replica_set->as<ReplicaSet>().status) context_.api.write(next, false);
  for (const ObjectPtr& pod : active) {
    const SimTime since = ready_since(pod->as<Pod>());
    if (since != sim_never && since + min_ready > now) queue_.add_at(replica_set->key(), since + min_ready);
  }
}

}  // namespace muster
