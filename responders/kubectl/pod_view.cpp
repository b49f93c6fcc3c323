#include "responders/kubectl/pod_view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace muster {
namespace {

std::string terminated_text(const JsonValue& terminated, bool init) {
  const std::string prefix = init ? "Init:" : "";
  if (!terminated["reason"].text().empty()) return prefix + terminated["reason"].text();
  const auto signal = terminated["signal"].whole();
  if (signal != 0) return fmt::format("{}Signal:{}", prefix, signal);
  return fmt::format("{}ExitCode:{}", prefix, terminated["exitCode"].whole());
}

/// The text of the first init container that is not finished, or "".
std::string init_status(const JsonValue& pod) {
  const auto& statuses = pod["status"]["initContainerStatuses"].items();
  const auto total = pod["spec"]["initContainers"].items().size();
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    const JsonValue& state = statuses[i]["state"];
    if (state["terminated"].is_object() && state["terminated"]["exitCode"].whole() == 0) continue;
    if (state["terminated"].is_object()) return terminated_text(state["terminated"], true);
    const std::string& waiting = state["waiting"]["reason"].text();
    if (!waiting.empty() && waiting != "PodInitializing") return "Init:" + waiting;
    return fmt::format("Init:{}/{}", i, total);
  }
  return {};
}

/// Goes through the containers from last to first, as the printer does: an earlier one has the last word.
void read_containers(const JsonValue& pod, PodView& view, std::string& reason) {
  bool has_running = false;
  const auto& statuses = pod["status"]["containerStatuses"].items();
  for (auto status = statuses.rbegin(); status != statuses.rend(); ++status) {
    const JsonValue& state = (*status)["state"];
    if (!state["waiting"]["reason"].text().empty()) {
      reason = state["waiting"]["reason"].text();
    } else if (state["terminated"].is_object()) {
      reason = terminated_text(state["terminated"], false);
    } else if ((*status)["ready"].truth() && state["running"].is_object()) {
      has_running = true;
      ++view.ready;
    }
  }
  if (reason == "Completed" && has_running)
    reason = condition_status(pod, "Ready") == "True" ? "Running" : "NotReady";
}

std::string restarts_text(const JsonValue& pod, std::int64_t restarts, const Clock& clock) {
  std::string latest;
  for (const auto& status : pod["status"]["containerStatuses"].items())
    latest = std::max(latest, status["lastState"]["terminated"]["finishedAt"].text());
  if (restarts == 0 || latest.empty()) return fmt::format("{}", restarts);
  return fmt::format("{} ({} ago)", restarts, clock.age(latest));
}

}  // namespace

const JsonValue& condition(const JsonValue& object, std::string_view type) {
  static const JsonValue none;
  for (const auto& each : object["status"]["conditions"].items())
    if (each["type"].text() == type) return each;
  return none;
}

std::string condition_status(const JsonValue& object, std::string_view type) {
  return condition(object, type)["status"].text();
}

PodView view_pod(const JsonValue& pod, const Clock& clock) {
  PodView view;
  view.name = pod["metadata"]["name"].text();
  view.namespace_ = pod["metadata"]["namespace"].text();
  view.containers = static_cast<int>(pod["spec"]["containers"].items().size());
  for (const auto& status : pod["status"]["containerStatuses"].items())
    view.restarts += status["restartCount"].whole();
  const std::string& own_reason = pod["status"]["reason"].text();
  std::string reason = own_reason.empty() ? pod["status"]["phase"].text() : own_reason;
  if (condition(pod, "PodScheduled")["reason"].text() == "SchedulingGated") reason = "SchedulingGated";
  const std::string init = init_status(pod);
  if (init.empty())
    read_containers(pod, view, reason);
  else
    reason = init;
  if (pod["metadata"].has("deletionTimestamp")) reason = own_reason == "NodeLost" ? "Unknown" : "Terminating";
  view.status = reason;
  view.restarts_text = restarts_text(pod, view.restarts, clock);
  view.healthy = reason == "Running" && view.ready == view.containers;
  return view;
}

}  // namespace muster
