// A playbook as it is written: what starts it, its variables, its steps. The file's format is the table in
// playbook_format(); docs/responders.md explains it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "responders/condition/condition.hpp"
#include "responders/fields/field_table.hpp"
#include "sim/result.hpp"
#include "sim/time.hpp"

namespace muster {

/// What starts a playbook. The first of several that happens does.
struct Trigger {
  enum class Kind : std::uint8_t { alert, promql, at };
  Kind kind = Kind::alert;
  int line = 0;
  std::string alert;                                        ///< its name, or "*" for any page
  std::vector<std::pair<std::string, std::string>> labels;  ///< all of them must be the alert's
  PlayCondition condition;                                  ///< of promql
  SimDuration every{};                                      ///< how often the condition is looked at
  SimTime at{};
};

/// How a variable is taken from what a command or request gave.
struct Binding {
  std::string variable;
  int line = 0;
  std::string json_path;   ///< of JSON output; or
  std::string expression;  ///< RE2, its first group; neither = the whole output, trimmed
  std::optional<std::string> otherwise;
};

struct PlaybookStep;
using PlaybookSteps = std::vector<PlaybookStep>;

struct PlaybookStep {
  enum class Action : std::uint8_t {
    run,
    request,
    sleep,
    wait_until,
    verify,
    if_,
    switch_,
    parallel,
    call,
    set,
    abort,
    finish
  };
  Action action = Action::run;
  int line = 0, column = 0;                    ///< of the action's value
  std::string name;                            ///< empty = the action speaks for itself
  std::optional<PlayCondition> when;           ///< skipped unless it holds
  std::string text;                            ///< command, procedure's name, text to switch on, reason
  std::string verb, path, content_type, body;  ///< of request
  SimDuration duration{};                      ///< of sleep; of verify: how long it must hold
  PlayCondition condition;                     ///< of wait_until, verify, if
  SimDuration timeout{}, every{};              ///< of wait_until and verify
  PlaybookSteps then, otherwise;               ///< of if; `then` also of parallel, `otherwise` of switch
  std::vector<std::pair<std::string, PlaybookSteps>> cases;    ///< of switch
  std::vector<std::pair<std::string, std::string>> variables;  ///< of set
  std::vector<Binding> bindings;
  int retries = 0;
  SimDuration delay{};
  std::string on_failure;  ///< "abort", "continue", or a procedure's name
};

struct Playbook {
  std::string file;  ///< base name
  std::string name, summary, quality, namespace_;
  std::vector<std::string> drills;  ///< it is meant for
  SimDuration pace{};               ///< before every command and request
  std::vector<Trigger> triggers;
  std::vector<std::pair<std::string, std::string>> variables;
  PlaybookSteps steps;
  std::vector<std::pair<std::string, PlaybookSteps>> procedures;

  const PlaybookSteps* procedure(std::string_view name) const;
};

/// The tables of the file, for the JSON Schema and `muster explain playbook`.
const FileFormat& playbook_format();
/// Error: invalid_input with file:line:column, also for a branch to a procedure that is not there or that
/// calls itself, a trigger time that is not before `horizon`.
Result<Playbook> read_playbook(std::string_view text, const std::string& file, SimTime horizon = sim_never);

}  // namespace muster
