#include "responders/lint/runbook_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "responders/console/shell_syntax.hpp"
#include "responders/runbook/placeholder_text.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

std::string typed(const ShellWord& word) {
  std::string text;
  for (const WordPiece& piece : word.pieces)
    text += piece.kind == WordPiece::Kind::variable ? "$" + piece.text : piece.text;
  return text;
}

}  // namespace

bool StepCommand::is(std::string_view first, std::string_view second) const {
  if (words.empty() || words[0] != first) return false;
  return second.empty() || (words.size() > 1 && words[1] == second);
}

bool StepCommand::kubectl(std::string_view subcommand) const {
  if (words.empty() || words[0] != "kubectl") return false;
  const auto wanted = split_at(subcommand, ' ');
  return words.size() > wanted.size() && std::equal(wanted.begin(), wanted.end(), words.begin() + 1);
}

bool StepCommand::has(std::string_view word) const {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string StepCommand::beginning(std::string_view prefix) const {
  const auto found = std::find_if(words.begin(), words.end(),
                                  [&](const std::string& word) { return word.starts_with(prefix); });
  return found == words.end() ? "" : *found;
}

RunbookPage::RunbookPage(std::string_view markdown, std::string path, const RunbookSurroundings& beside)
    : document_(read_runbook(markdown, path)),
      path_(std::move(path)),
      beside_(beside),
      lines_(split_lines(markdown)) {
  find_commands();
}

void RunbookPage::find_commands() {
  for (std::size_t i = 0; i < document_.steps.size(); ++i) {
    if (document_.steps[i].kind != StepKind::command) continue;
    const auto script = parse_shell(without_placeholders(document_.steps[i].text));
    if (!script) continue;  // lint_commands tells
    for (const SimpleCommand* read : commands_in(*script)) {
      StepCommand command;
      command.step = i;
      for (const ShellWord& word : read->words) command.words.push_back(typed(word));
      commands_.push_back(std::move(command));
    }
  }
}

const RunbookSection* RunbookPage::section_of(std::size_t step) const {
  const RunbookSection* smallest = nullptr;
  for (const RunbookSection& section : document_.sections) {
    if (section.first_step > step || section.end_step <= step) continue;
    if (!smallest || section.level > smallest->level) smallest = &section;
  }
  return smallest;
}

std::vector<const StepCommand*> RunbookPage::commands_beside(std::size_t step) const {
  const RunbookSection* section = section_of(step);
  std::vector<const StepCommand*> beside;
  for (const StepCommand& command : commands_)
    if (!section || (command.step >= section->first_step && command.step < section->end_step))
      beside.push_back(&command);
  return beside;
}

std::string RunbookPage::matter_of(std::size_t step) const {
  const RunbookStep& about = document_.steps[step];
  const RunbookSection* section = section_of(step);
  return lower_case((section ? section->title + " " : "") + about.explanation + " " + about.text);
}

void RunbookPage::add(Finding::Level level, std::string_view rule, int line, std::string_view needle,
                      std::string message) {
  constexpr int reach = 3;  // a step's text may stand on the lines below its first
  Placed placed;
  placed.line = line;
  for (int at = line; at < line + reach && !needle.empty(); ++at) {
    if (at < 1 || static_cast<std::size_t>(at) > lines_.size()) break;
    const std::size_t column = lines_[static_cast<std::size_t>(at) - 1].find(needle);
    if (column == std::string::npos) continue;
    placed.line = at;
    placed.column = column + 1;
    break;
  }
  placed.finding = {level, std::string(rule), fmt::format("{}:{}:{}", path_, placed.line, placed.column),
                    std::move(message)};
  found_.push_back(std::move(placed));
}

Findings RunbookPage::take() {
  std::stable_sort(found_.begin(), found_.end(), [](const Placed& a, const Placed& b) {
    return std::pair(a.line, a.column) < std::pair(b.line, b.column);
  });
  Findings findings;
  for (Placed& placed : found_) findings.push_back(std::move(placed.finding));
  return findings;
}

}  // namespace muster
