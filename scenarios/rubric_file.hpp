// The rubric of a scenario: the system's own (rubric.yaml beside its runbook, which defines the severities)
// with single keys replaced or added by the scenario.
#pragma once

#include <string>

#include "sim/result.hpp"
#include "telemetry/map_reader.hpp"

namespace muster {

/// Where the keys of a rubric are written. A null node: there is no such part.
struct RubricPart {
  const YamlNode& node;
  std::string file;
};

/// One line of JSON that scoring/rubric.hpp reads. Errors: invalid_input at file:line:column of whichever
/// part the wrong value stands in.
Result<std::string> merge_rubric(const RubricPart& system, const RubricPart& scenario);

}  // namespace muster
