// A runbook while it is looked at: the document, its lines, and what has been found; private to this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "responders/lint/runbook_lint.hpp"
#include "responders/runbook/document.hpp"

namespace muster {

/// One program call of a command step, its words as typed, quotes taken away: {"kubectl", "get", "pods"}.
struct StepCommand {
  std::size_t step = 0;  ///< index into the document's steps
  std::vector<std::string> words;
  bool is(std::string_view first, std::string_view second = {}) const;
  /// Whether it is kubectl with this subcommand: "get", "rollout undo".
  bool kubectl(std::string_view subcommand) const;
  bool has(std::string_view word) const;
  /// A word that begins so, or "".
  std::string beginning(std::string_view prefix) const;
};

class RunbookPage {
 public:
  RunbookPage(std::string_view markdown, std::string path, const RunbookSurroundings& beside);

  const RunbookDocument& document() const { return document_; }
  const std::vector<std::string>& lines() const { return lines_; }  ///< [line - 1]
  const std::vector<StepCommand>& commands() const { return commands_; }
  const RunbookSurroundings& beside() const { return beside_; }
  /// The smallest section that holds the step; null before the first heading.
  const RunbookSection* section_of(std::size_t step) const;
  /// Commands of the step's section; all of them if it has none.
  std::vector<const StepCommand*> commands_beside(std::size_t step) const;
  /// Section title, explanation and text of a step, in lower case: what it is about.
  std::string matter_of(std::size_t step) const;

  /// The column is that of `needle` on the line or on those right below it; 1 if it is not there.
  void add(Finding::Level level, std::string_view rule, int line, std::string_view needle,
           std::string message);
  void error(std::string_view rule, int line, std::string_view needle, std::string message) {
    add(Finding::Level::error, rule, line, needle, std::move(message));
  }
  void warn(std::string_view rule, int line, std::string_view needle, std::string message) {
    add(Finding::Level::warning, rule, line, needle, std::move(message));
  }
  void note(std::string_view rule, int line, std::string_view needle, std::string message) {
    add(Finding::Level::note, rule, line, needle, std::move(message));
  }
  /// Sorted by place.
  Findings take();

 private:
  struct Placed {
    int line = 0;
    std::size_t column = 1;
    Finding finding;
  };
  void find_commands();

  RunbookDocument document_;
  std::string path_;
  const RunbookSurroundings& beside_;
  std::vector<std::string> lines_;
  std::vector<StepCommand> commands_;
  std::vector<Placed> found_;
};

// One file each.
void lint_commands(RunbookPage& page);        ///< grammar, programs, flags, types, terminals
void lint_placeholders(RunbookPage& page);    ///< placeholders and variables that nothing gives
void lint_queries(RunbookPage& page);         ///< PromQL, in comments too
void lint_references(RunbookPage& page);      ///< links, files
void lint_people(RunbookPage& page);          ///< contacts and who is named without one
void lint_thresholds(RunbookPage& page);      ///< severities with gaps, clocks without a start
void lint_changes(RunbookPage& page);         ///< commands that change more, or less, than they say
void lint_evidence(RunbookPage& page);        ///< what is lost before or while it is kept
void lint_timelines(RunbookPage& page);       ///< samples that break the page's own rules
void lint_contradictions(RunbookPage& page);  ///< two places that cannot both be right
void lint_severities(RunbookPage& page);      ///< criteria of levels
void lint_missing(RunbookPage& page);         ///< steps, checks and ways back that are not there
void lint_database(RunbookPage& page);        ///< what a database makes worse than it looks

}  // namespace muster
