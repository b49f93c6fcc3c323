// The console's grammar as a tree: a small part of the shell command language (POSIX.1-2017, XCU 2). Not
// built, and said so: command substitution, subshells, background jobs, here-documents, control structures.
// File name patterns are plain text, since the evidence folder has no need of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/result.hpp"

namespace muster {

/// A part of a word: literal text, or the name of a variable.
struct WordPiece {
  std::string text;
  bool variable = false;
  bool quoted = false;  ///< a quoted variable is one field even if its value has blanks
};

struct ShellWord {
  std::vector<WordPiece> pieces;
  bool quoted = false;  ///< some part was in quotes: an empty word stays a word
};

struct Redirection {
  enum class Kind { write, append, read, error_to_output };
  Kind kind = Kind::write;
  int descriptor = 1;  ///< 1 = stdout, 2 = stderr
  ShellWord target;
};

struct SimpleCommand {
  std::vector<ShellWord> words;
  std::vector<Redirection> redirections;
};

struct ShellPipeline {
  enum class When { always, if_succeeded, if_failed };
  When when = When::always;  ///< after ; or newline, after &&, after ||
  std::vector<SimpleCommand> stages;
};

/// Error: invalid_input naming what is unfinished or not built.
Result<std::vector<ShellPipeline>> parse_shell(std::string_view text);

}  // namespace muster
