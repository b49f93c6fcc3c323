// Score = f(journal, baselines). Nothing is judged by peeking into the model.
#pragma once

#include "journal/journal.hpp"
#include "scoring/baselines.hpp"
#include "scoring/scorecard.hpp"
#include "sim/result.hpp"

namespace muster {

/// Errors: invalid_input if the journal's rubric cannot be read or the baselines are missing.
Result<Scorecard> score_drill(const Journal& journal, const Baselines& baselines);

}  // namespace muster
