// Services, Endpoints, EndpointSlices, NetworkPolicies, Ingresses.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/kube/table/table.hpp"

namespace muster::kube {

namespace {

/// The first three, and how many more (formatEndpoints).
std::string first_three(const std::vector<std::string>& all) {
  std::vector<std::string> shown(all.begin(), all.begin() + std::min<std::ptrdiff_t>(3, std::ssize(all)));
  std::string text = join(shown, ",");
  if (all.size() > 3) text += fmt::format(" + {} more...", all.size() - 3);
  return text;
}

std::string service_ports(const Json& service) {
  std::vector<std::string> ports;
  for (const Json& port : below(service, {"spec", "ports"})) {
    const std::string protocol = text_of(below(port, {"protocol"}));
    const std::int64_t number = number_of(below(port, {"port"})), node = number_of(below(port, {"nodePort"}));
    const std::string shown = protocol.empty() ? "TCP" : protocol;
    ports.push_back(node > 0 ? fmt::format("{}:{}/{}", number, node, shown)
                             : fmt::format("{}/{}", number, shown));
  }
  return or_none(join(ports, ","));
}

std::string external_address(const Json& service, const std::string& type) {
  std::vector<std::string> addresses;
  if (type == "ExternalName") return text_of(below(service, {"spec", "externalName"}));
  for (const Json& entry : below(service, {"status", "loadBalancer", "ingress"})) {
    const std::string ip = text_of(below(entry, {"ip"}));
    addresses.push_back(ip.empty() ? text_of(below(entry, {"hostname"})) : ip);
  }
  for (const Json& ip : below(service, {"spec", "externalIPs"})) addresses.push_back(text_of(ip));
  if (!addresses.empty()) return join(addresses, ",");
  return type == "LoadBalancer" ? "<pending>" : "<none>";
}

constexpr std::array service_columns{TableColumn{"Name"},
                                     TableColumn{"Type"},
                                     TableColumn{"Cluster-IP"},
                                     TableColumn{"External-IP"},
                                     TableColumn{"Port(s)"},
                                     TableColumn{"Age"},
                                     TableColumn{"Selector", "string", true}};
Json service_cells(const Json& service, const TableMoment& moment) {
  std::string type = text_of(below(service, {"spec", "type"}));
  if (type.empty()) type = "ClusterIP";
  return {name_of(service),
          type,
          or_none(text_of(below(service, {"spec", "clusterIP"}))),
          external_address(service, type),
          service_ports(service),
          age_of(service, moment),
          labels_text(below(service, {"spec", "selector"}))};
}

constexpr std::array endpoints_columns{TableColumn{"Name"}, TableColumn{"Endpoints"}, TableColumn{"Age"}};
Json endpoints_cells(const Json& object, const TableMoment& moment) {
  std::vector<std::string> all;
  for (const Json& subset : below(object, {"subsets"})) {
    for (const Json& port : below(subset, {"ports"})) {
      for (const Json& address : below(subset, {"addresses"}))
        all.push_back(
            fmt::format("{}:{}", text_of(below(address, {"ip"})), number_of(below(port, {"port"}))));
    }
  }
  return {name_of(object), or_none(first_three(all)), age_of(object, moment)};
}

constexpr std::array slice_columns{TableColumn{"Name"}, TableColumn{"AddressType"}, TableColumn{"Ports"},
                                   TableColumn{"Endpoints"}, TableColumn{"Age"}};
Json slice_cells(const Json& object, const TableMoment& moment) {
  std::vector<std::string> ports, addresses;
  for (const Json& port : below(object, {"ports"}))
    ports.push_back(fmt::format("{}", number_of(below(port, {"port"}))));
  for (const Json& endpoint : below(object, {"endpoints"})) {
    for (const Json& address : below(endpoint, {"addresses"})) addresses.push_back(text_of(address));
  }
  const auto or_unset = [](std::string text) { return text.empty() ? std::string("<unset>") : text; };
  return {name_of(object), text_of(below(object, {"addressType"})), or_unset(first_three(ports)),
          or_unset(first_three(addresses)), age_of(object, moment)};
}

constexpr std::array policy_columns{TableColumn{"Name"}, TableColumn{"Pod-Selector"}, TableColumn{"Age"}};
Json policy_cells(const Json& object, const TableMoment& moment) {
  return {name_of(object), selector_text(below(object, {"spec", "podSelector"})), age_of(object, moment)};
}

constexpr std::array ingress_columns{TableColumn{"Name"},    TableColumn{"Class"}, TableColumn{"Hosts"},
                                     TableColumn{"Address"}, TableColumn{"Ports"}, TableColumn{"Age"}};
Json ingress_cells(const Json& object, const TableMoment& moment) {
  std::vector<std::string> hosts, addresses;
  for (const Json& rule : below(object, {"spec", "rules"})) {
    if (const std::string host = text_of(below(rule, {"host"})); !host.empty()) hosts.push_back(host);
  }
  for (const Json& entry : below(object, {"status", "loadBalancer", "ingress"})) {
    const std::string ip = text_of(below(entry, {"ip"}));
    addresses.push_back(ip.empty() ? text_of(below(entry, {"hostname"})) : ip);
  }
  return {name_of(object),
          or_none(text_of(below(object, {"spec", "ingressClassName"}))),
          hosts.empty() ? "*" : first_three(hosts),
          join(addresses, ","),
          below(object, {"spec", "tls"}).empty() ? "80" : "80, 443",
          age_of(object, moment)};
}

constexpr std::array network_kinds{TableKind{"Service", service_columns, service_cells},
                                   TableKind{"Endpoints", endpoints_columns, endpoints_cells},
                                   TableKind{"EndpointSlice", slice_columns, slice_cells},
                                   TableKind{"NetworkPolicy", policy_columns, policy_cells},
                                   TableKind{"Ingress", ingress_columns, ingress_cells}};

}  // namespace

std::span<const TableKind> network_tables() {
  return network_kinds;
}

}  // namespace muster::kube
