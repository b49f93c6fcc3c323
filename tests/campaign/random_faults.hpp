// Faults drawn from a seed: every registered kind has a chance. What a parameter may be is read from its type
// in the kind's own table, so that a new kind takes part by being registered.
#pragma once

#include <cstdint>
#include <string>

#include "tests/campaign/random_system.hpp"

namespace muster::campaign {

/// Faults strike from here on and are over by then, as far as their kind can end.
inline constexpr int faults_begin_s = 30, faults_end_s = 300;

/// The `faults:` section of a scenario, YAML. Error texts instead of guesses: a required parameter whose type
/// nobody has taught this file ends the program.
std::string draw_faults(std::uint64_t seed, const DrawnSystem& system);

}  // namespace muster::campaign
