// The keys of a scenario file that stand by themselves: name, times, seed.
#pragma once

#include "scenarios/scenario.hpp"
#include "telemetry/map_reader.hpp"

namespace muster {

inline constexpr int scenario_format_version = 1;

/// Reads everything but the system's content, faults and rubric. Errors go to the map's context.
Scenario read_scenario_head(MapReader& map);

}  // namespace muster
