// The numbers of a scorecard: each with unit, meaning and the records it comes from. Formulas:
// docs/scoring.md.
#pragma once

#include <vector>

#include "scoring/case_file.hpp"
#include "scoring/scorecard.hpp"

namespace muster {

/// Every metric, always the same names in the same order; without a value where it is not defined.
std::vector<Metric> metrics_of(const CaseFile& file);

/// The part of them that tells of data, intruders, evidence and background agents.
void add_harm(const CaseFile& file, std::vector<Metric>& metrics);

/// Minutes in which, for at least an evaluation window on end, users asked and nobody got an ok reply.
double outage_minutes(const CaseFile& file);
/// Minutes in which an intruder could act.
double attacker_minutes(const CaseFile& file);
/// From when on the intruder could no longer act; absent if there was none, or it still can.
std::optional<SimTime> contained_at(const CaseFile& file);
/// Minutes in which a type of background agent failed, summed over the types; and the types that fail at the
/// end.
double agent_minutes(const CaseFile& file);
std::vector<std::string> agents_failing_at_end(const CaseFile& file);
/// Committed writes missing, by the last that is known.
std::uint64_t lost_writes(const CaseFile& file);

}  // namespace muster
