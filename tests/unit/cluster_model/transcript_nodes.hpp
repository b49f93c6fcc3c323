// The commands of a transcript that concern nodes:
//   > crash node-1, > partition node-1, > heal node-1, > taint node-1 KEY:EFFECT
//   > show nodes        each with its state, taints and pods
//   > show processes    the pods of which a process serves, whether or not the cluster knows
//   > show node-events REASON
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cluster_model/world.hpp"

namespace muster {

/// What the command prints; nothing if it is none of these.
std::optional<std::string> node_command(World& world, const std::vector<std::string>& words);

}  // namespace muster
