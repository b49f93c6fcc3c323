// The drill as a person would tell it: one line per thing that mattered, in order of time.
#pragma once

#include <vector>

#include "scoring/case_file.hpp"
#include "scoring/scorecard.hpp"

namespace muster {

std::vector<TimelineEntry> timeline_of(const CaseFile& file);

/// Every instruction that could not be carried out: "file:line: text".
std::vector<std::string> findings_of(const CaseFile& file);

}  // namespace muster
