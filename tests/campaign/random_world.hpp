// One world of the campaign: drawn from its seed, disturbed, put right, and watched until it has converged.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace muster::campaign {

struct Played {
  std::string fingerprint;
  std::string journal;                      ///< the text
  std::uint64_t requests = 0, refused = 0;  ///< of responders
  SimTime ended{};  ///< when it had converged, from the tenth minute on; or the patience was over
  std::vector<std::string> complaints;  ///< what had not converged even then
};

/// Writes the files of the world with this seed into `folder` (made if need be) and loads them as a user's
/// would be.
Result<Scenario> write_world(std::uint64_t seed, const std::string& folder);

/// Plays it with all invariants held. A breach ends the program.
Played play_world(const Scenario& scenario, std::uint64_t seed);

}  // namespace muster::campaign
