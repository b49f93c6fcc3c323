// What must hold whatever the points are.
#pragma once

#include <vector>

#include "scoring/case_file.hpp"
#include "scoring/scorecard.hpp"

namespace muster {

/// One result per gate of the rubric, in its order; one more, "responderWorked", if a responder broke down.
std::vector<GateResult> gates_of(const CaseFile& file);

}  // namespace muster
