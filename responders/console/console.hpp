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
  Task<CommandResult> run_pipeline(const ShellPipeline& pipeline);
  Task<CommandResult> run_stage(const SimpleCommand& stage, std::string input);
  Task<CommandResult> run_words(std::vector<std::string> words, std::string input);
  Result<std::vector<std::string>> expand(const std::vector<ShellWord>& words) const;
  Result<std::string> expand_to_one(const ShellWord& word) const;
  Result<std::string> value_of(const std::string& variable) const;
  Result<std::string> redirected_input(const SimpleCommand& stage, std::string input) const;
  Result<void> redirect_output(const SimpleCommand& stage, CommandResult& result);

  Session session_;
  int last_exit_code_ = 0;
};

}  // namespace muster
