#include "cluster_model/controllers/autoscale_math.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <climits>
#include <cmath>

namespace muster {

namespace {

using State = MeasuredPod::State;

struct Ratio {
  double value = 1;
  MeasuredMetric measured;
};

/// GetResourceUtilizationRatio, GetMetricUsageRatio: against the requests of the pods that have a metric, or
/// against an amount per pod.
Ratio ratio_of(const AutoscalerMetric& metric, const std::vector<MeasuredPod>& pods) {
  std::int64_t used = 0, requested = 0, count = 0;
  for (const MeasuredPod& pod : pods) used += pod.usage.value_or(0), requested += pod.request, ++count;
  Ratio ratio;
  ratio.measured.resource = metric.resource;
  ratio.measured.amount = used / std::max<std::int64_t>(1, count);
  if (metric.utilization) {
    const auto percent = static_cast<int>(used * 100 / std::max<std::int64_t>(1, requested));
    ratio.measured.utilization = percent;
    ratio.value = static_cast<double>(percent) / *metric.utilization;
  } else {
    ratio.value = static_cast<double>(ratio.measured.amount) / static_cast<double>(*metric.amount);
  }
  return ratio;
}

bool tolerable(double ratio) {
  return std::fabs(1 - ratio) <= autoscale_tolerance;
}

int ceiled(double value) {
  return static_cast<int>(std::ceil(value));
}

struct Groups {
  std::vector<MeasuredPod> ready, unready, missing;
};

Groups group(const std::vector<MeasuredPod>& pods) {
  Groups groups;
  for (const MeasuredPod& pod : pods) {
    if (pod.state == State::ignored) continue;
    if (pod.state == State::unready) {
      groups.unready.push_back(pod);
    } else {
      (pod.usage ? groups.ready : groups.missing).push_back(pod);
    }
  }
  return groups;
}

/// Those without a number count so that they damp the change: as idle on the way up, as fully used on the
/// way down.
int damped(const AutoscalerMetric& metric, Groups groups, double first, int current) {
  for (MeasuredPod& pod : groups.missing) {
    const int percent = std::max(100, metric.utilization.value_or(0));
    const std::int64_t full = metric.utilization ? pod.request * percent / 100 : metric.amount.value_or(0);
    pod.usage = first < 1 ? full : 0;
    groups.ready.push_back(pod);
  }
  if (first > 1) {
    for (MeasuredPod& pod : groups.unready) {
      pod.usage = 0;
      groups.ready.push_back(pod);
    }
  }
  const double again = ratio_of(metric, groups.ready).value;
  if (tolerable(again) || (first < 1 && again > 1) || (first > 1 && again < 1)) return current;
  const int wanted = ceiled(again * static_cast<double>(groups.ready.size()));
  const bool reversed = (again < 1 && wanted > current) || (again > 1 && wanted < current);
  return reversed ? current : wanted;
}

int change_within(const ScaleMemory& memory, SimDuration period, SimTime now, bool up) {
  int sum = 0;
  for (const ScaleMemory::Entry& change : memory.changes) {
    if (change.at > now - period && (change.value > 0) == up) sum += std::abs(change.value);
  }
  return sum;
}

int most_allowed(const ScalingRules& rules, const ScaleMemory& memory, int current, SimTime now) {
  using Select = ScalingRules::Select;
  if (rules.select == Select::disabled) return current;
  int result = rules.select == Select::min ? INT_MAX : INT_MIN;
  for (const ScalingPolicy& policy : rules.policies) {
    const int start = current - change_within(memory, policy.period, now, true);
    const int proposed =
        policy.percent
            ? static_cast<int>((static_cast<std::int64_t>(start) * (100 + policy.value) + 99) / 100)
            : start + policy.value;
    result = rules.select == Select::min ? std::min(result, proposed) : std::max(result, proposed);
  }
  return rules.policies.empty() ? INT_MAX : result;
}

int least_allowed(const ScalingRules& rules, const ScaleMemory& memory, int current, SimTime now) {
  using Select = ScalingRules::Select;
  if (rules.select == Select::disabled) return current;
  int result = rules.select == Select::min ? INT_MIN : INT_MAX;
  for (const ScalingPolicy& policy : rules.policies) {
    const int start = current + change_within(memory, policy.period, now, false);
    const int proposed = policy.percent
                             ? static_cast<int>(static_cast<std::int64_t>(start) * (100 - policy.value) / 100)
                             : start - policy.value;
    result = rules.select == Select::min ? std::max(result, proposed) : std::min(result, proposed);
  }
  return rules.policies.empty() ? 0 : result;
}

}  // namespace

State measured_state(const std::string& resource, const Pod& pod, bool deleted,
                     std::optional<SimTime> sampled, SimDuration window, SimTime now) {
  if (deleted || pod.status.phase == "Failed" || pod.status.phase == "Succeeded") return State::ignored;
  if (pod.status.phase == "Pending") return State::unready;
  if (!sampled || resource != "cpu") return State::ready;
  const Condition* ready = find_condition(pod.status.conditions, "Ready");
  if (!ready || !pod.status.start_time) return State::unready;
  const bool down = ready->status == "False";
  if (*pod.status.start_time + cpu_initialization > now)
    return down || *sampled < ready->last_transition + window ? State::unready : State::ready;
  return down && *pod.status.start_time + initial_readiness > ready->last_transition ? State::unready
                                                                                     : State::ready;
}

Result<Recommendation> recommend(const AutoscalerMetric& metric, int current,
                                 const std::vector<MeasuredPod>& pods) {
  const bool any =
      std::any_of(pods.begin(), pods.end(), [](const MeasuredPod& pod) { return pod.usage.has_value(); });
  if (!any) {
    return invalid_input(
        fmt::format("unable to get metrics for resource {}: no metrics returned from resource metrics API",
                    metric.resource));
  }
  Groups groups = group(pods);
  if (groups.ready.empty())
    return invalid_input("did not receive metrics for targeted pods (pods might be unready)");
  const Ratio ratio = ratio_of(metric, groups.ready);
  Recommendation result{current, ratio.measured};
  const bool unready_count = !groups.unready.empty() && ratio.value > 1;
  if (unready_count || !groups.missing.empty()) {
    result.replicas = damped(metric, std::move(groups), ratio.value, current);
  } else if (!tolerable(ratio.value)) {
    result.replicas = ceiled(ratio.value * static_cast<double>(groups.ready.size()));
  }
  return result;
}

int stabilized(ScaleMemory& memory, const ScalingRules& up, const ScalingRules& down, int current,
               int desired, SimTime now) {
  if (memory.recommendations.empty()) memory.recommendations.push_back({now, current});
  int lowest = desired, highest = desired;
  for (const ScaleMemory::Entry& entry : memory.recommendations) {
    if (entry.at > now - up.stabilization) lowest = std::min(lowest, entry.value);
    if (entry.at > now - down.stabilization) highest = std::max(highest, entry.value);
  }
  const SimDuration longest = std::max(up.stabilization, down.stabilization);
  std::erase_if(memory.recommendations,
                [&](const ScaleMemory::Entry& entry) { return entry.at <= now - longest; });
  memory.recommendations.push_back({now, desired});
  return std::min(std::max(current, lowest), highest);
}

LimitedScale limited(const HorizontalPodAutoscaler& autoscaler, const ScaleMemory& memory, int current,
                     int desired, SimTime now) {
  const ScalingRules up = autoscaler.scale_up.value_or(default_scale_up());
  const ScalingRules down = autoscaler.scale_down.value_or(default_scale_down());
  if (desired > current) {
    const int allowed = std::max(current, most_allowed(up, memory, current, now));
    if (desired > std::min(allowed, autoscaler.max_replicas)) {
      if (allowed < autoscaler.max_replicas) {
        return {allowed, "ScaleUpLimit",
                "the desired replica count is increasing faster than the maximum scale rate"};
      }
      return {autoscaler.max_replicas, "TooManyReplicas",
              "the desired replica count is more than the maximum replica count"};
    }
  } else if (desired < current) {
    const int allowed = std::min(current, least_allowed(down, memory, current, now));
    if (desired < std::max(allowed, autoscaler.min_replicas)) {
      if (allowed > autoscaler.min_replicas) {
        return {allowed, "ScaleDownLimit",
                "the desired replica count is decreasing faster than the maximum scale rate"};
      }
      return {autoscaler.min_replicas, "TooFewReplicas",
              "the desired replica count is less than the minimum replica count"};
    }
  }
  return {desired, "DesiredWithinRange", "the desired count is within the acceptable range"};
}

}  // namespace muster
