// A command of the console: what it is given, what it gives back, and the table that lists all of them.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "responders/responder.hpp"

namespace muster {

struct CommandResult {
  int exit_code = 0;
  std::string out, err;
  /// Why the command was not carried out at all (unknown, not built, unset variable, bad grammar); else
  /// empty. A command that ran and failed has an exit code only.
  std::string cannot_run;

  static CommandResult printed(std::string text) { return CommandResult{0, std::move(text), {}, {}}; }
  static CommandResult failed(int code, std::string error) {
    return CommandResult{code, {}, std::move(error), {}};
  }
  /// Exit code 127, as a shell reports a command it does not have; `reason` goes to stderr too.
  static CommandResult refused(const std::string& reason) {
    return CommandResult{127, {}, "muster: " + reason + "\n", reason};
  }
};

/// The in-memory working folder: files that redirections made, and those that lie beside the runbook.
using EvidenceFolder = std::map<std::string, std::string>;

/// What `set` switches. bash's own default is an unset variable that is empty; here it is told, unless the
/// terminal belongs to a person, who is to meet what the real shell does.
struct ShellOptions {
  bool unset_is_error = true;  ///< set -u
  bool stop_on_error = false;  ///< set -e
  bool pipe_fail = false;      ///< set -o pipefail
  bool takes_time = true;      ///< `pace none`: commands cost no time to type and to look at
};

/// One person's terminal.
struct Session {
  ResponderHost& host;
  std::string actor;                       ///< id that the requests carry
  std::string kube_namespace = "default";  ///< of the current context: where commands without -n land
  std::map<std::string, std::string> variables;
  std::vector<std::string> arguments;  ///< $1, $2, ... of the function that runs
  EvidenceFolder files;
  ShellOptions options;

  Session(ResponderHost& h, std::string who) : host(h), actor(std::move(who)) {}
};

struct Invocation {
  std::vector<std::string> args;  ///< without the command's name
  std::string input;              ///< stdin
};

/// Exactly one of `at_once` and `waiting` is set.
struct ConsoleCommand {
  std::string_view name;
  std::string_view synopsis;
  CommandResult (*at_once)(Session&, const Invocation&) = nullptr;
  Task<CommandResult> (*waiting)(Session&, Invocation) = nullptr;  ///< takes virtual time of its own
};

/// Every command the console has, for dispatch and for `muster explain`.
std::span<const ConsoleCommand> console_commands();
/// Tools that runbooks name and this drill does not have: known, so that their lines count as commands.
std::span<const std::string_view> unavailable_commands();

/// Null if there is none of that name.
const ConsoleCommand* find_command(std::string_view name);
bool names_a_command(std::string_view word);

/// Runs a command of the table with its arguments: words[0] is its name. For xargs, watch, time.
Task<CommandResult> run_command(Session& session, std::vector<std::string> words, std::string input);

}  // namespace muster
