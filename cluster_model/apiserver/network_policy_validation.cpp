#include "cluster_model/apiserver/network_policy_validation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "cluster_model/network/address.hpp"

namespace muster {

namespace {

/// The number, or nullopt for a name.
std::optional<int> number_of(const std::string& port) {
  int number = 0;
  const auto [end, problem] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (problem != std::errc{} || end != port.data() + port.size()) return std::nullopt;
  return number;
}

Result<void> check_port(const PolicyPort& port, const std::string& where) {
  const std::string& protocol = port.protocol;
  if (protocol != "TCP" && protocol != "UDP" && protocol != "SCTP") {
    return invalid_input(
        fmt::format("Unsupported value: \"{}\": supported values: \"SCTP\", \"TCP\", \"UDP\"", protocol),
        where + "/protocol");
  }
  const auto number = number_of(port.port);
  if (number && (*number < 1 || *number > 65535)) {
    return invalid_input(fmt::format("Invalid value: {}: must be between 1 and 65535, inclusive", *number),
                         where + "/port");
  }
  if (port.end_port == 0) return {};
  if (!number)
    return invalid_input("Invalid value: may not be specified when `port` is not numeric",
                         where + "/endPort");
  if (port.end_port >= *number && port.end_port <= 65535) return {};
  return invalid_input(
      fmt::format("Invalid value: {}: must be greater than or equal to `port`", port.end_port),
      where + "/endPort");
}

Result<void> check_block(const PolicyPeer& peer, const std::string& where) {
  const auto range = parse_range(peer.cidr);
  if (!range) {
    return invalid_input(
        fmt::format("Invalid value: \"{}\": must be a valid CIDR value, (e.g. 10.9.8.0/24)", peer.cidr),
        where + "/cidr");
  }
  for (std::size_t i = 0; i < peer.except.size(); ++i) {
    const auto hole = parse_range(peer.except[i]);
    if (hole && range->contains(*hole) && hole->bits > range->bits) continue;
    return invalid_input(
        fmt::format("Invalid value: \"{}\": must be a strict subset of `cidr`", peer.except[i]),
        fmt::format("{}/except/{}", where, i));
  }
  return {};
}

Result<void> check_peer(const PolicyPeer& peer, const std::string& where) {
  if (peer.cidr.empty() && !peer.pods && !peer.namespaces)
    return invalid_input("Required value: must specify a peer", where);
  if (!peer.cidr.empty() && (peer.pods || peer.namespaces)) {
    return invalid_input("Forbidden: may not specify both ipBlock and another peer", where);
  }
  if (!peer.cidr.empty()) return check_block(peer, where + "/ipBlock");
  if (peer.pods) {
    if (auto ok = validate(*peer.pods, where + "/podSelector"); !ok) return ok;
  }
  return peer.namespaces ? validate(*peer.namespaces, where + "/namespaceSelector") : Result<void>();
}

Result<void> check_rules(const std::vector<PolicyRule>& rules, const char* peers, const std::string& where) {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const std::string at = fmt::format("{}/{}", where, i);
    for (std::size_t k = 0; k < rules[i].ports.size(); ++k) {
      if (auto ok = check_port(rules[i].ports[k], fmt::format("{}/ports/{}", at, k)); !ok) return ok;
    }
    for (std::size_t k = 0; k < rules[i].peers.size(); ++k) {
      if (auto ok = check_peer(rules[i].peers[k], fmt::format("{}/{}/{}", at, peers, k)); !ok) return ok;
    }
  }
  return {};
}

}  // namespace

Result<void> validate(const LabelSelector& selector, const std::string& where) {
  for (std::size_t i = 0; i < selector.expressions.size(); ++i) {
    const SelectorRequirement& requirement = selector.expressions[i];
    const std::string at = fmt::format("{}/matchExpressions/{}", where, i);
    const bool wants_values = requirement.op == "In" || requirement.op == "NotIn";
    const bool known = wants_values || requirement.op == "Exists" || requirement.op == "DoesNotExist";
    if (!known) {
      return invalid_input(
          fmt::format("Invalid value: \"{}\": not a valid selector operator", requirement.op),
          at + "/operator");
    }
    if (wants_values && requirement.values.empty()) {
      return invalid_input("Required value: must be specified when `operator` is 'In' or 'NotIn'",
                           at + "/values");
    }
    if (!wants_values && !requirement.values.empty()) {
      return invalid_input("Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
                           at + "/values");
    }
  }
  return {};
}

Result<void> validate(const NetworkPolicy& policy) {
  if (auto ok = validate(policy.pods, "/spec/podSelector"); !ok) return ok;
  for (std::size_t i = 0; i < policy.types.size(); ++i) {
    if (policy.types[i] == "Ingress" || policy.types[i] == "Egress") continue;
    return invalid_input(
        fmt::format("Unsupported value: \"{}\": supported values: \"Egress\", \"Ingress\"", policy.types[i]),
        fmt::format("/spec/policyTypes/{}", i));
  }
  if (auto ok = check_rules(policy.ingress, "from", "/spec/ingress"); !ok) return ok;
  return check_rules(policy.egress, "to", "/spec/egress");
}

}  // namespace muster
