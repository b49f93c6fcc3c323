// What `muster lint` found, in the forms that people and build servers read.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "sim/finding.hpp"

namespace muster {

/// "FILE:LINE:COLUMN: error: MESSAGE [RULE]" for each, and a line that counts them.
std::string findings_text(const Findings& findings);
/// A list of {level, rule, where, message}.
std::string findings_json(const Findings& findings);
/// SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0), one run. `about(rule)` describes a rule, or is empty.
std::string findings_sarif(const Findings& findings, std::string_view version,
                           std::string_view (*about)(std::string_view rule));

}  // namespace muster
