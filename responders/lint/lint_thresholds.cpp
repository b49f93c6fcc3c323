// Definitions that leave something open: severities whose thresholds do not meet, times to respond that do
// not say from when.
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <limits>
#include <map>

#include "responders/lint/page_text.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

/// A set of percentages that some line gives a meaning: "5-10%", "> 10%", "< 50%".
struct Range {
  double low = 0, high = 100;
  bool low_in = true, high_in = true;
  int line = 0;
  std::string severity = {};  ///< of the line or its heading
};

struct Threshold {
  std::string subject;  ///< "error rate", "users"
  Range range;
};

std::optional<Threshold> threshold_in(int line, const std::string& text) {
  static const re2::RE2 between(R"((?i)(.*?)(\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)\s*%(.*))");
  static const re2::RE2 beyond(R"((?i)(.*?)(<=|>=|<|>)\s*(\d+(?:\.\d+)?)\s*%(.*))");
  static const re2::RE2 subject(R"((?i).*\b(error rate|users|requests|traffic|cpu|memory|disk)\b.*)");
  std::string before, after, op, about;
  Range range;
  range.line = line;
  double value = 0;
  if (re2::RE2::FullMatch(text, beyond, &before, &op, &value, &after)) {
    (op[0] == '<' ? range.high : range.low) = value;
    (op[0] == '<' ? range.high_in : range.low_in) = op.size() == 2;
  } else if (!re2::RE2::FullMatch(text, between, &before, &range.low, &range.high, &after)) {
    return std::nullopt;
  }
  // The words right before the number name what is measured; else those behind it.
  if (!re2::RE2::FullMatch(before, subject, &about) && !re2::RE2::FullMatch(after, subject, &about))
    return std::nullopt;
  return Threshold{lower_case(about), range};
}

std::string shown(double value) {
  return fmt::format("{:g} %", value);
}

bool is_open_above(const Range& range) {
  return range.high >= 100;
}

/// Two levels that claim one value. "> 50 %", "> 10 %", "> 1 %" is a ladder: the worst that holds counts.
void check_overlap(RunbookPage& page, const std::string& subject, const Range& low, const Range& high) {
  const bool levels = !low.severity.empty() && !high.severity.empty() && low.severity != high.severity;
  const bool ladder = (is_open_above(low) && is_open_above(high)) || (low.low <= 0 && high.low <= 0);
  if (!levels || ladder || low.high <= high.low) return;
  page.warn("threshold-overlap", high.line, "",
            fmt::format("{}: {} to {} is {} here and {} on line {}", subject, shown(high.low),
                        shown(std::min(low.high, high.high)), high.severity, low.severity, low.line));
}

/// Between two ranges that are neighbours in order of size.
void check_gap(RunbookPage& page, const std::string& subject, const Range& low, const Range& high) {
  if (low.high < high.low)
    page.warn("threshold-gap", high.line, "",
              fmt::format("{}: between {} and {} nothing is said (see line {})", subject, shown(low.high),
                          shown(high.low), low.line));
  else if (low.high == high.low && !low.high_in && !high.low_in)
    page.warn("threshold-gap", high.line, "",
              fmt::format("{}: exactly {} has no level (see line {})", subject, shown(low.high), low.line));
}

void check_thresholds(RunbookPage& page) {
  std::map<std::string, std::vector<Range>> by_subject;
  const std::vector<PageLine> headed = lines_of(page);
  std::string context;  // "# Check error rate" above "# Should be < 1%"
  for (std::size_t i = 0; i < page.lines().size(); ++i) {
    const std::string& line = page.lines()[i];
    auto found = threshold_in(static_cast<int>(i) + 1, line);
    if (!found) found = threshold_in(static_cast<int>(i) + 1, context + " " + line);
    if (found) {
      for (const PageLine& cell : headed)
        if (cell.number == found->range.line && found->range.severity.empty())
          found->range.severity = severity_of(cell);
      by_subject[found->subject].push_back(found->range);
    }
    context = line.find('%') == std::string::npos ? line : "";
  }
  for (auto& [subject, ranges] : by_subject) {
    std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) {
      return std::pair(a.low, a.high) < std::pair(b.low, b.high);
    });
    for (std::size_t i = 1; i < ranges.size(); ++i) {
      check_gap(page, subject, ranges[i - 1], ranges[i]);
      check_overlap(page, subject, ranges[i - 1], ranges[i]);
    }
  }
}

void check_clocks(RunbookPage& page) {
  static const re2::RE2 limit(
      R"((?i).*\b(response time|respond within|acknowledge within)\b.*\b\d+ ?(min|minute|hour|h\b).*)");
  static const re2::RE2 start(R"((?i).*\b(from|after|since|of the (page|alert|report)|once)\b.*)");
  for (const RunbookStep& step : page.document().steps) {
    if (step.kind != StepKind::prose || !re2::RE2::FullMatch(step.text, limit) ||
        re2::RE2::FullMatch(step.text, start))
      continue;
    return page.warn("clock-without-start", step.line, "",
                     "a time to respond, and nothing says from when it counts: alert, page or report");
  }
}

}  // namespace

void lint_thresholds(RunbookPage& page) {
  check_thresholds(page);
  check_clocks(page);
}

}  // namespace muster
