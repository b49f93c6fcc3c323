// What the manifests cannot say of the network.
#pragma once

#include <map>
#include <string>

#include "sim/time.hpp"

namespace muster {

struct NetworkProfile {
  /// False: the CNI ignores NetworkPolicy objects, as some do; they are stored and have no effect.
  bool enforces_policies = true;
  /// How long until a written policy is in force on the nodes, uniform (our assumption; Calico's Felix
  /// programs within seconds).
  SimDuration policy_least{1s}, policy_most{5s};
  /// Addresses of hosts outside the cluster, for ipBlock rules: "db.internal" -> "10.20.0.5". A host that is
  /// not named here has a public address of its own, in 198.18.0.0/15.
  std::map<std::string, std::string> hosts;
};

}  // namespace muster
