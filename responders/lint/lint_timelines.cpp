// Sample timelines held against the rules of the same page: how often the status is to be told, and what the
// sample says of itself.
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "responders/lint/page_text.hpp"

namespace muster {
namespace {

struct TimelineEntry {
  int line = 0, minute = 0;  ///< of the day
  std::string text;
};

struct SampleTimeline {
  std::vector<TimelineEntry> entries;
  std::string severity;  ///< of the incident, if the lines before it say
  int from() const { return entries.front().minute; }
  int to() const { return entries.back().minute; }
};

/// "every 15-30 minutes": the longest time without news.
struct Cadence {
  int line = 0, minutes = 0;
  std::string severities;  ///< the text that names them
};

std::optional<TimelineEntry> entry_in(int number, const std::string& text) {
  static const re2::RE2 entry(
      R"(\s*(?:[-*+]|\d+\.)?\s*[*_`\[(]{0,2}(\d{1,2}):(\d\d)(?::\d\d)?(?: ?UTC)?[*_`\])]{0,2}\s*(?:[:|–—-]+)?\s+(\S.*))");
  TimelineEntry found;
  int hour = 0, minute = 0;
  if (!re2::RE2::FullMatch(text, entry, &hour, &minute, &found.text) || hour > 23 || minute > 59)
    return std::nullopt;
  found.line = number;
  found.minute = hour * 60 + minute;
  return found;
}

/// "**Severity:** P0" above the timeline.
std::string severity_before(const RunbookPage& page, int line) {
  constexpr int reach = 15;
  for (int at = line - 1; at >= std::max(1, line - reach); --at) {
    const std::string& text = page.lines()[static_cast<std::size_t>(at) - 1];
    if (mentions(text, R"(\bseverity\b)") && !severity_in(text).empty()) return severity_in(text);
  }
  return {};
}

/// Lines that begin with a time of day, at least four in a row; one that goes back in time begins another.
std::vector<SampleTimeline> timelines_of(const RunbookPage& page) {
  std::vector<SampleTimeline> all(1);
  for (std::size_t i = 0; i < page.lines().size(); ++i) {
    const auto entry = entry_in(static_cast<int>(i) + 1, page.lines()[i]);
    std::vector<TimelineEntry>& current = all.back().entries;
    if (!entry) {
      if (!page.lines()[i].empty() && !current.empty()) all.emplace_back();
      continue;
    }
    if (!current.empty() && entry->minute < current.back().minute) all.emplace_back();
    all.back().entries.push_back(*entry);
  }
  std::erase_if(all, [](const SampleTimeline& one) { return one.entries.size() < 4; });
  for (SampleTimeline& one : all) one.severity = severity_before(page, one.entries.front().line);
  return all;
}

std::vector<Cadence> cadences_of(const RunbookPage& page) {
  static const re2::RE2 every(R"((?i)\bevery\s+(?:(\d+)\s*(?:-|–|to)\s*)?(\d+)\s*(min|hour|h\b))");
  std::vector<Cadence> all;
  for (const PageLine& line : lines_of(page)) {
    if (line.fenced ||
        !mentions(line.text + " " + line.heading + " " + line.column, "update|status page|communicat"))
      continue;
    re2::StringPiece rest(line.text);
    std::string low, unit;
    int high = 0;
    while (re2::RE2::FindAndConsume(&rest, every, &low, &high, &unit)) {
      // The severities of this part of the sentence: up to the next "every".
      const std::string after = std::string(rest).substr(0, std::string(rest).find("every"));
      const bool several = line.text.find("every") != line.text.rfind("every");
      all.push_back({line.number, unit[0] == 'h' || unit[0] == 'H' ? high * 60 : high,
                     several ? after : line.text + " " + line.heading});
    }
  }
  return all;
}

/// For the severity; without one the most patient, which nobody can be said to break who keeps another.
std::optional<Cadence> cadence_for(const std::vector<Cadence>& all, const std::string& severity) {
  std::optional<Cadence> chosen;
  for (const Cadence& one : all)
    if (!severity.empty() && mentions(one.severities, "\\b" + severity.substr(0, severity.size() - 1) + "-?" +
                                                          severity.back() + "\\b"))
      return one;
  for (const Cadence& one : all)
    if (!chosen || one.minutes > chosen->minutes) chosen = one;
  return chosen;
}

bool is_news(const std::string& entry) {
  return mentions(
      entry,
      R"(\b(status|updates?|updated|post(ed)?|communicat\w*|announc\w*|stakeholders?|customers|users)\b.{0,40}(\b(page|sent|posted|published|informed|notified|told|updated?|announced|message)\b|:)|\bstatus page|\bposted\b|\bupdate\b)");
}

struct Silence {
  int line = 0, minutes = 0;  ///< the entry it begins at
};

Silence longest_silence(const SampleTimeline& timeline) {
  Silence longest;
  TimelineEntry last = timeline.entries.front();
  for (const TimelineEntry& entry : timeline.entries) {
    const bool end = entry.line == timeline.entries.back().line;
    if (!is_news(entry.text) && !end) continue;
    if (entry.minute - last.minute > longest.minutes) longest = {last.line, entry.minute - last.minute};
    last = entry;
  }
  return longest;
}

/// "Communication was clear and timely" below a timeline that shows none.
void check_praise(RunbookPage& page, const SampleTimeline& timeline, const Silence& silence) {
  constexpr std::size_t reach = 40;
  const std::size_t first = static_cast<std::size_t>(timeline.entries.back().line);
  for (std::size_t i = first; i < std::min(first + reach, page.lines().size()); ++i) {
    const std::string& text = page.lines()[i];
    if (!mentions(
            text,
            R"(\b(communicat\w*|updates?)\b.{0,30}\b(clear|timely|good|regular\w*|frequent|on time|well)\b)"))
      continue;
    return page.warn("timeline-contradicts-text", static_cast<int>(i) + 1, "",
                     fmt::format("the timeline above has no news for {} min (from line {}); the sample "
                                 "teaches that this is good",
                                 silence.minutes, silence.line));
  }
}

void check_silence(RunbookPage& page, const SampleTimeline& timeline, const std::vector<Cadence>& cadences) {
  const auto cadence = cadence_for(cadences, timeline.severity);
  const Silence silence = longest_silence(timeline);
  if (!cadence || silence.minutes <= cadence->minutes) return;
  page.warn("timeline-breaks-cadence", silence.line, "",
            fmt::format("no status update for {} min, but line {} wants one at least every {} min",
                        silence.minutes, cadence->line, cadence->minutes));
  check_praise(page, timeline, silence);
}

/// "75 minutes (14:30 - 15:45 UTC)".
void check_durations(RunbookPage& page) {
  static const re2::RE2 said(
      R"((?i)(\d+)\s*min(?:ute)?s?\s*\((\d{1,2}):(\d\d)\s*(?:-|–|to|→)\s*(\d{1,2}):(\d\d))");
  for (std::size_t i = 0; i < page.lines().size(); ++i) {
    int minutes = 0, h1 = 0, m1 = 0, h2 = 0, m2 = 0;
    if (!re2::RE2::PartialMatch(page.lines()[i], said, &minutes, &h1, &m1, &h2, &m2)) continue;
    const int day = 24 * 60;
    const int between = ((h2 * 60 + m2) - (h1 * 60 + m1) + day) % day;
    if (between != minutes)
      page.warn("duration-does-not-fit", static_cast<int>(i) + 1, fmt::format("{} min", minutes),
                fmt::format("says {} min, and between the two times lie {}", minutes, between));
  }
}

}  // namespace

void lint_timelines(RunbookPage& page) {
  const std::vector<Cadence> cadences = cadences_of(page);
  for (const SampleTimeline& timeline : timelines_of(page)) check_silence(page, timeline, cadences);
  check_durations(page);
}

}  // namespace muster
