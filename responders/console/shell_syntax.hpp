// The console's grammar as a tree: a part of the shell command language (POSIX.1-2017, XCU 2) with bash's [[
// ]] and (( )). Not built, and said so: background jobs, case, select, other expansions than ${NAME}.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/result.hpp"

namespace muster {

/// A part of a word: literal text, the name of a variable, a command whose output stands here, or an
/// expression whose number stands here.
struct WordPiece {
  enum class Kind : std::uint8_t { text, variable, command, arithmetic };
  enum class Quote : std::uint8_t { none, backslash, single, twice };
  std::string text;
  Kind kind = Kind::text;
  Quote quote = Quote::none;
  bool braces = false;                ///< ${NAME}
  std::vector<WordPiece> inner = {};  ///< of an arithmetic expression: its text, with what is replaced in it

  /// A quoted variable or output is one field even if it has blanks.
  bool quoted() const { return quote != Quote::none; }
  friend bool operator==(const WordPiece&, const WordPiece&) = default;
};

struct ShellWord {
  std::vector<WordPiece> pieces;
  /// Some part was in quotes: an empty word stays a word.
  bool quoted() const;
  friend bool operator==(const ShellWord&, const ShellWord&) = default;
};

struct Redirection {
  enum class Kind : std::uint8_t { write, append, read, join, here_document, here_text };
  Kind kind = Kind::write;
  int descriptor = 1;  ///< 1 = stdout, 2 = stderr, 0 = both of them (&>)
  int joined = 1;      ///< join: the descriptor whose place it takes (2>&1)
  ShellWord target;    ///< the file; of a here-document its end mark
  ShellWord body;      ///< of a here-document
  friend bool operator==(const Redirection&, const Redirection&) = default;
};

struct ShellCompound;

/// A command with its words, or (if `compound` has one element) a control structure, with its redirections.
struct SimpleCommand {
  std::vector<ShellWord> words;
  std::vector<Redirection> redirections;
  std::vector<ShellCompound> compound;
  friend bool operator==(const SimpleCommand& a, const SimpleCommand& b);
};

struct ShellPipeline {
  enum class When : std::uint8_t { always, if_succeeded, if_failed };
  When when = When::always;  ///< after ; or newline, after &&, after ||
  bool negated = false;      ///< after !
  std::vector<SimpleCommand> stages;
  friend bool operator==(const ShellPipeline&, const ShellPipeline&) = default;
};

using ShellScript = std::vector<ShellPipeline>;

struct ShellCompound {
  enum class Kind : std::uint8_t { for_, while_, until, if_, group, subshell, function };
  Kind kind = Kind::group;
  std::string name;              ///< of a function, or of the variable of a for
  bool over_arguments = false;   ///< a for without "in": over "$@"
  std::vector<ShellWord> words;  ///< what a for goes through
  /// for, group, subshell, function: the body. while, until: the condition, the body. if: conditions and what
  /// they lead to in turn, then what stands behind else, if it is there.
  std::vector<ShellScript> parts;
  friend bool operator==(const ShellCompound&, const ShellCompound&) = default;
};

/// The commands of a script and of its control structures, in the order of the text.
std::vector<const SimpleCommand*> commands_in(const ShellScript& script);

/// Error: invalid_input naming what is unfinished or not built.
Result<ShellScript> parse_shell(std::string_view text);
/// Whether more lines could finish `text`: an open quote, a pipe at the end, a here-document without its end.
bool shell_is_unfinished(std::string_view text);
/// The command as it is typed, with single blanks between its parts. parse_shell gives the same tree again.
std::string print_shell(const ShellScript& script);
std::string print_word(const ShellWord& word);

}  // namespace muster
