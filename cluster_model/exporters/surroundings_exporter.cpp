// Volumes, background agents and the runtime sensor, under the names of the kubelet and
// falco-exporter.
#include "cluster_model/exporters/exporters.hpp"
#include "cluster_model/storage/node_disks.hpp"
#include "cluster_model/surroundings.hpp"
#include "cluster_model/world.hpp"

namespace muster {
namespace {

void expose_volume(const std::string& claim, const Disk& disk, SampleSink& sink) {
  const std::size_t slash = claim.find('/');
  const Labels labels{{"namespace", claim.substr(0, slash)},
                      {"persistentvolumeclaim", claim.substr(slash + 1)}};
  const DiskUse free = disk.free();
  sink.sample("kubelet_volume_stats_capacity_bytes", labels, static_cast<double>(disk.capacity().bytes));
  sink.sample("kubelet_volume_stats_available_bytes", labels, static_cast<double>(free.bytes));
  sink.sample("kubelet_volume_stats_used_bytes", labels, static_cast<double>(disk.used().bytes));
  sink.sample("kubelet_volume_stats_inodes_free", labels, static_cast<double>(free.inodes));
}

void expose_agents(const AgentType& type, SampleSink& sink) {
  const std::string& name = type.profile().type;
  const AgentCounters& counted = type.counters();
  sink.sample("agent_jobs_total", {{"result", "done"}, {"type", name}}, static_cast<double>(counted.done));
  sink.sample("agent_jobs_total", {{"result", "failed"}, {"type", name}},
              static_cast<double>(counted.failed));
  sink.sample("agent_attempts_lost_total", {{"type", name}}, static_cast<double>(counted.attempts_lost));
  sink.sample("agent_jobs_waiting", {{"type", name}}, static_cast<double>(type.waiting()));
  sink.sample("agent_jobs_running", {{"type", name}}, static_cast<double>(type.running()));
}

void add_volume_target(World& world, std::vector<ScrapeTarget>& targets) {
  if (world.disks().volumes().empty()) return;
  targets.push_back({"kubelet", "kubelet:10250", {}, [&world](SampleSink& sink) {
                       for (const auto& [claim, disk] : world.disks().volumes())
                         expose_volume(claim, *disk, sink);
                       return true;
                     }});
}

}  // namespace

void add_surroundings_targets(World& world, std::vector<ScrapeTarget>& targets) {
  add_volume_target(world, targets);
  if (!world.profile().agents.empty()) {
    targets.push_back({"agents", "agent-queue:9090", {}, [&world](SampleSink& sink) {
                         for (const auto& type : world.agents().types()) expose_agents(*type, sink);
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
