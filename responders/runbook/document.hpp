// A Markdown runbook as its reader sees it: sections, and in each the steps in the order of the page.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/result.hpp"

namespace muster {

/// What a line of a fenced block is. A runbook mixes them freely, whatever the fence says.
enum class LineKind : std::uint8_t {
  command,  ///< something the shell would be asked to run
  query,    ///< PromQL
  message,  ///< what is to be said: a channel name, "**INCIDENT DECLARED**", "Impact: ..."
  comment,  ///< explains the command or query below it
  note,     ///< a comment that nothing to run follows: an instruction or a remark for a person
  output    ///< what a command printed, in a block whose commands stand behind a prompt
};
const char* to_string(LineKind kind);

enum class StepKind : std::uint8_t {
  command,
  query,
  message,
  note,      ///< comment lines that stand alone
  prose,     ///< a paragraph, list item or heading of a numbered step
  template_  ///< a fenced block of another language: a form for a person to fill in
};
const char* to_string(StepKind kind);

struct RunbookStep {
  StepKind kind = StepKind::prose;
  int line = 0;      ///< 1-based, where it begins
  std::string text;  ///< a command with its continuation lines joined, a loop or a here-document with its
                     ///< lines; several lines of a message
  std::string explanation;  ///< the comment above it
};

struct RunbookSection {
  std::string title;  ///< as written, without markup
  int line = 0;
  int level = 0;               ///< 1..6 of a heading, 7 of a paragraph that is one bold run
  std::size_t first_step = 0;  ///< index into RunbookDocument::steps
  std::size_t end_step = 0;    ///< one past the last, subsections included
};

struct ClassifiedLine {
  int line = 0;
  LineKind kind = LineKind::comment;
  std::string text;  ///< continuation lines joined; a command over several lines with them
};

struct RunbookLink {
  int line = 0;  ///< of the block it stands in, or later
  std::string text, target;
};

/// A table that gives people and how to reach them, not steps.
struct RunbookTable {
  struct Row {
    int line = 0;
    std::vector<std::string> cells;  ///< [column]
  };
  std::vector<std::string> header;  ///< [column]
  std::vector<Row> rows;
};

struct RunbookDocument {
  std::string file;                          ///< base name
  std::vector<RunbookSection> sections;      ///< in the order of the page
  std::vector<RunbookStep> steps;            ///< in the order of the page
  std::vector<ClassifiedLine> fenced_lines;  ///< of the shell blocks, blank lines left out
  std::vector<RunbookLink> links;
  std::vector<RunbookTable> contacts;
};

/// Reads CommonMark with GitHub's tables and task lists. A command or query between backquotes in a sentence,
/// a task or a table's cell is a step, explained by what stands around it, unless the sentence warns of it.
/// `file` is the base name that facts and errors will give.
RunbookDocument read_runbook(std::string_view markdown, const std::string& file);

/// Case and surrounding punctuation do not count: "**Rollback Deployment:**" is "rollback deployment".
std::string matching_form(std::string_view title);

/// The steps of the sections named, each section once, in the order of the names; all steps if none is named.
/// Error: the nearest existing titles, or for an ambiguous name the lines it could mean.
Result<std::vector<RunbookStep>> choose_steps(const RunbookDocument& document,
                                              const std::vector<std::string>& titles);

}  // namespace muster
