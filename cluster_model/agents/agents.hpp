// All background agents of the world, and the worktrees they work in.
#pragma once

#include <memory>
#include <vector>

#include "cluster_model/agents/agent_type.hpp"

namespace muster {

class Agents {
 public:
  Agents(Engine& engine, FactSink& facts, ObjectStore& store, ContainerLogs& logs, NodeDisks& disks,
         Processes& processes, const std::vector<AgentProfile>& profiles, std::uint64_t seed);

  void start();  ///< jobs begin to arrive
  const std::vector<std::unique_ptr<AgentType>>& types() const { return types_; }
  Worktrees& worktrees() { return worktrees_; }
  /// The worktrees' place that this process sees; null if none.
  WorktreePlace* place_of(const Process& process);
  /// Does a job work in this worktree now?
  bool active(const WorktreePlace& place, const std::string& path) const;
  void check_invariants() const;

 private:
  Worktrees worktrees_;
  AgentContext context_;
  std::vector<std::unique_ptr<AgentType>> types_;
};

}  // namespace muster
