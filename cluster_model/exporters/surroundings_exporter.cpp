// Background agents and their worktrees, and the runtime sensor under the names of falco-exporter.
#include <array>

#include "cluster_model/exporters/exporters.hpp"
#include "cluster_model/surroundings.hpp"
#include "cluster_model/world.hpp"

namespace muster {
namespace {

void expose_agents(const AgentType& type, SampleSink& sink) {
  const std::string& name = type.profile().type;
  const AgentCounters& counted = type.counters();
  const std::array<std::pair<const char*, std::uint64_t>, 3> outcomes{
      {{"done", counted.done}, {"failed", counted.failed}, {"lost", counted.attempts_lost}}};
  for (const auto& [outcome, count] : outcomes)
    sink.sample("agent_tasks_total", {{"agent_type", name}, {"outcome", outcome}},
                static_cast<double>(count));
  sink.sample("agent_queue_depth", {{"agent_type", name}}, static_cast<double>(type.waiting()));
  sink.sample("agent_tasks_running", {{"agent_type", name}}, static_cast<double>(type.running()));
}

/// Directories that are there, and those in which a process works now.
void expose_worktrees(const Worktrees& worktrees, SampleSink& sink) {
  for (const auto& [name, place] : worktrees.places()) {
    double directories = 0, active = 0;
    for (const auto& [path, tree] : place.trees) {
      directories += tree.directory ? 1 : 0;
      active += tree.users > 0 ? 1 : 0;
    }
    sink.sample("worktrees", {{"place", name}}, directories);
    sink.sample("worktrees_active", {{"place", name}}, active);
  }
}

}  // namespace

void add_surroundings_targets(World& world, std::vector<ScrapeTarget>& targets) {
  if (!world.profile().agents.empty()) {
    targets.push_back({"agents", "agent-queue:9090", {}, [&world](SampleSink& sink) {
                         for (const auto& type : world.agents().types()) expose_agents(*type, sink);
                         expose_worktrees(world.agents().worktrees(), sink);
                         return true;
                       }});
  }
  if (world.profile().intruder.vulnerable.empty()) return;
  targets.push_back({"falco", "falco-exporter:9376", {}, [&world](SampleSink& sink) {
                       for (const auto& [rule, count] : world.surroundings().audit.counts()) {
                         sink.sample("falco_events", {{"priority", rule.second}, {"rule", rule.first}},
                                     static_cast<double>(count));
                       }
                       return true;
                     }});
}

}  // namespace muster
