// The true severity over time, by the rubric's own definitions: the highest level with a clause that holds.
#pragma once

#include <vector>

#include "journal/journal.hpp"
#include "scoring/baselines.hpp"
#include "scoring/rubric.hpp"
#include "scoring/scorecard.hpp"
#include "scoring/user_series.hpp"

namespace muster {

/// A feature with fewer requests than this in the window is not judged: one unlucky user is not a broken
/// feature.
inline constexpr std::int64_t feature_requests_min = 5;
/// A trend compares the last stretch of this length with the one before it.
inline constexpr SimDuration trend_window = 15min;

/// Evaluated at every full second over the window before it, and held until the next. The spans follow each
/// other without gaps from the start to the end of the drill; a span with an empty severity is one without
/// impact. `no_fault` may be null: then no p95 is "times normal".
std::vector<SeveritySpan> severity_truth(const Journal& journal, const UserSeries& series,
                                         const Rubric& rubric, const Baseline* no_fault);

/// Position of a level, 0 = most severe; the number of levels for any other word (no severity).
std::size_t level_index(const Rubric& rubric, std::string_view name);

/// The most severe level that held at any time, or null.
const SeverityLevel* worst_level(const std::vector<SeveritySpan>& truth, const Rubric& rubric);

/// The severity at an instant; empty = none.
const std::string& severity_at(const std::vector<SeveritySpan>& truth, SimTime at);

}  // namespace muster
