#include "cluster_model/network/policy_rules.hpp"

#include <algorithm>
#include <charconv>

#include "cluster_model/network/address.hpp"

namespace muster {

namespace {

enum class Direction { ingress, egress };

bool governs(const NetworkPolicy& policy, Direction direction) {
  const char* name = direction == Direction::ingress ? "Ingress" : "Egress";
  return std::find(policy.types.begin(), policy.types.end(), name) != policy.types.end();
}

bool in_block(const PolicyPeer& rule, const FilterPeer& peer) {
  const auto range = parse_range(rule.cidr);
  if (!range || !peer.address || !range->contains(*peer.address)) return false;
  return std::none_of(rule.except.begin(), rule.except.end(), [&](const std::string& text) {
    const auto hole = parse_range(text);
    return hole && hole->contains(*peer.address);
  });
}

bool names(const PolicyPeer& rule, const FilterPeer& peer, const std::string& home) {
  if (!rule.cidr.empty()) return in_block(rule, peer);
  if (!peer.is_pod()) return false;
  const bool near =
      rule.namespaces ? matches(*rule.namespaces, peer.namespace_labels) : peer.namespace_ == home;
  return near && (!rule.pods || matches(*rule.pods, peer.labels));
}

bool covers(const PolicyPort& rule, const FilterPeer& target, const FilterPort& port) {
  if (port.number == 0) return true;
  if (rule.protocol != port.protocol) return false;
  if (rule.port.empty()) return true;
  int first = 0;
  const auto [end, problem] = std::from_chars(rule.port.data(), rule.port.data() + rule.port.size(), first);
  if (problem != std::errc{} || end != rule.port.data() + rule.port.size()) {
    const auto named = target.ports.find(rule.port);
    return named != target.ports.end() && named->second == port.number;
  }
  return port.number >= first && port.number <= std::max(first, rule.end_port);
}

bool allows(const PolicyRule& rule, const FilterPeer& other, const FilterPeer& target, const FilterPort& port,
            const std::string& home) {
  const bool peer =
      rule.peers.empty() || std::any_of(rule.peers.begin(), rule.peers.end(),
                                        [&](const PolicyPeer& p) { return names(p, other, home); });
  const bool way =
      rule.ports.empty() || std::any_of(rule.ports.begin(), rule.ports.end(),
                                        [&](const PolicyPort& p) { return covers(p, target, port); });
  return peer && way;
}

/// May `own` make (egress) or take (ingress) the connection with `other`?
bool passes(const std::vector<ObjectPtr>& policies, Direction direction, const FilterPeer& own,
            const FilterPeer& other, const FilterPort& port) {
  if (!own.is_pod()) return true;
  const FilterPeer& target = direction == Direction::ingress ? own : other;
  bool selected = false;
  for (const ObjectPtr& object : policies) {
    const auto& policy = object->as<NetworkPolicy>();
    if (object->meta.namespace_ != own.namespace_ || !governs(policy, direction)) continue;
    if (!matches(policy.pods, own.labels)) continue;
    selected = true;
    const auto& rules = direction == Direction::ingress ? policy.ingress : policy.egress;
    for (const PolicyRule& rule : rules) {
      if (allows(rule, other, target, port, own.namespace_)) return true;
    }
  }
  return !selected;
}

}  // namespace

bool policies_allow(const std::vector<ObjectPtr>& policies, const FilterPeer& from, const FilterPeer& to,
                    const FilterPort& port) {
  const bool itself = from.is_pod() && from.namespace_ == to.namespace_ && from.name == to.name;
  const bool own_node = !from.is_pod() && !from.node.empty() && from.node == to.node;
  if (itself || own_node) return true;
  return passes(policies, Direction::egress, from, to, port) &&
         passes(policies, Direction::ingress, to, from, port);
}

FilterPeer name_server() {
  FilterPeer server;
  server.namespace_ = "kube-system";
  server.name = "coredns";
  server.labels = {{"k8s-app", "kube-dns"}};
  server.namespace_labels = {{"kubernetes.io/metadata.name", "kube-system"}};
  server.ports = {{"dns", 53}};
  return server;
}

}  // namespace muster
