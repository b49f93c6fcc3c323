// The parts of the page; each returns finished markup with all text escaped.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "journal/journal.hpp"
#include "scoring/baselines.hpp"
#include "scoring/scorecard.hpp"

namespace muster::reports {

/// The page's style sheet: light and dark, screen and paper, 360 px and up.
std::string_view style_sheet();
/// Hidden SVG with the patterns that plots and legends fill with, so that colour is never alone.
std::string_view pattern_definitions();

/// Verdict, score, restored or not; gates.
std::string verdict_section(const Scorecard& card);
/// Milestones with offsets and the durations between them.
std::string milestones_section(const Scorecard& card);
/// The four plots with legends.
std::string plots_section(const Scorecard& card, const Journal& journal, const Baselines& baselines);
std::string severity_section(const Scorecard& card);
std::string metrics_section(const Scorecard& card);
std::string findings_section(const Scorecard& card);

/// One row of the timeline: what the scorecard lists, and what deductions cite besides.
struct TimelineRow {
  TimelineEntry entry;
  bool is_anchor = false;  ///< the first row of its record carries the id that links lead to
};
std::vector<TimelineRow> timeline_rows(const Scorecard& card, const Journal& journal);
std::string timeline_section(const Scorecard& card, const std::vector<TimelineRow>& rows);
/// Tasks with their deductions; a cited record links to its row, if there is one.
std::string tasks_section(const Scorecard& card, const std::vector<TimelineRow>& rows);
/// Links "#r17" for each record that has a row, plain numbers for the others.
std::string record_links(const std::vector<std::uint64_t>& records, const std::vector<TimelineRow>& rows);

/// What a record says, in one line, for rows that the scorecard does not describe.
std::string describe(const Record& record);

/// "<td class="c">text</td>", the text escaped; no class attribute if it is empty.
std::string element(std::string_view tag, std::string_view css_class, std::string_view text);

}  // namespace muster::reports
