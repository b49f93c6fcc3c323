#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "reports/html/sections.hpp"
#include "reports/markup.hpp"
#include "reports/words.hpp"

namespace muster::reports {
namespace {

std::set<std::uint64_t> cited_records(const Scorecard& card) {
  std::set<std::uint64_t> cited;
  for (const TaskScore& task : card.tasks)
    for (const Deduction& deduction : task.deductions)
      cited.insert(deduction.records.begin(), deduction.records.end());
  return cited;
}

/// The colour of a row's tag; words that are not known keep the plain one.
std::string_view tag_class(std::string_view what) {
  if (what == "fault" || what == "page" || what == "alert" || what == "intruder" || what == "data")
    return "tag is-bad";
  if (what == "milestone") return "tag is-milestone";
  if (what == "request" || what == "responder" || what == "desk") return "tag is-people";
  return "tag";
}

std::string row_markup(const TimelineRow& row, const Result<Epoch>& epoch) {
  const TimelineEntry& entry = row.entry;
  std::string out = row.is_anchor ? fmt::format("<tr id=\"r{}\">", entry.record) : "<tr>";
  out += element("td", "num", format_clock(entry.at));
  out += element("td", "num utc", epoch ? format_rfc3339(epoch.value(), entry.at).substr(11, 8) : "-");
  out += "<td>" + element("span", tag_class(entry.what), entry.what) + "</td>";
  out += element("td", "said", entry.text);
  return out + fmt::format("<td class=\"num rec\">{}</td></tr>\n", entry.record);
}

}  // namespace

std::vector<TimelineRow> timeline_rows(const Scorecard& card, const Journal& journal) {
  std::vector<TimelineRow> rows;
  for (const TimelineEntry& entry : card.timeline) rows.push_back({entry, false});
  for (const std::uint64_t number : cited_records(card)) {
    const bool is_listed = std::any_of(
        rows.begin(), rows.end(), [number](const TimelineRow& row) { return row.entry.record == number; });
    if (is_listed || number >= journal.records.size()) continue;
    const Record& record = journal.records[number];
    rows.push_back({TimelineEntry{record.at, "evidence", describe(record), number}, false});
  }
  std::stable_sort(rows.begin(), rows.end(), [](const TimelineRow& a, const TimelineRow& b) {
    return std::pair(a.entry.at, a.entry.record) < std::pair(b.entry.at, b.entry.record);
  });
  std::set<std::uint64_t> anchored;
  for (TimelineRow& row : rows) row.is_anchor = anchored.insert(row.entry.record).second;
  return rows;
}

std::string timeline_section(const Scorecard& card, const std::vector<TimelineRow>& rows) {
  std::string out =
      "<section id=\"timeline\" aria-labelledby=\"timeline-h\">\n<h2 id=\"timeline-h\">Timeline</h2>\n"
      "<div class=\"scroll\"><table class=\"timeline\">\n<thead><tr><th scope=\"col\" "
      "class=\"num\">Offset</th>"
      "<th scope=\"col\" class=\"num utc\">UTC</th><th scope=\"col\">What</th><th scope=\"col\">What "
      "happened</th>"
      "<th scope=\"col\" class=\"num\">Record</th></tr></thead>\n<tbody>\n";
  const Result<Epoch> epoch = parse_epoch(card.epoch);
  for (const TimelineRow& row : rows) out += row_markup(row, epoch);
  if (rows.empty()) out += "<tr><td colspan=\"5\">Nothing happened.</td></tr>\n";
  return out + "</tbody></table></div>\n</section>\n";
}

}  // namespace muster::reports
