// The nodes of a system whose manifests name none.
#pragma once

#include <string>
#include <vector>

namespace muster {

/// "node-1", "node-2", "node-3"
std::vector<std::string> default_node_names();

}  // namespace muster
