// The drill's milestones, from the journal alone. Definitions: docs/scoring.md.
#pragma once

#include "scoring/evidence.hpp"
#include "scoring/rubric.hpp"
#include "scoring/scorecard.hpp"
#include "scoring/service_level.hpp"

namespace muster {

Timestamps milestones(const Evidence& evidence, const ServiceLevel& level, const Rubric& rubric);

/// Closed less than the restored window after service was back, or service broke again afterwards. False if
/// the drill was never closed or users never felt anything.
bool closed_too_early(const Timestamps& times, const ServiceLevel& level, const Rubric& rubric);

/// A hypothesis that names the cause.
bool is_correct_hypothesis(const DeskFact& fact, const Rubric& rubric);

}  // namespace muster
