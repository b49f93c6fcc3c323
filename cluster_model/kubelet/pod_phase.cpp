#include "cluster_model/kubelet/pod_phase.hpp"

#include <fmt/format.h>

#include "cluster_model/pod_facts.hpp"

namespace muster {

std::string pod_phase(const PodSpec& spec, const std::vector<ContainerStatus>& containers) {
  std::size_t waiting = 0, running = 0, failed = 0;
  for (const ContainerStatus& container : containers) {
    using Phase = ContainerState::Phase;
    if (container.state.phase == Phase::running) {
      ++running;
    } else if (container.state.phase == Phase::terminated) {
      failed += container.state.exit_code != 0;
    } else if (container.last_state.phase == Phase::terminated) {  // waiting to be restarted
      failed += container.last_state.exit_code != 0;
    } else {
      ++waiting;
    }
  }
  if (waiting > 0 || containers.empty()) return "Pending";
  if (running > 0 || spec.restart_policy == "Always") return "Running";
  if (failed == 0) return "Succeeded";
  return spec.restart_policy == "Never" ? "Failed" : "Running";
}

namespace {

/// Names of the init containers that have not succeeded.
std::string incomplete(const std::vector<ContainerStatus>& containers) {
  std::string names;
  for (const ContainerStatus& container : containers) {
    if (!container.ready) names += (names.empty() ? "" : " ") + container.name;
  }
  return names;
}

/// Of a pod whose init containers have not all succeeded.
std::string initial_phase(const PodSpec& spec, const PodStatus& status) {
  for (const ContainerStatus& container : status.init_containers) {
    const ContainerState& state = container.state;
    const bool failed = state.phase == ContainerState::Phase::terminated && state.exit_code != 0;
    if (failed && spec.restart_policy == "Never") return "Failed";
  }
  return "Pending";
}

}  // namespace

void summarise(const PodSpec& spec, PodStatus& status, SimTime now) {
  const std::string waiting = incomplete(status.init_containers);
  status.phase = waiting.empty() ? pod_phase(spec, status.containers) : initial_phase(spec, status);
  std::string unready;
  for (const ContainerStatus& container : status.containers) {
    if (!container.ready) unready += (unready.empty() ? "" : " ") + container.name;
  }
  std::string reason, message;
  if (status.phase == "Succeeded" || status.phase == "Failed") {
    reason = "PodCompleted";
  } else if (!unready.empty()) {
    reason = "ContainersNotReady";
    message = fmt::format("containers with unready status: [{}]", unready);
  }
  set_pod_condition(status, "Initialized", waiting.empty(), waiting.empty() ? "" : "ContainersNotInitialized",
                    waiting.empty() ? "" : fmt::format("containers with incomplete status: [{}]", waiting),
                    now);
  set_pod_condition(status, "Ready", reason.empty(), reason, message, now);
  set_pod_condition(status, "ContainersReady", reason.empty(), reason, message, now);
}

}  // namespace muster
