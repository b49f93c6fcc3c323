// The commands of a transcript that concern nodes:
//   > crash node-1, > partition node-1, > heal node-1, > taint node-1 KEY:EFFECT, > remove-node node-1
//   > show nodes        each with its state, taints and pods
//   > show processes    the pods of which a process serves, whether or not the cluster knows
//   > show node-events REASON
//   > memory pod-1 400Mi          a further process in the pod's container uses so much
//   > fill node-1 20Gi            somebody writes so much to the node's disk, into pod-1's emptyDir if named
//   > budget min=2, > evict pod-1 a PodDisruptionBudget; the eviction API
//   > registry down, > registry up
//   > show files pod-1, > show node-images, > show budget, > show reasons
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cluster_model/world.hpp"

namespace muster {

/// What the command prints; nothing if it is none of these.
std::optional<std::string> node_command(World& world, const std::vector<std::string>& words);

/// The oldest first.
std::vector<ObjectPtr> by_birth(std::vector<ObjectPtr> objects);

}  // namespace muster
