// Pods and nodes. The STATUS of a pod: printPod in pkg/printers/internalversion/printers.go.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/kube/table/table.hpp"

namespace muster::kube {

namespace {

struct PodLine {
  std::string status, last_end;
  std::int64_t restarts = 0, ready = 0;
  bool initializing = false;
};

void count_restarts(PodLine& line, const Json& status) {
  line.restarts += number_of(below(status, {"restartCount"}));
  const std::string end = text_of(below(status, {"lastState", "terminated", "finishedAt"}));
  line.last_end = std::max(line.last_end, end);  // RFC 3339 in UTC sorts by time
}

std::string ended_text(const Json& terminated) {
  if (const std::string reason = text_of(below(terminated, {"reason"})); !reason.empty()) return reason;
  const std::int64_t signal = number_of(below(terminated, {"signal"}));
  if (signal != 0) return fmt::format("Signal:{}", signal);
  return fmt::format("ExitCode:{}", number_of(below(terminated, {"exitCode"})));
}

/// The first init container that is not through yet says the status.
void look_at_init_containers(PodLine& line, const Json& pod) {
  const std::size_t count = below(pod, {"spec", "initContainers"}).size();
  std::size_t index = 0;
  for (const Json& status : below(pod, {"status", "initContainerStatuses"})) {
    count_restarts(line, status);
    const Json& terminated = below(status, {"state", "terminated"});
    const std::string waiting = text_of(below(status, {"state", "waiting", "reason"}));
    if (!line.initializing && !(terminated.is_object() && number_of(below(terminated, {"exitCode"})) == 0)) {
      line.initializing = true;
      line.status = fmt::format("Init:{}/{}", index, count);
      if (terminated.is_object()) line.status = "Init:" + ended_text(terminated);
      if (!waiting.empty() && waiting != "PodInitializing") line.status = "Init:" + waiting;
    }
    ++index;
  }
}

void look_at_containers(PodLine& line, const Json& pod) {
  const Json& statuses = below(pod, {"status", "containerStatuses"});
  bool runs = false;
  for (std::size_t i = statuses.size(); i-- > 0;) {
    const Json& status = statuses[i];
    count_restarts(line, status);
    const std::string waiting = text_of(below(status, {"state", "waiting", "reason"}));
    const Json& terminated = below(status, {"state", "terminated"});
    const bool ready = below(status, {"ready"}) == true;
    if (!waiting.empty()) {
      line.status = waiting;
    } else if (terminated.is_object()) {
      line.status = ended_text(terminated);
    } else if (ready && below(status, {"state", "running"}).is_object()) {
      runs = true;
      ++line.ready;
    }
  }
  if (line.status == "Completed" && runs)
    line.status = condition_status(pod, "Ready") == "True" ? "Running" : "NotReady";
}

PodLine pod_line(const Json& pod) {
  PodLine line;
  line.status = text_of(below(pod, {"status", "reason"}));
  if (line.status.empty()) line.status = text_of(below(pod, {"status", "phase"}));
  for (const Json& condition : below(pod, {"status", "conditions"})) {
    if (below(condition, {"type"}) == "PodScheduled" && below(condition, {"reason"}) == "SchedulingGated")
      line.status = "SchedulingGated";
  }
  look_at_init_containers(line, pod);
  if (!line.initializing) {
    line.restarts = 0;
    look_at_containers(line, pod);
  }
  if (below(pod, {"metadata", "deletionTimestamp"}).is_string())
    line.status = below(pod, {"status", "reason"}) == "NodeLost" ? "Unknown" : "Terminating";
  return line;
}

constexpr std::array pod_columns{TableColumn{"Name"},
                                 TableColumn{"Ready"},
                                 TableColumn{"Status"},
                                 TableColumn{"Restarts"},
                                 TableColumn{"Age"},
                                 TableColumn{"IP", "string", true},
                                 TableColumn{"Node", "string", true},
                                 TableColumn{"Nominated Node", "string", true},
                                 TableColumn{"Readiness Gates", "string", true}};

Json pod_cells(const Json& pod, const TableMoment& moment) {
  const PodLine line = pod_line(pod);
  std::string restarts = fmt::format("{}", line.restarts);
  if (line.restarts > 0 && !line.last_end.empty())
    restarts += fmt::format(" ({} ago)", age_since(line.last_end, moment));
  return {name_of(pod),
          fmt::format("{}/{}", line.ready, below(pod, {"spec", "containers"}).size()),
          line.status,
          restarts,
          age_of(pod, moment),
          or_none(text_of(below(pod, {"status", "podIP"}))),
          or_none(text_of(below(pod, {"spec", "nodeName"}))),
          or_none(text_of(below(pod, {"status", "nominatedNodeName"}))),
          "<none>"};
}

constexpr std::array node_columns{TableColumn{"Name"},
                                  TableColumn{"Status"},
                                  TableColumn{"Roles"},
                                  TableColumn{"Age"},
                                  TableColumn{"Version"},
                                  TableColumn{"Internal-IP", "string", true},
                                  TableColumn{"External-IP", "string", true},
                                  TableColumn{"OS-Image", "string", true},
                                  TableColumn{"Kernel-Version", "string", true},
                                  TableColumn{"Container-Runtime", "string", true}};

std::string node_address(const Json& node, const char* type) {
  for (const Json& address : below(node, {"status", "addresses"})) {
    if (below(address, {"type"}) == type) return text_of(below(address, {"address"}));
  }
  return "<none>";
}

std::string node_roles(const Json& node) {
  constexpr std::string_view prefix = "node-role.kubernetes.io/";
  std::vector<std::string> roles;
  for (const auto& [key, value] : below(node, {"metadata", "labels"}).items()) {
    if (key.starts_with(prefix) && key.size() > prefix.size()) roles.push_back(key.substr(prefix.size()));
    if (key == "kubernetes.io/role" && !text_of(value).empty()) roles.push_back(text_of(value));
  }
  return or_none(join(roles, ","));
}

Json node_cells(const Json& node, const TableMoment& moment) {
  const std::string ready = condition_status(node, "Ready");
  std::string status = ready.empty() ? "Unknown" : ready == "True" ? "Ready" : "NotReady";
  if (below(node, {"spec", "unschedulable"}) == true) status += ",SchedulingDisabled";
  const auto info = [&](const char* field) {
    const std::string text = text_of(below(node, {"status", "nodeInfo", field}));
    return text.empty() ? std::string("<unknown>") : text;
  };
  return {name_of(node),
          status,
          node_roles(node),
          age_of(node, moment),
          text_of(below(node, {"status", "nodeInfo", "kubeletVersion"})),
          node_address(node, "InternalIP"),
          node_address(node, "ExternalIP"),
          info("osImage"),
          info("kernelVersion"),
          info("containerRuntimeVersion")};
}

constexpr std::array pods_kinds{TableKind{"Pod", pod_columns, pod_cells},
                                TableKind{"Node", node_columns, node_cells}};

}  // namespace

std::span<const TableKind> pod_tables() {
  return pods_kinds;
}

}  // namespace muster::kube
