// What is wrong with a playbook beyond its form: commands the console does not take, queries that are no
// PromQL, variables nobody sets.
#pragma once

#include <string>
#include <string_view>

#include "sim/finding.hpp"

namespace muster {

/// In the order of the file. A playbook that cannot be read has one finding, "not-accepted".
Findings lint_playbook(std::string_view text, const std::string& file);

}  // namespace muster
