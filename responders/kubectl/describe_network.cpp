// kubectl describe of services, endpoints, ingresses and network policies.
#include <fmt/format.h>

#include "responders/kubectl/describe_parts.hpp"
#include "responders/kubectl/table.hpp"
#include "responders/text/lines.hpp"

namespace muster::describers {
namespace {

constexpr std::size_t shown_endpoints = 3;

bool is_ready(const JsonValue& endpoint) {
  return !endpoint["conditions"].has("ready") || endpoint["conditions"]["ready"].truth();
}

/// "10.0.0.1:80,10.0.0.2:80 + 2 more..." of the port of that name.
std::string endpoints_of_port(const JsonValue::Array& slices, const std::string& port_name) {
  if (slices.empty()) return "<none>";
  std::vector<std::string> all;
  for (const JsonValue& slice : slices)
    for (const JsonValue& port : slice["ports"].items()) {
      if (port["name"].text() != port_name) continue;
      for (const JsonValue& endpoint : slice["endpoints"].items())
        if (is_ready(endpoint))
          all.push_back(fmt::format("{}:{}", endpoint["addresses"].at(0).text(), port["port"].whole()));
    }
  const std::size_t count = all.size();
  if (count > shown_endpoints) all.resize(shown_endpoints);
  const std::string text = join(all, ",");
  return count > shown_endpoints ? fmt::format("{} + {} more...", text, count - shown_endpoints) : text;
}

std::string texts(const JsonValue& list, std::string_view otherwise) {
  std::vector<std::string> all;
  for (const JsonValue& each : list.items()) all.push_back(display_text(each));
  return all.empty() ? std::string(otherwise) : join(all, ",");
}

std::string service_ports(const JsonValue& spec, const JsonValue::Array& slices) {
  std::string out;
  for (const JsonValue& port : spec["ports"].items()) {
    const std::string name = port["name"].text().empty() ? "<unset>" : port["name"].text();
    const std::string protocol = port.has("protocol") ? port["protocol"].text() : "TCP";
    out += fmt::format("Port:\t{}\t{}/{}\n", name, port["port"].whole(), protocol);
    const JsonValue& target = port.has("targetPort") ? port["targetPort"] : port["port"];
    out += fmt::format("TargetPort:\t{}/{}\n", display_text(target), protocol);
    if (port["nodePort"].whole() != 0)
      out += fmt::format("NodePort:\t{}\t{}/{}\n", name, port["nodePort"].whole(), protocol);
    out += "Endpoints:\t" + endpoints_of_port(slices, port["name"].text()) + "\n";
  }
  return out;
}

std::string peers(const JsonValue& list, const char* direction) {
  if (list.is_empty())
    return fmt::format("    {}: <any> (traffic not restricted by {})\n", direction,
                       direction == std::string_view("From") ? "source" : "destination");
  std::string out;
  for (const JsonValue& peer : list.items()) {
    out += fmt::format("    {}:\n", direction);
    if (peer.has("namespaceSelector"))
      out += "      NamespaceSelector: " + selector_text(peer["namespaceSelector"]) + "\n";
    if (peer.has("podSelector")) out += "      PodSelector: " + selector_text(peer["podSelector"]) + "\n";
    if (!peer.has("ipBlock")) continue;
    out += "      IPBlock:\n        CIDR: " + peer["ipBlock"]["cidr"].text() +
           "\n        Except: " + texts(peer["ipBlock"]["except"], "") + "\n";
  }
  return out;
}

std::string rules_text(const JsonValue& rules, const char* kind, const char* direction, const char* list) {
  if (rules.items().empty())
    return fmt::format("    <none> (Selected pods are isolated for {} connectivity)\n", kind);
  std::string out;
  for (const JsonValue& rule : rules.items()) {
    if (!out.empty()) out += "    ----------\n";
    if (rule["ports"].is_empty()) out += "    To Port: <any> (traffic allowed to all ports)\n";
    for (const JsonValue& port : rule["ports"].items())
      out += fmt::format("    To Port: {}/{}\n", display_text(port["port"]),
                         port.has("protocol") ? port["protocol"].text() : "TCP");
    out += peers(rule[list], direction);
  }
  return out;
}

bool has_type(const JsonValue& spec, const char* type) {
  for (const JsonValue& each : spec["policyTypes"].items())
    if (each.text() == type) return true;
  return false;
}

}  // namespace

std::string service(KubectlCall& call, const Target& target) {
  const JsonValue& spec = target.object["spec"];
  const auto slices = list_of(
      call,
      "/apis/discovery.k8s.io/v1/namespaces/" + target.namespace_ + "/endpointslices?" +
          query_string({{"labelSelector", "kubernetes.io/service-name=" + target.name}, {"limit", "500"}}));
  std::string out = describe_name(target) + describe_maps(target);
  out += "Selector:\t" + labels_text(spec["selector"]) + "\n";
  out += "Type:\t" + (spec.has("type") ? spec["type"].text() : "ClusterIP") + "\n";
  if (spec.has("ipFamilyPolicy")) out += "IP Family Policy:\t" + spec["ipFamilyPolicy"].text() + "\n";
  out += "IP Families:\t" + texts(spec["ipFamilies"], "<none>") + "\n";
  out += "IP:\t" + spec["clusterIP"].text() + "\nIPs:\t" + texts(spec["clusterIPs"], "<none>") + "\n";
  out += service_ports(spec, slices);
  out +=
      "Session Affinity:\t" + (spec.has("sessionAffinity") ? spec["sessionAffinity"].text() : "None") + "\n";
  if (spec.has("externalTrafficPolicy"))
    out += "External Traffic Policy:\t" + spec["externalTrafficPolicy"].text() + "\n";
  if (spec.has("internalTrafficPolicy"))
    out += "Internal Traffic Policy:\t" + spec["internalTrafficPolicy"].text() + "\n";
  return out;
}

std::string endpoints(KubectlCall&, const Target& target) {
  std::string out = describe_name(target) + describe_maps(target) + "Subsets:\n";
  const auto addresses = [](const JsonValue& list) {
    std::vector<std::string> all;
    for (const JsonValue& each : list.items()) all.push_back(each["ip"].text());
    return all.empty() ? std::string("<none>") : join(all, ",");
  };
  for (const JsonValue& subset : target.object["subsets"].items()) {
    out += "  Addresses:\t" + addresses(subset["addresses"]) + "\n";
    out += "  NotReadyAddresses:\t" + addresses(subset["notReadyAddresses"]) + "\n";
    if (!subset["ports"].is_empty()) out += "  Ports:\n    Name\tPort\tProtocol\n    ----\t----\t--------\n";
    for (const JsonValue& port : subset["ports"].items())
      out += fmt::format("    {}\t{}\t{}\n", port["name"].text().empty() ? "<unset>" : port["name"].text(),
                         port["port"].whole(), port.has("protocol") ? port["protocol"].text() : "TCP");
    out += "\n";
  }
  return out;
}

std::string ingress(KubectlCall&, const Target& target) {
  const JsonValue& spec = target.object["spec"];
  const auto backend = [](const JsonValue& from) {
    const JsonValue& port = from["service"]["port"];
    return fmt::format("{}:{}", from["service"]["name"].text(),
                       port.has("number") ? display_text(port["number"]) : port["name"].text());
  };
  const std::string& address = target.object["status"]["loadBalancer"]["ingress"].at(0)["ip"].text();
  std::string out = "Name:\t" + target.name + "\n" + describe_maps(target);
  out = out.substr(0, out.find("Annotations:")) + "Namespace:\t" + target.namespace_ + "\nAddress:\t" +
        address + "\n";
  out +=
      "Ingress Class:\t" + (spec.has("ingressClassName") ? spec["ingressClassName"].text() : "<none>") + "\n";
  out += "Default backend:\t" + (spec.has("defaultBackend") ? backend(spec["defaultBackend"]) : "<default>") +
         "\n";
  out += "Rules:\n  Host\tPath\tBackends\n  ----\t----\t--------\n";
  for (const JsonValue& rule : spec["rules"].items()) {
    out += "  " + (rule["host"].text().empty() ? "*" : rule["host"].text()) + "\t\n";
    for (const JsonValue& path : rule["http"]["paths"].items())
      out += fmt::format("    \t{} \t{}\n", path["path"].text(), backend(path["backend"]));
  }
  const std::string maps = describe_maps(target);
  return out + maps.substr(maps.find("Annotations:"));
}

std::string network_policy(KubectlCall&, const Target& target) {
  const JsonValue& spec = target.object["spec"];
  std::string moment = target.object["metadata"]["creationTimestamp"].text();
  if (moment.size() == 20) moment = moment.substr(0, 10) + " " + moment.substr(11, 8) + " +0000 UTC";
  std::string out =
      describe_name(target) + "Created on:\t" + moment + "\n" + describe_maps(target) + "Spec:\n";
  const std::string pods = selector_text(spec["podSelector"]);
  out += "  PodSelector:     " +
         (pods == "<none>" ? "<none> (Allowing the specific traffic to all pods in this namespace)" : pods) +
         "\n";
  const bool in = has_type(spec, "Ingress"), away = has_type(spec, "Egress");
  out += in ? "  Allowing ingress traffic:\n" + rules_text(spec["ingress"], "ingress", "From", "from")
            : "  Not affecting ingress traffic\n";
  out += away ? "  Allowing egress traffic:\n" + rules_text(spec["egress"], "egress", "To", "to")
              : "  Not affecting egress traffic\n";
  return out + "  Policy Types: " + join(split_at(texts(spec["policyTypes"], ""), ','), ", ") + "\n";
}

}  // namespace muster::describers
