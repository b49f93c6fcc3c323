#include "cluster_model/apiserver/eviction.hpp"

#include <fmt/format.h>

#include "cluster_model/controllers/disruption_controller.hpp"
#include "cluster_model/pod_facts.hpp"

namespace muster {

namespace {

constexpr const char* violation = "Cannot evict pod as it would violate the pod's disruption budget.";

std::vector<ObjectPtr> budgets_of(const ObjectStore& store, const Object& pod) {
  std::vector<ObjectPtr> found;
  for (const ObjectPtr& budget : store.list(Kind::PodDisruptionBudget, pod.meta.namespace_)) {
    if (covers(*budget, pod)) found.push_back(budget);
  }
  return found;
}

/// Nothing is lost with a pod that runs nothing or is on its way out.
bool needs_no_budget(const Object& pod) {
  const auto& body = pod.as<Pod>();
  return pod.meta.deletion_at || is_finished(body) || body.status.phase == "Pending";
}

/// A pod that is not ready may go while the budget is met without it (IfHealthyBudget, the default
/// unhealthyPodEvictionPolicy).
bool is_unhealthy_surplus(const Object& pod, const DisruptionStatus& status) {
  return !is_ready(pod.as<Pod>()) && status.desired_healthy > 0 &&
         status.current_healthy >= status.desired_healthy;
}

std::optional<Eviction> refusal(const Object& budget) {
  const DisruptionStatus& status = budget.as<PodDisruptionBudget>().status;
  if (status.observed_generation < budget.meta.generation) {
    return Eviction{
        nullptr, 429, violation,
        fmt::format("The disruption budget {} is still being processed by the server.", budget.meta.name),
        10};
  }
  if (status.disruptions_allowed > 0) return std::nullopt;
  return Eviction{nullptr, 429, violation,
                  fmt::format("The disruption budget {} needs {} healthy pods and has {} currently",
                              budget.meta.name, status.desired_healthy, status.current_healthy),
                  0};
}

void take_from(ApiServer& api, const Object& budget, const std::string& pod, SimTime now) {
  Object next = budget;
  DisruptionStatus& status = next.as<PodDisruptionBudget>().status;
  status.disruptions_allowed -= 1;
  status.disrupted[pod] = now;
  set_disruption_condition(status, now);
  api.write(std::move(next), false);
}

}  // namespace

bool covers(const Object& budget, const Object& pod) {
  const std::optional<StringMap>& selector = budget.as<PodDisruptionBudget>().selector;
  if (!selector || budget.meta.namespace_ != pod.meta.namespace_) return false;
  return selector->empty() || selects(*selector, pod.meta.labels);
}

Eviction evict(ApiServer& api, const ObjectStore& store, const ObjectKey& key,
               std::optional<SimDuration> grace, SimTime now) {
  const ObjectPtr pod = store.find(key);
  if (!pod) return {nullptr, 404, fmt::format("pods \"{}\" not found", key.name), {}, 0};
  const std::vector<ObjectPtr> budgets = budgets_of(store, *pod);
  if (!needs_no_budget(*pod) && !budgets.empty()) {
    if (budgets.size() > 1) {
      return {nullptr,
              500,
              "This pod has more than one PodDisruptionBudget, which the eviction subresource does not "
              "support.",
              {},
              0};
    }
    const Object& budget = *budgets.front();
    if (!is_unhealthy_surplus(*pod, budget.as<PodDisruptionBudget>().status)) {
      if (auto no = refusal(budget)) return *no;
      take_from(api, budget, key.name, now);
    }
  }
  Object marked = *pod;
  set_pod_condition(marked.as<Pod>().status, "DisruptionTarget", true, "EvictionByEvictionAPI",
                    "Eviction API: evicting", now);
  api.write(std::move(marked), false);
  const Result<ObjectPtr> removed = api.remove(key, grace);
  return {removed ? removed.value() : nullptr, 0, {}, {}, 0};
}

}  // namespace muster
