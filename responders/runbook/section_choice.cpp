// Which sections of a runbook a name means.
#include <fmt/format.h>

#include <algorithm>

#include "responders/runbook/document.hpp"
#include "responders/text/lines.hpp"
#include "sim/spelling.hpp"

namespace muster {
namespace {

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// The three titles nearest to `wanted`: those that contain it first, then by spelling.
std::string nearest_titles(const RunbookDocument& document, const std::string& wanted) {
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (const auto& section : document.sections) {
    const std::string form = matching_form(section.title);
    const bool contains = form.find(wanted) != std::string::npos || wanted.find(form) != std::string::npos;
    ranked.emplace_back(contains ? 0 : edit_distance(form, wanted), section.title);
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> quoted;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, ranked.size()); ++i)
    quoted.push_back("\"" + ranked[i].second + "\"");
  return join(quoted, ", ");
}

Result<const RunbookSection*> find_section(const RunbookDocument& document, const std::string& title) {
  const std::string wanted = matching_form(title);
  std::vector<const RunbookSection*> found;
  for (const auto& section : document.sections)
    if (matching_form(section.title) == wanted) found.push_back(&section);
  if (found.size() == 1) return found.front();
  if (found.empty())
    return Error{ErrorCode::invalid_input,
                 document.sections.empty() ? fmt::format("no section \"{}\": the file has no sections", title)
                                           : fmt::format("no section \"{}\"; the nearest are {}", title,
                                                         nearest_titles(document, wanted)),
                 document.file};
  std::vector<std::string> places;
  for (const auto* section : found) places.push_back(fmt::format("{}:{}", document.file, section->line));
  return Error{ErrorCode::invalid_input,
               fmt::format("section \"{}\" is ambiguous: {}", title, join(places, ", ")), document.file};
}

}  // namespace

std::string matching_form(std::string_view title) {
  while (!title.empty() && !is_word_byte(title.front())) title.remove_prefix(1);
  while (!title.empty() && !is_word_byte(title.back())) title.remove_suffix(1);
  std::string out;
  bool blank = false;
  for (const char c : lower_case(title)) {
    if (c == ' ' || c == '\t')
      blank = true;
    else {
      if (std::exchange(blank, false)) out += ' ';
      out += c;
    }
  }
  return out;
}

Result<std::vector<RunbookStep>> choose_steps(const RunbookDocument& document,
                                              const std::vector<std::string>& titles) {
  if (titles.empty()) return document.steps;
  std::vector<RunbookStep> steps;
  std::vector<const RunbookSection*> taken;
  for (const auto& title : titles) {
    const auto section = find_section(document, title);
    if (!section) return section.error();
    if (std::find(taken.begin(), taken.end(), *section) != taken.end()) continue;
    taken.push_back(*section);
    steps.insert(steps.end(), document.steps.begin() + static_cast<std::ptrdiff_t>((*section)->first_step),
                 document.steps.begin() + static_cast<std::ptrdiff_t>((*section)->end_step));
  }
  return steps;
}

}  // namespace muster
