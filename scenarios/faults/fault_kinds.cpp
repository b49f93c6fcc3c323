#include "scenarios/faults/fault_kinds.hpp"

#include <fmt/format.h>

#include "scenarios/faults/kinds.hpp"

namespace muster {

const std::vector<FaultKind>& fault_kinds() {
  // One line each, so that additions do not collide.
  // clang-format off
  static const std::vector<FaultKind> kinds{
      configmap_set_kind(),
      database_crash_kind(),
      database_disk_full_kind(),
      database_failover_broken_kind(),
      database_host_loss_kind(),
      database_lock_kind(),
      database_max_connections_kind(),
      database_replication_lag_kind(),
      database_slow_queries_kind(),
      deployment_restart_kind(),
      deployment_set_image_kind(),
      deployment_set_strategy_kind(),
      disk_fill_kind(),
      intruder_start_kind(),
      network_dns_failure_kind(),
      network_latency_kind(),
      network_loss_kind(),
      network_partition_kind(),
      node_crash_kind(),
      node_partition_kind(),
      pod_delete_kind(),
      provider_down_kind(),
      provider_errors_kind(),
      provider_rate_limit_kind(),
      provider_slow_kind(),
      registry_down_kind(),
      secret_delete_kind(),
      secret_set_kind(),
      traffic_spike_kind(),
  };
  // clang-format on
  return kinds;
}

const FaultKind* find_fault_kind(const std::string& name) {
  for (const FaultKind& kind : fault_kinds()) {
    if (name == kind.name) return &kind;
  }
  return nullptr;
}

namespace {

// Without a kind nobody knows which other keys are right, so nothing more is said about them.
const FaultKind* read_kind(MapReader& map) {
  const std::string name = map.text("kind", "");
  const FaultKind* kind = find_fault_kind(name);
  if (kind) return kind;
  std::vector<std::string> names;
  for (const FaultKind& known : fault_kinds()) names.push_back(known.name);
  map.fail("kind", name.empty()
                       ? fmt::format("a fault needs the key \"kind\"{}", expected_one_of(name, names))
                       : fmt::format("no fault kind \"{}\"{}", name, expected_one_of(name, names)));
  return nullptr;
}

SimTime read_end(MapReader& map, const FaultKind& kind, SimTime at) {
  if (!map.node("for")) return sim_never;
  const SimDuration length = map.duration("for");
  if (!kind.ends)
    map.fail("for", fmt::format("{} cannot be taken back, so it has no \"for\"", kind.name));
  else if (length <= SimDuration::zero() || length > horizon_max)
    map.fail("for",
             fmt::format("\"for\": expected more than 0s and at most {}", format_duration(horizon_max)));
  return length > horizon_max ? sim_never : at + length;
}

}  // namespace

ScheduledFault read_fault(const YamlNode& node, int number, const SystemSpec& system, ReadContext& context) {
  MapReader map(node, "a fault", context);
  ScheduledFault fault;
  fault.id = fmt::format("fault-{}", number);
  const SimDuration at = map.duration("at");
  if (at < SimDuration::zero() || at > horizon_max)
    map.fail("at", fmt::format("\"at\": expected 0s to {}", format_duration(horizon_max)));
  else
    fault.at = sim_start + at;
  const FaultKind* kind = read_kind(map);
  if (!kind) return fault;
  fault.kind = kind->name;
  FaultAction action = kind->build ? kind->build(map, system.objects, fault.id)
                                   : kind->build_for(map, system, fault.id);
  fault.end_at = read_end(map, *kind, fault.at);
  map.finish();
  fault.target = std::move(action.target);
  fault.detail = std::move(action.detail);
  fault.begin = std::move(action.begin);
  if (fault.end_at != sim_never) fault.end = std::move(action.end);
  return fault;
}

}  // namespace muster
