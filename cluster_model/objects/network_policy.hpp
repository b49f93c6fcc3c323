// NetworkPolicies: which connections the pods they select may make and take (k8s.io/api networking/v1).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cluster_model/objects/label_selector.hpp"

namespace muster {

struct PolicyPort {
  std::string protocol = "TCP";
  std::string port;  ///< number or name of a container port; empty = every port of the protocol
  int end_port = 0;  ///< last port of a range; 0 = no range
  friend bool operator==(const PolicyPort&, const PolicyPort&) = default;
};

/// Either an address range, or pods: of the policy's namespace, or of the selected namespaces.
struct PolicyPeer {
  std::optional<LabelSelector> pods, namespaces;
  std::string cidr;  ///< ipBlock; empty = none
  std::vector<std::string> except;
  friend bool operator==(const PolicyPeer&, const PolicyPeer&) = default;
};

/// One rule: a connection passes if a peer and a port match. No peers = everybody; no ports = every port.
struct PolicyRule {
  std::vector<PolicyPeer> peers;
  std::vector<PolicyPort> ports;
  friend bool operator==(const PolicyRule&, const PolicyRule&) = default;
};

struct NetworkPolicy {
  LabelSelector pods;              ///< empty = every pod of the namespace
  std::vector<std::string> types;  ///< "Ingress", "Egress"
  std::vector<PolicyRule> ingress, egress;
  Unmodelled spec_rest;
};

}  // namespace muster
