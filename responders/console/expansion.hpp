// What the shell makes of a command's words before it runs: variables, the output of commands, fields.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "responders/console/command.hpp"
#include "responders/console/shell_syntax.hpp"

namespace muster {

class WordExpander {
 public:
  /// `outputs` holds what the commands among the pieces wrote. All outlive the expander.
  WordExpander(const Session& session, int last_exit_code,
               const std::map<const WordPiece*, std::string>& outputs)
      : session_(session), last_exit_code_(last_exit_code), outputs_(outputs) {}

  /// Error: an unset variable, with `set -u`.
  Result<std::vector<std::string>> fields(const ShellWord& word) const;
  /// As one text without splitting: an assigned value, the body of a here-document.
  Result<std::string> text(const ShellWord& word) const;
  /// The one field of a redirection's target.
  Result<std::string> target(const ShellWord& word) const;

 private:
  Result<std::string> value_of(const WordPiece& piece) const;

  const Session& session_;
  int last_exit_code_;
  const std::map<const WordPiece*, std::string>& outputs_;
};

/// NAME of a word NAME=VALUE, with an unquoted name; else empty.
std::string assigned_name(const ShellWord& word);

}  // namespace muster
