// Values in, text out. The same inputs give the same bytes; no clock, no path.
#pragma once

#include <string>

#include "journal/journal.hpp"
#include "scoring/baselines.hpp"
#include "scoring/scorecard.hpp"

namespace muster {

/// The scorecard for a terminal, at most 100 columns.
std::string report_text(const Scorecard& card);
/// scorecard.json: schemaVersion, scenario, seed, restored, fingerprint, timestamps, metrics, tasks, ...
std::string report_json(const Scorecard& card);
/// One test case per gate and task; a failure names virtual time and journal records.
std::string report_junit(const Scorecard& card);
/// One self-contained page: scorecard, timeline, plots (outcomes, latency, pods) as SVG; no script is needed.
std::string report_html(const Scorecard& card, const Journal& journal, const Baselines& baselines);

}  // namespace muster
