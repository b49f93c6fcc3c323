// The terminal of a responder: a line of shell, as a person types it, carried out through the one door.
#pragma once

#include "responders/console/command.hpp"
#include "responders/console/shell_syntax.hpp"

namespace muster {

class Console {
 public:
  /// `host` outlives the console.
  Console(ResponderHost& host, std::string actor) : session_(host, std::move(actor)) {}

  /// Runs one line (or several). stdout and stderr of all its commands; the exit code of the last that ran.
  Task<CommandResult> run(std::string line);

  Session& session() { return session_; }

 private:
  /// What the commands within a stage's words wrote, [piece].
  using Substitutions = std::map<const WordPiece*, std::string>;
  Task<CommandResult> run_pipeline(const ShellPipeline& pipeline);
  Task<CommandResult> run_stage(const SimpleCommand& stage, std::string input);
  Task<CommandResult> run_expanded(const SimpleCommand& stage, const Substitutions& known, std::string input);
  Task<CommandResult> substitute(const SimpleCommand& stage, Substitutions& known);

  Session session_;
  int last_exit_code_ = 0;
};

}  // namespace muster
