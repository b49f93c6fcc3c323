// Watches a run for broken invariants, on demand: counters behind every event, a full walk every virtual
// second. A watched run is the same run: nothing is scheduled, drawn or recorded.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "sim/engine.hpp"

namespace muster {

class World;

struct RunChecks {
  std::function<void()> after_event;   ///< cheap
  std::function<void()> every_second;  ///< behind everything that happens at a full second
};

/// Engine::run_until(end) with checks between.
StopReason run_checked(Engine& engine, SimTime end, const RunChecks& checks);

/// The checks of a world: resourceVersion never falls, World::check_counters, World::check_invariants. They
/// assert: the program ends with exit code 3 and says what was broken. `world` outlives the checks.
RunChecks world_checks(const World& world);

/// What is said behind a failing assertion: "seed 7, virtual time 12m3.25s, event 81234".
std::string run_position(const Engine& engine, std::uint64_t seed);

}  // namespace muster
