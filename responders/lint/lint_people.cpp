// People who cannot be reached: rows of a table of contacts without a number, and roles that are to be told
// and stand in no table.
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <set>

#include "responders/lint/runbook_page.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

bool is_empty(std::string_view cell) {
  cell = trimmed(cell);
  return cell.empty() || cell == "-" || cell == "–" || cell == "—" || cell == "?" || cell == "n/a" ||
         cell == "N/A" || cell == "TBD" || cell == "TODO";
}

std::optional<std::size_t> column_with(const RunbookTable& table, std::initializer_list<const char*> words) {
  for (std::size_t i = 0; i < table.header.size(); ++i)
    for (const char* word : words)
      if (lower_case(table.header[i]).find(word) != std::string::npos) return i;
  return std::nullopt;
}

/// "Engineering Lead" and "engineering lead" are one; so are "On-Call Primary" and "on call primary".
std::string form_of(std::string_view role) {
  std::string form;
  for (const char c : lower_case(trimmed(role)))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) form += c;
  return form;
}

void check_numbers(RunbookPage& page, const RunbookTable& table, std::set<std::string>& known) {
  const auto phone = column_with(table, {"phone", "mobile", "number", "pager"});
  for (const RunbookTable::Row& row : table.rows) {
    if (row.cells.empty()) continue;
    const std::string& role = row.cells.front();
    known.insert(form_of(role));
    if (phone && (*phone >= row.cells.size() || is_empty(row.cells[*phone])))
      page.warn("contact-without-number", row.line, role,
                fmt::format("{} has no number in the column \"{}\"", role, table.header[*phone]));
    const bool reachable = std::any_of(row.cells.begin() + 1, row.cells.end(),
                                       [](const std::string& cell) { return !is_empty(cell); });
    if (!reachable)
      page.error("contact-unreachable", row.line, role, fmt::format("nothing says how to reach {}", role));
  }
}

/// Titles that end so are people.
bool is_a_role(const std::string& words) {
  static const re2::RE2 role(
      R"((?i)^(the )?([A-Za-z/-]+ ){0,3}(lead|manager|director|officer|engineer|primary|secondary|commander|CEO|CTO|CIO|CISO|CFO|COO|VP)$)");
  return re2::RE2::FullMatch(words, role);
}

/// Whether somebody of a table is meant: "On-Call Engineer" is "On-Call Primary" too.
bool is_known(const std::string& role, const std::set<std::string>& known) {
  const std::string form = form_of(role);
  if (known.contains(form)) return true;
  const bool on_call = form.starts_with("oncall");
  return on_call && std::any_of(known.begin(), known.end(),
                                [](const auto& other) { return other.starts_with("oncall"); });
}

/// Whether a prose step says whom to tell: the section is about escalating or notifying, or the sentence is.
bool names_people(const RunbookPage& page, std::size_t step) {
  static const re2::RE2 telling(R"((?i)\b(escalat|notif|stakeholder|contact|page |inform|tell )\w*)");
  const RunbookSection* section = page.section_of(step);
  return (section && re2::RE2::PartialMatch(section->title, telling)) ||
         re2::RE2::PartialMatch(page.document().steps[step].text, telling);
}

}  // namespace

void lint_people(RunbookPage& page) {
  std::set<std::string> known;
  for (const RunbookTable& table : page.document().contacts) check_numbers(page, table, known);
  if (page.document().contacts.empty()) return;
  static const re2::RE2 separators(R"(\s*(,|\+|;|:|\band\b|\bor\b)\s*)");
  std::set<std::string> told;
  const auto& steps = page.document().steps;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].kind != StepKind::prose || !names_people(page, i)) continue;
    std::string list = steps[i].text;
    re2::RE2::GlobalReplace(&list, separators, ",");
    for (const std::string& part : split_at(list, ',')) {
      std::string role(trimmed(part));
      for (const char* verb :
           {"Immediately page ", "Page ", "page ", "Notify ", "notify ", "Inform ", "the "})
        if (role.starts_with(verb)) role.erase(0, std::string_view(verb).size());
      if (!is_a_role(role) || is_known(role, known) || !told.insert(form_of(role)).second) continue;
      page.error("contact-missing", steps[i].line, role,
                 fmt::format("{} is to be told, and no table of contacts has a row for that role", role));
    }
  }
}

}  // namespace muster
