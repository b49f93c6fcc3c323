// The frozen inputs of a drill and the header that names them.
#pragma once

#include <string>
#include <vector>

#include "journal/record.hpp"
#include "scenarios/scenario.hpp"
#include "sim/result.hpp"

namespace muster {

/// Everything the run reads: the scenario's files and the responders' ("responders/runbook.md").
Result<std::vector<ScenarioFile>> freeze_inputs(const Scenario& scenario,
                                                const std::vector<std::string>& responders);

/// Responder specs lose their folders on the way: a journal names no path of a machine. "none" is left out.
Header make_header(const Scenario& scenario, std::uint64_t seed, const std::vector<std::string>& responders,
                   const std::vector<ScenarioFile>& inputs);

}  // namespace muster
