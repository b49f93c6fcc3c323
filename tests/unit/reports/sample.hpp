// A small drill, made by hand, that has something of everything a report shows.
#pragma once

#include "journal/journal.hpp"
#include "scoring/baselines.hpp"
#include "scoring/scorecard.hpp"

namespace muster {

struct Sample {
  Scorecard card;
  Journal journal;
  Baselines baselines;
};

/// Forty minutes: a bad image at 10:00, all pods gone by 10:30, rolled back at 20:00.
Sample sample_drill();
/// A drill in which nothing was recorded.
Sample empty_drill();
/// Every text of the sample replaced by `text`.
Sample sample_with(const std::string& text);

}  // namespace muster
