// Leases: how a node says that it lives.
#pragma once

#include <string>

#include "cluster_model/objects/meta.hpp"

namespace muster {

/// The Lease of a node, in kube-node-lease. Its renewTime is not stored: NodeHealth::last_heartbeat() knows
/// it, so that a thousand nodes that renew every 10 s cost nothing.
struct Lease {
  std::string holder;
  SimDuration duration{40s};
  Unmodelled spec_rest;
};

inline constexpr const char* lease_namespace = "kube-node-lease";

}  // namespace muster
