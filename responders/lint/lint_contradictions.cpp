// Two places of a page that cannot both be right: a severity with two times or two names, a role with two
// contacts, a sound value given twice, a link of one name to two addresses.
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <set>

#include "responders/lint/page_text.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

struct Said {
  int line = 0;
  std::string value;
};

/// What has been said of something, the first time.
class Sayings {
 public:
  explicit Sayings(RunbookPage& page) : page_(page) {}

  void say(const std::string& about, int line, const std::string& value, const std::string& shown) {
    const auto [first, fresh] = said_.try_emplace(about, Said{line, value});
    if (fresh || first->second.value == value || first->second.line == line ||
        !told_.insert({about, value}).second)
      return;
    page_.warn(
        "contradiction", line, shown,
        fmt::format("{}: {} here, but {} on line {}", about, value, first->second.value, first->second.line));
  }

 private:
  RunbookPage& page_;
  std::map<std::string, Said> said_;
  std::set<std::pair<std::string, std::string>> told_;
};

struct TimedPromise {
  const char *name, *pattern;
};
constexpr TimedPromise promises[] = {
    {"time to respond", R"(\b(response time|respond|acknowledge|ack time|acknowledg\w*)\b)"},
    {"time between updates", R"(\b(status updates?|updates?|update cadence|communication frequency)\b)"},
    {"time to resolve", R"(\b(resolution time|resolution target|resolve|mttr|time to resolve)\b)"}};

/// The longest minutes of "15-30 minutes", "< 1 hour", "2h"; nothing if the text has no such time, or
/// several.
std::optional<int> minutes_in(const std::string& text) {
  static const re2::RE2 length(R"((?i)(\d+)\s*-?\s*(min|hour|hr|h\b|day|d\b))");
  re2::StringPiece rest(text);
  std::optional<int> found;
  int number = 0;
  std::string unit;
  while (re2::RE2::FindAndConsume(&rest, length, &number, &unit)) {
    if (found) return std::nullopt;
    const char kind = unit[0] | ' ';
    found = kind == 'm' ? number : kind == 'h' ? number * 60 : number * 60 * 24;
  }
  return found;
}

void say_times(Sayings& sayings, const PageLine& line) {
  const std::string severity = severity_of(line);
  const auto minutes = minutes_in(line.text);
  if (severity.empty() || !minutes) return;
  const std::string by = line.column.empty()
                             ? line.text + (severity_in(line.text).empty() ? "" : " " + line.heading)
                             : line.column;
  const TimedPromise* meant = nullptr;
  for (const TimedPromise& promise : promises) {
    if (!mentions(by, promise.pattern)) continue;
    if (meant) return;  // a sentence about two promises says not which of them
    meant = &promise;
  }
  if (meant) sayings.say(severity + ", " + meant->name, line.number, fmt::format("{} min", *minutes), "");
}

void say_names(Sayings& sayings, const PageLine& line) {
  static const re2::RE2 named(
      R"((?i)\b(P[0-5]|SEV[- ]?[0-5])\b\W{1,4}(critical|high|major|medium|moderate|low|minor)\b)");
  re2::StringPiece rest(line.text);
  std::string severity, name;
  while (re2::RE2::FindAndConsume(&rest, named, &severity, &name))
    sayings.say(severity_in(severity), line.number, lower_case(name), name);
}

/// "P95 should be < 500ms", "error ratio must be below 1%".
void say_sound_values(Sayings& sayings, const std::string& context, const PageLine& line) {
  static const re2::RE2 sound(
      R"((?i)^[\s#*>-]*([A-Za-z0-9][A-Za-z0-9 /-]{0,40}?)?\s*(?:should|must) be (?:<=?|below|under|less than) ?(\d+(?:\.\d+)?) ?(%|ms|s\b|seconds)?)");
  std::string about, value, unit;
  if (!re2::RE2::PartialMatch(line.text, sound, &about, &value, &unit)) return;
  if (about.empty()) about = context;
  about = lower_case(trimmed(about));
  for (const char* word : {"check ", "the ", "that "})
    if (about.starts_with(word)) about.erase(0, std::string_view(word).size());
  if (!about.empty())
    sayings.say("sound " + about, line.number, value + (unit == "%" ? " %" : " " + unit), value);
}

/// "- **Dashboard:** https://...": one name, two addresses.
void say_addresses(Sayings& sayings, const PageLine& line) {
  static const re2::RE2 address(R"(^\s*[-*]\s+\**([A-Z][A-Za-z /-]{2,30}?):?\**:?\s+<?(https?://[^\s>)]+))");
  std::string name, where;
  if (re2::RE2::PartialMatch(line.text, address, &name, &where) && !line.fenced)
    sayings.say("the address of \"" + std::string(trimmed(name)) + "\"", line.number, where, where);
}

std::string comment_text(const std::string& line) {
  const std::size_t from = line.find_first_not_of(" #*-");
  return from == std::string::npos ? "" : line.substr(from);
}

/// The same role in two rows, of one table or of two.
void check_roles(RunbookPage& page, Sayings& sayings) {
  for (const RunbookTable& table : page.document().contacts)
    for (const RunbookTable::Row& row : table.rows) {
      if (row.cells.empty() || trimmed(row.cells.front()).empty()) continue;
      for (std::size_t i = 1; i < row.cells.size() && i < table.header.size(); ++i) {
        const std::string value(trimmed(row.cells[i]));
        const bool way = mentions(table.header[i], "phone|slack|mail|pager|mobile|contact|name");
        if (way && value.size() > 1)
          sayings.say(fmt::format("{} of {}", lower_case(table.header[i]), trimmed(row.cells.front())),
                      row.line, value, value);
      }
    }
}

}  // namespace

void lint_contradictions(RunbookPage& page) {
  Sayings sayings(page);
  std::string context;  // "# Check latency" above "# Should be < 500ms"
  for (const PageLine& line : lines_of(page)) {
    say_sound_values(sayings, context, line);
    context = comment_text(line.text);
    say_addresses(sayings, line);
    if (line.fenced) continue;  // a form's values are samples
    say_times(sayings, line);
    say_names(sayings, line);
  }
  check_roles(page, sayings);
}

}  // namespace muster
