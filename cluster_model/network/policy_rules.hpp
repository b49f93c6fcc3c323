// What NetworkPolicies say of one connection, by Kubernetes' rules (kubernetes.io "Network Policies"): a pod
// that no policy of a direction selects is open in it; else a connection passes if one rule of one of them
// allows it. Policies only add. A pod reaches itself always; traffic of the node that a pod runs on reaches
// the pod always (so that kubelet probes pass).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cluster_model/network/network_peer.hpp"
#include "cluster_model/objects.hpp"

namespace muster {

/// One end as the nodes' packet filters see it.
struct FilterPeer {
  std::string namespace_;              ///< of a pod; empty: no pod
  std::string name;                    ///< of a pod
  std::string node;                    ///< of a pod, or the node itself
  StringMap labels, namespace_labels;  ///< of a pod
  std::map<std::string, int> ports;    ///< of a pod: [name of a container port] number
  std::optional<std::uint32_t> address;
  bool is_pod() const { return !namespace_.empty(); }
};

/// The port that a connection goes to; 0 = not told: every port rule passes.
struct FilterPort {
  int number = 0;
  std::string protocol = "TCP";
};

/// `policies` are those of every namespace that are in force.
bool policies_allow(const std::vector<ObjectPtr>& policies, const FilterPeer& from, const FilterPeer& to,
                    const FilterPort& port);

/// The cluster's name server: pods of kube-system labelled k8s-app=kube-dns (kubernetes/kubernetes
/// cluster/addons/dns/coredns), UDP port 53.
FilterPeer name_server();

}  // namespace muster
