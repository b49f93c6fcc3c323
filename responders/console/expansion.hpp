// What the shell makes of a command's words before it runs: variables, the output of commands, fields.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "responders/console/command.hpp"
#include "responders/console/condition_command.hpp"
#include "responders/console/shell_syntax.hpp"

namespace muster {

class WordExpander {
 public:
  /// `outputs` holds what the commands among the pieces wrote. All outlive the expander.
  WordExpander(Session& session, int last_exit_code, const std::map<const WordPiece*, std::string>& outputs)
      : session_(session), last_exit_code_(last_exit_code), outputs_(outputs) {}

  /// With unquoted patterns replaced by the files they stand for, if there are any. Error: an unset variable,
  /// with `set -u`; arithmetic that goes wrong.
  Result<std::vector<std::string>> fields(const ShellWord& word) const;
  /// As one text without splitting: an assigned value, the body of a here-document.
  Result<std::string> text(const ShellWord& word) const;
  /// As a word of [[ ]]: one text, and the pattern it is, in which what was quoted stands for itself.
  Result<ConditionWord> condition(const ShellWord& word) const;
  /// The one field of a redirection's target.
  Result<std::string> target(const ShellWord& word) const;

 private:
  Result<std::string> value_of(const WordPiece& piece) const;
  Result<std::string> arithmetic(const WordPiece& piece) const;
  std::optional<std::string> parameter(const std::string& name) const;

  Session& session_;
  int last_exit_code_;
  const std::map<const WordPiece*, std::string>& outputs_;
};

/// NAME of a word NAME=VALUE, with an unquoted name; else empty.
std::string assigned_name(const ShellWord& word);

}  // namespace muster
