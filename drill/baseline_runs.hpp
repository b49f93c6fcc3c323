// The re-runs a score compares with.
#pragma once

#include <string>

#include "scenarios/scenario.hpp"
#include "scoring/baselines.hpp"

namespace muster {

/// Runs the no-fault twin and the drill in which nobody does anything, at the same seed. `head` binds them to
/// a journal. `nothing_done`: the impact of a drill that had no responder is that baseline already; null =
/// run it.
Baselines run_baselines(const Scenario& scenario, std::uint64_t seed, const std::string& head,
                        const ImpactCurve* nothing_done);

}  // namespace muster
