// The terminal of a responder: a line of shell, as a person types it, carried out through the one door.
#pragma once

#include <memory>

#include "responders/console/command.hpp"
#include "responders/console/shell_syntax.hpp"

namespace muster {

class WordExpander;

class Console {
 public:
  /// `host` outlives the console.
  Console(ResponderHost& host, std::string actor) : session_(host, std::move(actor)) {}

  /// Runs one line (or several). stdout and stderr of all its commands; the exit code of the last that ran.
  /// A loop that does not end is stopped, as if by Ctrl-C: 1,000 turns of all loops of the line, or an hour.
  Task<CommandResult> run(std::string line);

  Session& session() { return session_; }

 private:
  /// What the commands within a stage's words wrote, [piece].
  using Substitutions = std::map<const WordPiece*, std::string>;
  /// What break, continue, return and exit leave.
  enum class Leaving { nothing, turn, loop, function, script };

  Task<CommandResult> run_script(const ShellScript& script);
  Task<CommandResult> run_pipeline(const ShellPipeline& pipeline);
  Task<CommandResult> run_stage(SimpleCommand stage, std::string input, bool inherited);
  Task<CommandResult> run_expanded(const SimpleCommand& stage, const Substitutions& known, std::string input,
                                   bool inherited);
  Task<CommandResult> substitute(const SimpleCommand& stage, Substitutions& known);
  Task<CommandResult> run_words(std::vector<std::string> words, std::string input, bool inherited);
  Task<CommandResult> call_function(std::vector<std::string> words);
  void obey(const std::vector<std::string>& words, CommandResult& result);

  // ---- control structures (run_compound.cpp) ----
  Task<CommandResult> run_compound(const ShellCompound& compound, const WordExpander& expander,
                                   std::string input);
  Task<CommandResult> run_structure(const ShellCompound& compound, const WordExpander& expander);
  Task<CommandResult> run_for(const ShellCompound& compound, std::vector<std::string> words);
  Task<CommandResult> run_while(const ShellCompound& compound);
  Task<CommandResult> run_branches(const ShellCompound& compound);
  Task<CommandResult> run_apart(const ShellCompound& compound);
  Task<CommandResult> run_condition(const ShellScript& script);
  bool ends_loop();
  bool may_turn(SimTime since, CommandResult& all);

  Session session_;
  int last_exit_code_ = 0;
  std::map<std::string, std::shared_ptr<const ShellScript>> functions_;
  Leaving leaving_ = Leaving::nothing;
  int levels_ = 0;                // of loops that break or continue leaves
  int loops_ = 0, calls_ = 0;     // that run around the present command
  int guards_ = 0;                // conditions: a failure in them is none for set -e
  int depth_ = 0;                 // of run() in itself
  int turns_ = 0;                 // of all loops of the line
  std::string* input_ = nullptr;  // what the structure around the present command reads
  std::map<std::string, std::string>* shadowed_ = nullptr;  // by local: what variables were, "" if unset
};

/// stdout and stderr behind each other, the exit code of the later, the first reason not to run.
void add_output(CommandResult& all, CommandResult part);

}  // namespace muster
