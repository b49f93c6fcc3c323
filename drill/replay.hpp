// A replay: frozen scenario + seed + stamped requests, and no responder. It must end in the same journal.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "sim/result.hpp"

namespace muster {

struct ReplayResult {
  std::string fingerprint;           ///< of the replay
  std::string recorded_fingerprint;  ///< of the journal
  std::uint64_t records = 0;
  bool equal = false;                  ///< byte-equal journals
  std::uint64_t first_difference = 0;  ///< record number, if not equal
};

class Simulation;

/// Runs a drill again and shows the simulation as it stands at the end. Errors as replay_drill.
Result<void> revisit_drill(const std::string& directory, const std::function<void(Simulation&)>& at_end);

/// Errors: the journal or a frozen input is damaged or missing, or another model version made it.
Result<ReplayResult> replay_drill(const std::string& directory);

}  // namespace muster
