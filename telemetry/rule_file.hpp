// Reads ordinary Prometheus rule files, unchanged and strictly: what Prometheus 2.42 would refuse is refused.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "telemetry/alerts.hpp"

namespace muster {

/// Error: invalid_input at file:line:column, with what was expected and the nearest valid word.
Result<std::vector<RuleGroup>> load_rules(std::string_view yaml, const std::string& file);

}  // namespace muster
