#include "responders/kubectl/table_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "responders/kubectl/pod_view.hpp"
#include "responders/kubectl/table.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

using Cells = std::vector<std::string>;

std::string or_none(const std::string& text) {
  return text.empty() ? "<none>" : text;
}
std::string number(const JsonValue& value) {
  return fmt::format("{}", value.whole());
}
std::string name_of(const JsonValue& object) {
  return object["metadata"]["name"].text();
}
std::string age_of(const JsonValue& object, const Clock& clock) {
  return clock.age(object["metadata"]["creationTimestamp"].text());
}

constexpr std::array pod_columns{TableColumn{"NAME"},
                                 TableColumn{"READY"},
                                 TableColumn{"STATUS"},
                                 TableColumn{"RESTARTS"},
                                 TableColumn{"AGE"},
                                 TableColumn{"IP", true},
                                 TableColumn{"NODE", true},
                                 TableColumn{"NOMINATED NODE", true},
                                 TableColumn{"READINESS GATES", true}};
Cells pod_cells(const JsonValue& pod, const Clock& clock) {
  const PodView view = view_pod(pod, clock);
  return {view.name,
          fmt::format("{}/{}", view.ready, view.containers),
          view.status,
          view.restarts_text,
          age_of(pod, clock),
          or_none(pod["status"]["podIP"].text()),
          or_none(pod["spec"]["nodeName"].text()),
          "<none>",
          "<none>"};
}

std::string container_field(const JsonValue& object, std::string_view field) {
  std::vector<std::string> values;
  for (const auto& container : object["spec"]["template"]["spec"]["containers"].items())
    values.push_back(container[field].text());
  return join(values, ",");
}

constexpr std::array deployment_columns{TableColumn{"NAME"},         TableColumn{"READY"},
                                        TableColumn{"UP-TO-DATE"},   TableColumn{"AVAILABLE"},
                                        TableColumn{"AGE"},          TableColumn{"CONTAINERS", true},
                                        TableColumn{"IMAGES", true}, TableColumn{"SELECTOR", true}};
Cells deployment_cells(const JsonValue& object, const Clock& clock) {
  const JsonValue& status = object["status"];
  return {name_of(object),
          fmt::format("{}/{}", status["readyReplicas"].whole(), object["spec"]["replicas"].whole()),
          number(status["updatedReplicas"]),
          number(status["availableReplicas"]),
          age_of(object, clock),
          container_field(object, "name"),
          container_field(object, "image"),
          labels_text(object["spec"]["selector"]["matchLabels"])};
}

constexpr std::array replicaset_columns{TableColumn{"NAME"},         TableColumn{"DESIRED"},
                                        TableColumn{"CURRENT"},      TableColumn{"READY"},
                                        TableColumn{"AGE"},          TableColumn{"CONTAINERS", true},
                                        TableColumn{"IMAGES", true}, TableColumn{"SELECTOR", true}};
Cells replicaset_cells(const JsonValue& object, const Clock& clock) {
  return {name_of(object),
          number(object["spec"]["replicas"]),
          number(object["status"]["replicas"]),
          number(object["status"]["readyReplicas"]),
          age_of(object, clock),
          container_field(object, "name"),
          container_field(object, "image"),
          labels_text(object["spec"]["selector"]["matchLabels"])};
}

constexpr std::array service_columns{
    TableColumn{"NAME"},    TableColumn{"TYPE"}, TableColumn{"CLUSTER-IP"},    TableColumn{"EXTERNAL-IP"},
    TableColumn{"PORT(S)"}, TableColumn{"AGE"},  TableColumn{"SELECTOR", true}};
Cells service_cells(const JsonValue& object, const Clock& clock) {
  std::vector<std::string> ports;
  for (const auto& port : object["spec"]["ports"].items()) {
    const std::string protocol = port.has("protocol") ? port["protocol"].text() : "TCP";
    const auto node_port = port["nodePort"].whole();
    ports.push_back(node_port != 0 ? fmt::format("{}:{}/{}", port["port"].whole(), node_port, protocol)
                                   : fmt::format("{}/{}", port["port"].whole(), protocol));
  }
  const std::string type = object["spec"].has("type") ? object["spec"]["type"].text() : "ClusterIP";
  return {name_of(object),
          type,
          or_none(object["spec"]["clusterIP"].text()),
          type == "LoadBalancer" ? "<pending>" : "<none>",
          ports.empty() ? "<none>" : join(ports, ","),
          age_of(object, clock),
          labels_text(object["spec"]["selector"])};
}

