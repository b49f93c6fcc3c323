// The commands of a transcript that concern background agents, their worktrees, and programs in containers
// (`world agents=claim|emptydir` sets up agents of the type "reviewer" on the pods of "web"):
//   > exec pod-1 git worktree list    what it prints; "exit N" if not 0; "(goes on for ...)"
//   > show agents                     jobs running, waiting, done, failed; whether the type works
//   > show worktrees                  of pod-1's place, jobs counted by state
//   > fill-volume 100%                somebody fills the claim's volume so far
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cluster_model/world.hpp"

namespace muster {

/// What the command prints; nothing if it is none of these.
std::optional<std::string> agent_command(World& world, const std::vector<std::string>& words);

}  // namespace muster
