#include "cluster_model/controllers/autoscaler_controller.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/pod_facts.hpp"

namespace muster {

namespace {

const EventSource autoscaler_controller{"horizontal-pod-autoscaler", ""};

int* replicas_of(Object& target) {
  if (auto* deployment = std::get_if<Deployment>(&target.body)) return &deployment->replicas;
  if (auto* set = std::get_if<StatefulSet>(&target.body)) return &set->replicas;
  if (auto* set = std::get_if<ReplicaSet>(&target.body)) return &set->replicas;
  return nullptr;
}

/// The pods that there are, which is not always what is wanted.
int present_replicas(const Object& target) {
  if (const auto* deployment = std::get_if<Deployment>(&target.body)) return deployment->status.replicas;
  if (const auto* set = std::get_if<StatefulSet>(&target.body)) return set->status.replicas;
  return target.as<ReplicaSet>().status.replicas;
}

const LabelSelector& selector_of(const Object& target) {
  if (const auto* deployment = std::get_if<Deployment>(&target.body)) return deployment->selector;
  if (const auto* set = std::get_if<StatefulSet>(&target.body)) return set->selector;
  return target.as<ReplicaSet>().selector;
}

std::string description_of(const AutoscalerMetric& metric) {
  return metric.resource +
         (metric.utilization ? " resource utilization (percentage of request)" : " resource");
}

std::optional<std::int64_t> request_of(const Container& container, const std::string& resource) {
  return resource == "cpu" ? container.resources.cpu_request : container.resources.memory_request;
}

}  // namespace

AutoscalerController::AutoscalerController(ControlContext& context, UsageOf usage)
    : context_(context),
      usage_(std::move(usage)),
      queue_(context.engine, context.seed, "autoscaler", context.profile.cluster.controller,
             [this](const ObjectKey& key) { reconcile(key); }) {}

void AutoscalerController::watch(const Change& change) {
  const ObjectKey key = change.after->key();
  if (key.kind != Kind::HorizontalPodAutoscaler) return;
  if (change.type == Change::Type::deleted) memory_.erase(change.after->meta.uid);
  if (change.type == Change::Type::added) enqueue(key);
}

void AutoscalerController::enqueue(const ObjectKey& autoscaler) {
  queue_.add_at(autoscaler, context_.engine.now() + period);
}

void AutoscalerController::reconcile(const ObjectKey& key) {
  const ObjectPtr stored = context_.store.find(key);
  if (!stored || stored->meta.deletion_at) return;
  enqueue(key);
  Object autoscaler = *stored;
  auto& body = autoscaler.as<HorizontalPodAutoscaler>();
  body.status.observed_generation = autoscaler.meta.generation;
  Object named;
  named.api_version = body.target_api_version;
  named.kind = body.target_kind;
  const ObjectPtr target =
      context_.store.find(named.key().kind, autoscaler.meta.namespace_, body.target_name);
  Object copy = target ? *target : Object();
  if (target && replicas_of(copy)) {
    set(autoscaler, "AbleToScale", true, "SucceededGetScale",
        "the HPA controller was able to get the target's current scale");
    decide(autoscaler, copy, *replicas_of(copy));
  } else {
    const std::string why = fmt::format("{} \"{}\" not found", plural_of(named.key().kind), body.target_name);
    set(autoscaler, "AbleToScale", false, "FailedGetScale",
        "the HPA controller was unable to get the target's current scale: " + why);
    context_.events.warning(autoscaler, autoscaler_controller, "FailedGetScale", why);
  }
  if (body.status != stored->as<HorizontalPodAutoscaler>().status) context_.api.write(autoscaler, false);
}

void AutoscalerController::set(Object& autoscaler, const char* type, bool holds, const char* reason,
                               const std::string& message) {
  auto& conditions = autoscaler.as<HorizontalPodAutoscaler>().status.conditions;
  const SimTime now = context_.engine.now();
  Condition next{type, holds ? "True" : "False", reason, message, now, {}};
  for (Condition& present : conditions) {
    if (present.type != type) continue;
    if (present.status == next.status) next.last_transition = present.last_transition;
    present = next;
    return;
  }
  conditions.push_back(std::move(next));
}

void AutoscalerController::decide(Object& autoscaler, Object target, int current) {
  auto& body = autoscaler.as<HorizontalPodAutoscaler>();
  const int present = present_replicas(target);
  body.status.current = present;
  if (current == 0) {
    set(autoscaler, "ScalingActive", false, "ScalingDisabled",
        "scaling is disabled since the replica count of the target is zero");
    body.status.desired = 0;
    return;
  }
  int desired = current;
  std::string reason;
  if (current > body.max_replicas) {
    desired = body.max_replicas;
    reason = "Current number of replicas above Spec.MaxReplicas";
  } else if (current < body.min_replicas) {
    desired = body.min_replicas;
    reason = "Current number of replicas below Spec.MinReplicas";
  } else {
    const Wish wanted = wish(autoscaler, target, current);
    if (!wanted.known) return;
    desired = normalized(autoscaler, current, wanted.replicas);
    reason = desired > current ? wanted.metric + " above target" : "All metrics below target";
  }
  body.status.desired = desired;
  if (desired != current) rescale(autoscaler, std::move(target), current, desired, reason);
}

AutoscalerController::Wish AutoscalerController::wish(Object& autoscaler, const Object& target, int current) {
  auto& body = autoscaler.as<HorizontalPodAutoscaler>();
  Wish best;
  std::string first_error;
  std::size_t invalid = 0;
  std::vector<MeasuredMetric> measured;
  for (const AutoscalerMetric& metric : body.metrics) {
    std::string missing_request;
    const std::vector<MeasuredPod> pods = measure(metric.resource, target, missing_request);
    const bool needs_request = metric.utilization && !missing_request.empty();
    const Result<Recommendation> found = needs_request
                                             ? Result<Recommendation>(invalid_input(missing_request))
                                             : recommend(metric, current, pods);
    if (!found) {
      const std::string why =
          fmt::format("failed to get {} {}: {}", metric.resource,
                      metric.utilization ? "utilization" : "usage", found.error().message);
      if (invalid++ == 0) fail_metric(autoscaler, metric, why);
      if (first_error.empty())
        first_error = fmt::format("failed to get {} resource metric value: {}", metric.resource, why);
      continue;
    }
    measured.push_back(found.value().measured);
    if (!best.known || found.value().replicas > best.replicas)
      best = {found.value().replicas, description_of(metric), true};
  }
  // Scaling down needs every metric; scaling up is right on what is known.
  if (invalid > 0 && (!best.known || best.replicas < current)) {
    context_.events.warning(autoscaler, autoscaler_controller, "FailedComputeMetricsReplicas",
                            fmt::format("invalid metrics ({} invalid out of {}), first error is: {}", invalid,
                                        body.metrics.size(), first_error));
    best.known = false;
    return best;
  }
  body.status.metrics = std::move(measured);
  set(autoscaler, "ScalingActive", true, "ValidMetricFound",
      "the HPA was able to successfully calculate a replica count from " + best.metric);
  return best;
}

void AutoscalerController::fail_metric(Object& autoscaler, const AutoscalerMetric&, const std::string& why) {
  context_.events.warning(autoscaler, autoscaler_controller, "FailedGetResourceMetric", why);
  set(autoscaler, "ScalingActive", false, "FailedGetResourceMetric",
      "the HPA was unable to compute the replica count: " + why);
}

std::vector<MeasuredPod> AutoscalerController::measure(const std::string& resource, const Object& target,
                                                       std::string& missing_request) const {
  std::vector<MeasuredPod> measured;
  for (const ObjectPtr& object : context_.store.list(Kind::Pod, target.meta.namespace_)) {
    if (!selects(selector_of(target), object->meta.labels)) continue;
    const auto& pod = object->as<Pod>();
    const std::optional<Usage> usage = usage_(object->key());
    MeasuredPod one;
    one.name = object->meta.name;
    one.state = measured_state(resource, pod, object->meta.deletion_at.has_value(),
                               usage ? std::optional(usage->at) : std::nullopt,
                               usage ? usage->window : SimDuration{}, context_.engine.now());
    if (usage) one.usage = resource == "cpu" ? usage->cpu_millis : usage->memory_bytes;
    for (const Container& container : pod.spec.containers) {
      const auto request = request_of(container, resource);
      one.request += request.value_or(0);
      if (!request && one.state != MeasuredPod::State::ignored)
        missing_request = fmt::format("missing request for {} in container {} of Pod {}", resource,
                                      container.name, one.name);
    }
    measured.push_back(std::move(one));
  }
  return measured;
}

int AutoscalerController::normalized(Object& autoscaler, int current, int desired) {
  const auto& body = autoscaler.as<HorizontalPodAutoscaler>();
  const SimTime now = context_.engine.now();
  ScaleMemory& memory = memory_[autoscaler.meta.uid];
  const ScalingRules up = body.scale_up.value_or(default_scale_up());
  const ScalingRules down = body.scale_down.value_or(default_scale_down());
  const int stable = stabilized(memory, up, down, current, desired, now);
  if (stable == desired) {
    set(autoscaler, "AbleToScale", true, "ReadyForNewScale", "recommended size matches current size");
  } else if (stable > desired) {
    set(autoscaler, "AbleToScale", true, "ScaleDownStabilized",
        "recent recommendations were higher than current one, applying the highest recent recommendation");
  } else {
    set(autoscaler, "AbleToScale", true, "ScaleUpStabilized",
        "recent recommendations were lower than current one, applying the lowest recent recommendation");
  }
  const LimitedScale limit = limited(body, memory, current, stable, now);
  set(autoscaler, "ScalingLimited", limit.reason != "DesiredWithinRange", limit.reason.c_str(),
      limit.message);
  return limit.replicas;
}

void AutoscalerController::rescale(Object& autoscaler, Object target, int current, int desired,
                                   const std::string& reason) {
  const SimTime now = context_.engine.now();
  *replicas_of(target) = desired;
  context_.api.write(std::move(target), true);
  ScaleMemory& memory = memory_[autoscaler.meta.uid];
  memory.changes.push_back({now, desired - current});
  std::erase_if(memory.changes, [&](const ScaleMemory::Entry& change) { return change.at < now - 30min; });
  autoscaler.as<HorizontalPodAutoscaler>().status.last_scale = now;
  set(autoscaler, "AbleToScale", true, "SucceededRescale",
      fmt::format("the HPA controller was able to update the target scale to {}", desired));
  context_.events.normal(autoscaler, autoscaler_controller, "SuccessfulRescale",
                         fmt::format("New size: {}; reason: {}", desired, reason));
}

}  // namespace muster