constexpr std::array endpoints_columns{TableColumn{"NAME"}, TableColumn{"ENDPOINTS"}, TableColumn{"AGE"}};
Cells endpoints_cells(const JsonValue& object, const Clock& clock) {
  std::vector<std::string> all;
  for (const auto& subset : object["subsets"].items())
    for (const auto& port : subset["ports"].items())
      for (const auto& address : subset["addresses"].items())
        all.push_back(fmt::format("{}:{}", address["ip"].text(), port["port"].whole()));
  std::string text = join({all.begin(), all.begin() + std::min<std::ptrdiff_t>(3, std::ssize(all))}, ",");
  if (all.size() > 3) text += fmt::format(" + {} more...", all.size() - 3);
  return {name_of(object), or_none(text), age_of(object, clock)};
}

constexpr std::array slice_columns{TableColumn{"NAME"}, TableColumn{"ADDRESSTYPE"}, TableColumn{"PORTS"},
                                   TableColumn{"ENDPOINTS"}, TableColumn{"AGE"}};
Cells slice_cells(const JsonValue& object, const Clock& clock) {
  std::vector<std::string> ports, addresses;
  for (const auto& port : object["ports"].items()) ports.push_back(number(port["port"]));
  for (const auto& endpoint : object["endpoints"].items())
    for (const auto& address : endpoint["addresses"].items()) addresses.push_back(address.text());
  std::string text =
      join({addresses.begin(), addresses.begin() + std::min<std::ptrdiff_t>(3, std::ssize(addresses))}, ",");
  if (addresses.size() > 3) text += fmt::format(" + {} more...", addresses.size() - 3);
  return {name_of(object), object["addressType"].text(), ports.empty() ? "<unset>" : join(ports, ","),
          text.empty() ? "<unset>" : text, age_of(object, clock)};
}

constexpr std::array config_map_columns{TableColumn{"NAME"}, TableColumn{"DATA"}, TableColumn{"AGE"}};
Cells config_map_cells(const JsonValue& object, const Clock& clock) {
  const auto count = object["data"].members().size() + object["binaryData"].members().size();
  return {name_of(object), fmt::format("{}", count), age_of(object, clock)};
}

constexpr std::array secret_columns{TableColumn{"NAME"}, TableColumn{"TYPE"}, TableColumn{"DATA"},
                                    TableColumn{"AGE"}};
Cells secret_cells(const JsonValue& object, const Clock& clock) {
  return {name_of(object), object["type"].text(), fmt::format("{}", object["data"].members().size()),
          age_of(object, clock)};
}

constexpr std::array node_columns{TableColumn{"NAME"},
                                  TableColumn{"STATUS"},
                                  TableColumn{"ROLES"},
                                  TableColumn{"AGE"},
                                  TableColumn{"VERSION"},
                                  TableColumn{"INTERNAL-IP", true},
                                  TableColumn{"EXTERNAL-IP", true},
                                  TableColumn{"OS-IMAGE", true},
                                  TableColumn{"KERNEL-VERSION", true},
                                  TableColumn{"CONTAINER-RUNTIME", true}};
Cells node_cells(const JsonValue& object, const Clock& clock) {
  const std::string ready = condition_status(object, "Ready");
  std::string status = ready.empty() ? "Unknown" : ready == "True" ? "Ready" : "NotReady";
  if (object["spec"]["unschedulable"].truth()) status += ",SchedulingDisabled";
  std::vector<std::string> roles;
  static constexpr std::string_view role_label = "node-role.kubernetes.io/";
  for (const auto& [key, value] : object["metadata"]["labels"].members())
    if (key.starts_with(role_label)) roles.push_back(key.substr(role_label.size()));
  std::string internal, external;
  for (const auto& address : object["status"]["addresses"].items()) {
    if (address["type"].text() == "InternalIP" && internal.empty()) internal = address["address"].text();
    if (address["type"].text() == "ExternalIP" && external.empty()) external = address["address"].text();
  }
  const JsonValue& info = object["status"]["nodeInfo"];
  const auto known = [&](const char* field) {
    return info[field].text().empty() ? std::string("<unknown>") : info[field].text();
  };
  return {name_of(object),
          status,
          roles.empty() ? "<none>" : join(roles, ","),
          age_of(object, clock),
          info["kubeletVersion"].text(),
          or_none(internal),
          or_none(external),
          known("osImage"),
          known("kernelVersion"),
          known("containerRuntimeVersion")};
}

