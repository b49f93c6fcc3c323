#include "drill/invariants.hpp"

#include "cluster_model/world.hpp"

namespace muster {

StopReason run_checked(Engine& engine, SimTime end, const RunChecks& checks) {
  MUSTER_ASSERT(end != sim_never, "a checked run has an end");
  StopReason reason = StopReason::reached_time;
  while (engine.now() < end) {
    const auto whole = std::chrono::floor<std::chrono::seconds>(engine.now().time_since_epoch());
    const SimTime next = std::min(end, SimTime(whole + 1s));
    reason = engine.run_until(next, checks.after_event);
    checks.every_second();
    if (reason == StopReason::event_limit || reason == StopReason::stopped) break;
  }
  return reason;
}

RunChecks world_checks(const World& world) {
  const auto counters = [&world, last = std::uint64_t{0}]() mutable {
    const std::uint64_t version = world.objects().resource_version();
    MUSTER_ASSERT(version >= last, "resourceVersion fell");
    last = version;
    world.check_counters();
  };
  return {counters, [&world] { world.check_invariants(); }};
}

std::string run_position(const Engine& engine, std::uint64_t seed) {
  return fmt::format("seed {}, virtual time {}, event {}", seed,
                     format_duration(engine.now().time_since_epoch()), engine.events_executed());
}

}  // namespace muster
