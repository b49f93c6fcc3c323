// The drill as a person would tell it: one line per thing that mattered, in order of time.
#pragma once

#include <vector>

#include "scoring/case_file.hpp"
#include "scoring/scorecard.hpp"

namespace muster {

std::vector<TimelineEntry> timeline_of(const CaseFile& file);

/// Every instruction that met with `change` (cannot_run, needs_judgement): "file:line: text".
std::vector<std::string> instructions_with(const CaseFile& file, ResponderChange change);

}  // namespace muster