constexpr std::array event_columns{TableColumn{"LAST SEEN"},       TableColumn{"TYPE"},
                                   TableColumn{"REASON"},          TableColumn{"OBJECT"},
                                   TableColumn{"SUBOBJECT", true}, TableColumn{"SOURCE", true},
                                   TableColumn{"MESSAGE"},         TableColumn{"FIRST SEEN", true},
                                   TableColumn{"COUNT", true},     TableColumn{"NAME", true}};
Cells event_cells(const JsonValue& event, const Clock& clock) {
  const std::string& first_at =
      event["firstTimestamp"].text().empty() ? event["eventTime"].text() : event["firstTimestamp"].text();
  const std::string& last_at = event["lastTimestamp"].text();
  const std::string first = clock.age(first_at);
  const std::string& component = event["source"]["component"].text().empty()
                                     ? event["reportingComponent"].text()
                                     : event["source"]["component"].text();
  const std::string& host = event["source"]["host"].text();
  const JsonValue& object = event["involvedObject"];
  return {last_at.empty() ? first : clock.age(last_at),
          event["type"].text(),
          event["reason"].text(),
          lower_case(object["kind"].text()) + "/" + object["name"].text(),
          object["fieldPath"].text(),
          host.empty() ? component : component + ", " + host,
          std::string(trimmed(event["message"].text())),
          first,
          fmt::format("{}", std::max<std::int64_t>(event["count"].whole(), 1)),
          name_of(event)};
}

constexpr std::array namespace_columns{TableColumn{"NAME"}, TableColumn{"STATUS"}, TableColumn{"AGE"}};
Cells namespace_cells(const JsonValue& object, const Clock& clock) {
  return {name_of(object), object["status"]["phase"].text(), age_of(object, clock)};
}

constexpr std::array policy_columns{TableColumn{"NAME"}, TableColumn{"POD-SELECTOR"}, TableColumn{"AGE"}};
Cells policy_cells(const JsonValue& object, const Clock& clock) {
  return {name_of(object), labels_text(object["spec"]["podSelector"]["matchLabels"]), age_of(object, clock)};
}

constexpr std::array other_columns{TableColumn{"NAME"}, TableColumn{"AGE"}};
Cells other_cells(const JsonValue& object, const Clock& clock) {
  return {name_of(object), age_of(object, clock)};
}

constexpr std::array kinds{
    TableKind{"Pod", pod_columns, pod_cells},
    TableKind{"Deployment", deployment_columns, deployment_cells},
    TableKind{"ReplicaSet", replicaset_columns, replicaset_cells},
    TableKind{"Service", service_columns, service_cells},
    TableKind{"Endpoints", endpoints_columns, endpoints_cells},
    TableKind{"EndpointSlice", slice_columns, slice_cells},
    TableKind{"ConfigMap", config_map_columns, config_map_cells},
    TableKind{"Secret", secret_columns, secret_cells},
    TableKind{"Node", node_columns, node_cells},
    TableKind{"Event", event_columns, event_cells},
    TableKind{"Namespace", namespace_columns, namespace_cells},
    TableKind{"NetworkPolicy", policy_columns, policy_cells},
};
constexpr TableKind other_kind{"", other_columns, other_cells};

}  // namespace

const TableKind& table_kind(std::string_view kind) {
  const auto found =
      std::find_if(kinds.begin(), kinds.end(), [&](const TableKind& table) { return table.kind == kind; });
  return found == kinds.end() ? other_kind : *found;
}

}  // namespace muster
