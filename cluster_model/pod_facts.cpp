#include "cluster_model/pod_facts.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace muster {

namespace {

/// Order in which kubectl describe shows them.
constexpr std::array<std::string_view, 5> display_order{"PodReadyToStartContainers", "Initialized", "Ready",
                                                        "ContainersReady", "PodScheduled"};

std::size_t rank(const Condition& condition) {
  const auto found = std::find(display_order.begin(), display_order.end(), condition.type);
  return static_cast<std::size_t>(found - display_order.begin());
}

}  // namespace

bool is_ready(const Pod& pod) {
  const Condition* ready = find_condition(pod.status.conditions, "Ready");
  return ready && ready->status == "True";
}

SimTime ready_since(const Pod& pod) {
  const Condition* ready = find_condition(pod.status.conditions, "Ready");
  return ready && ready->status == "True" ? ready->last_transition : sim_never;
}

bool is_available(const Pod& pod, SimDuration min_ready, SimTime now) {
  return is_ready(pod) && ready_since(pod) + min_ready <= now;
}

bool is_finished(const Pod& pod) {
  return pod.status.phase == "Succeeded" || pod.status.phase == "Failed";
}

bool is_active(const Object& pod) {
  return !pod.meta.deletion_at && !is_finished(pod.as<Pod>());
}

int restarts_of(const Pod& pod) {
  int restarts = 0;
  for (const ContainerStatus& container : pod.status.containers) restarts += container.restarts;
  return restarts;
}

void set_pod_condition(PodStatus& status, const char* type, bool holds, const std::string& reason,
                       const std::string& message, SimTime now) {
  Condition next{type, holds ? "True" : "False", reason, message, now, {}};
  for (Condition& present : status.conditions) {
    if (present.type != next.type) continue;
    if (present.status == next.status) next.last_transition = present.last_transition;
    present = next;
    return;
  }
  status.conditions.push_back(next);
  std::stable_sort(status.conditions.begin(), status.conditions.end(),
                   [](const Condition& a, const Condition& b) { return rank(a) < rank(b); });
}

}  // namespace muster
