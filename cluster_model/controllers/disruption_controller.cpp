#include "cluster_model/controllers/disruption_controller.hpp"

#include <algorithm>
#include <set>

#include "cluster_model/apiserver/eviction.hpp"
#include "cluster_model/controllers/deployment_status.hpp"
#include "cluster_model/pod_facts.hpp"

namespace muster {

namespace {

int scaled_up(const IntOrPercent& value, int total) {
  return value.percent ? (value.value * total + 99) / 100 : value.value;
}

}  // namespace

void set_disruption_condition(DisruptionStatus& status, SimTime now) {
  const bool allowed = status.disruptions_allowed > 0;
  set_condition(status.conditions, {"DisruptionAllowed", allowed ? "True" : "False",
                                    allowed ? "SufficientPods" : "InsufficientPods", "", now, now});
}

DisruptionStatus disruption_status(const Object& budget, const std::vector<ObjectPtr>& pods, int scale,
                                   SimTime now) {
  const auto& spec = budget.as<PodDisruptionBudget>();
  DisruptionStatus status;
  status.conditions = spec.status.conditions;
  status.observed_generation = budget.meta.generation;
  const bool by_scale = spec.max_unavailable || (spec.min_available && spec.min_available->percent);
  status.expected_pods = by_scale ? scale : static_cast<int>(pods.size());
  if (spec.max_unavailable) {
    status.desired_healthy = std::max(0, scale - scaled_up(*spec.max_unavailable, scale));
  } else if (spec.min_available) {
    status.desired_healthy = scaled_up(*spec.min_available, scale);
  }
  for (const ObjectPtr& pod : pods) {
    const auto evicted = spec.status.disrupted.find(pod->meta.name);
    const bool going = evicted != spec.status.disrupted.end() && !pod->meta.deletion_at &&
                       now - evicted->second < DisruptionController::disruption_forgotten_after;
    if (going) status.disrupted.insert(*evicted);
    status.current_healthy += !going && !pod->meta.deletion_at && is_ready(pod->as<Pod>());
  }
  const bool any = status.expected_pods > 0;
  status.disruptions_allowed = any ? std::max(0, status.current_healthy - status.desired_healthy) : 0;
  set_disruption_condition(status, now);
  return status;
}

DisruptionController::DisruptionController(ControlContext& context)
    : context_(context),
      queue_(context.engine, context.seed, "disruption", context.profile.cluster.controller,
             [this](const ObjectKey& key) { reconcile(key); }) {}

void DisruptionController::watch(const Change& change) {
  const Object& object = *change.after;
  const ObjectKey key = object.key();
  if (key.kind == Kind::PodDisruptionBudget) return queue_.add(key);
  if (key.kind != Kind::Pod) return;
  for (const ObjectPtr& budget : context_.store.list(Kind::PodDisruptionBudget, key.namespace_)) {
    if (covers(*budget, object) || (change.before && covers(*budget, *change.before)))
      queue_.add(budget->key());
  }
}

void DisruptionController::resync() {
  for (const ObjectPtr& budget : context_.store.list(Kind::PodDisruptionBudget)) queue_.add(budget->key());
}

/// What the pods' controllers want in all: a Deployment's replicas count, not those of its ReplicaSets.
int DisruptionController::scale_of(const std::vector<ObjectPtr>& pods) const {
  std::set<ObjectKey> controllers;
  int scale = 0;
  for (const ObjectPtr& pod : pods) {
    const OwnerReference* owner = controller_of(pod->meta);
    if (!owner) continue;
    const Kind kind = kind_of(owner->api_version, owner->kind);
    const ObjectPtr set = context_.store.find(kind, pod->meta.namespace_, owner->name);
    if (!set || (kind != Kind::ReplicaSet && kind != Kind::StatefulSet)) continue;
    const OwnerReference* above = controller_of(set->meta);
    const ObjectPtr deployment =
        above ? context_.store.find(Kind::Deployment, pod->meta.namespace_, above->name) : nullptr;
    if (!controllers.insert((deployment ? deployment : set)->key()).second) continue;
    const auto* stateful = std::get_if<StatefulSet>(&set->body);
    scale += deployment ? deployment->as<Deployment>().replicas
             : stateful ? stateful->replicas
                        : set->as<ReplicaSet>().replicas;
  }
  return scale;
}

void DisruptionController::reconcile(const ObjectKey& key) {
  const ObjectPtr budget = context_.store.find(key);
  if (!budget) return;
  std::vector<ObjectPtr> pods;
  for (const ObjectPtr& pod : context_.store.list(Kind::Pod, key.namespace_)) {
    if (covers(*budget, *pod) && !is_finished(pod->as<Pod>())) pods.push_back(pod);
  }
  const SimTime now = context_.engine.now();
  DisruptionStatus status = disruption_status(*budget, pods, scale_of(pods), now);
  for (const auto& [pod, evicted] : status.disrupted)
    queue_.add_at(key, evicted + disruption_forgotten_after);
  if (status == budget->as<PodDisruptionBudget>().status) return;
  Object next = *budget;
  next.as<PodDisruptionBudget>().status = std::move(status);
  context_.api.write(std::move(next), false);
}

}  // namespace muster
