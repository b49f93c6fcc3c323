// How faults name ends of connections.
#pragma once

#include <string>

#include "cluster_model/network/network_peer.hpp"
#include "telemetry/map_reader.hpp"

namespace muster {

/// Reads a map of any of `pods` (NAMESPACE/NAME, `*` and `?` allowed), `labels`, `node`, `host` under `key`.
/// Absent: every end, or an error if `needed`.
PeerSelector read_peers(MapReader& map, const std::string& key, bool needed);
/// "pods shop/api-* of node node-2", "everybody".
std::string describe(const PeerSelector& peers);

}  // namespace muster
