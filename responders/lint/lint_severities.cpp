// The ladder of severities: what is measured at one level only, what is asked and decides nothing, what two
// levels claim.
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <set>

#include "responders/lint/page_text.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

constexpr const char* graded = R"(\b(error rate|latency|users|requests|availability|response times?)\b)";

struct Criterion {
  int line = 0;
  std::string severity, text;
};

/// Lines that define a level: below a heading, or in a row, that names it.
std::vector<Criterion> criteria_of(const RunbookPage& page) {
  std::vector<Criterion> all;
  for (const PageLine& line : lines_of(page))
    if (!line.fenced && !severity_in(line.heading).empty() && severity_in(line.text).empty())
      all.push_back({line.number, severity_in(line.heading), lower_case(line.text)});
  return all;
}

std::set<std::string> levels_of(const std::vector<Criterion>& criteria) {
  std::set<std::string> levels;
  for (const Criterion& one : criteria) levels.insert(one.severity);
  return levels;
}

/// "Latency > 5x normal" at P1, and nothing about latency at P2.
void check_single_levels(RunbookPage& page, const std::vector<Criterion>& criteria) {
  static const re2::RE2 measured(std::string("(?i)") + graded +
                                 R"([^|]{0,20}(>|<|above|below|over|more than)\s*\d)");
  const std::set<std::string> levels = levels_of(criteria);
  if (levels.size() < 3) return;
  std::map<std::string, std::vector<Criterion>> by_subject;
  for (const Criterion& one : criteria) {
    std::string subject;
    if (re2::RE2::PartialMatch(one.text, measured, &subject)) by_subject[subject].push_back(one);
  }
  for (const auto& [subject, told] : by_subject) {
    const bool once = std::all_of(told.begin(), told.end(),
                                  [&](const Criterion& one) { return one.severity == told[0].severity; });
    const bool other =
        std::any_of(criteria.begin(), criteria.end(), [&, name = subject](const Criterion& one) {
          return one.severity != told[0].severity && one.text.find(name) != std::string::npos;
        });
    // The mildest level has none below it.
    if (once && !other && told[0].severity != *levels.rbegin())
      page.warn("criterion-at-one-level", told[0].line, "",
                fmt::format("{} decides for {} only: what is less has no level", subject, told[0].severity));
  }
}

/// Words of a question that a criterion could take up: not those that every question has.
std::vector<std::string> matter_of_question(const std::string& question) {
  static const std::set<std::string> common{
      "how", "many",     "much", "what",        "whats", "which", "the",  "are", "is",  "does",
      "do",  "there",    "at",   "of",          "in",    "a",     "an",   "any", "and", "or",
      "we",  "affected", "risk", "been",        "being", "it",    "this", "to",  "has", "have",
      "who", "when",     "can",  "compromised", "s",     "our",   "by",   "be"};
  std::vector<std::string> words;
  std::string word;
  for (const char c : lower_case(question) + " ") {
    if (c >= 'a' && c <= 'z') {
      word += c;
      continue;
    }
    if (!word.empty() && !common.contains(word)) words.push_back(word);
    word.clear();
  }
  return words;
}

/// "user" for "users": an ending is no difference.
bool takes_up(const std::string& text, const std::string& word) {
  const std::string stem = word.ends_with('s') && word.size() > 4 ? word.substr(0, word.size() - 1) : word;
  return mentions(text, "\\b" + stem + R"((s|es)?\b)");
}

/// "Is data at risk?" asked to find the severity, and no level speaks of data.
void check_questions(RunbookPage& page, const std::vector<Criterion>& criteria) {
  if (levels_of(criteria).size() < 2) return;
  std::string all;
  for (const Criterion& one : criteria) all += " " + one.text;
  for (const PageLine& line : lines_of(page)) {
    const bool asks =
        !line.fenced && line.text.ends_with('?') && mentions(line.heading, "severity|classif|triage");
    const std::vector<std::string> words = asks ? matter_of_question(line.text) : std::vector<std::string>{};
    if (words.empty() ||
        std::any_of(words.begin(), words.end(), [&](const std::string& word) { return takes_up(all, word); }))
      continue;
    page.warn(
        "criterion-decides-nothing", line.number, "",
        fmt::format("is asked to find the severity, and no level's definition speaks of {}", words.front()));
  }
}

}  // namespace

void lint_severities(RunbookPage& page) {
  const std::vector<Criterion> criteria = criteria_of(page);
  check_single_levels(page, criteria);
  check_questions(page, criteria);
}

}  // namespace muster
