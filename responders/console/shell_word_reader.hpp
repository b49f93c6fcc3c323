// Reads the words and redirections of the shell's grammar; private to the parser.
#pragma once

#include "responders/console/shell_syntax.hpp"

namespace muster {

/// Goes through a text from its beginning; `closers` > 0 while a ")" ends what is being read.
class WordReader {
 public:
  /// `nesting`: in how many substitutions and control structures the text lies.
  WordReader(std::string_view text, int closers, int nesting = 0)
      : text_(text), closers_(closers), nesting_(nesting) {}
  bool wants_more() const { return wants_more_; }
  std::size_t position() const { return at_; }
  Result<void> read_here_text(ShellWord& word);

 protected:
  using Quote = WordPiece::Quote;

  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool starts(std::string_view token) const { return text_.substr(at_).starts_with(token); }
  bool take(std::string_view token) {
    if (!starts(token)) return false;
    at_ += token.size();
    return true;
  }
  bool done() const { return at_ >= text_.size(); }
  /// The ")" of the command substitution or subshell that this text is in.
  bool at_close() const { return closers_ > 0 && peek() == ')'; }

  /// More lines could put it right.
  Error open_end(const std::string& message);
  static Error unexpected(std::string_view token);
  static Error not_built(std::string_view what);

  void skip_blanks();
  Result<void> arithmetic(ShellWord& word, Quote quote);
  bool at_end_of_command() const;
  bool is_redirection() const;
  Result<void> redirection(SimpleCommand& command);
  Result<void> join(SimpleCommand& command, Redirection result);
  /// Its lines begin below the line that is being read, or below an earlier here-document of that line.
  Result<void> here_document(Redirection& result);
  /// Variables and commands in it are replaced unless its mark was quoted.
  static Result<void> here_body(Redirection& result, std::string_view text);
  static void add_text(ShellWord& word, char c, Quote quote);
  Result<void> read_word(ShellWord& word);
  void plain(ShellWord& word);
  Result<void> single_quotes(ShellWord& word);
  Result<void> double_quotes(ShellWord& word);
  Result<void> substitution(ShellWord& word, Quote quote);
  Result<void> command(ShellWord& word, Quote quote);
  Result<void> backquotes(ShellWord& word, Quote quote);
  Result<void> variable(ShellWord& word, Quote quote);

  std::string_view text_;
  int closers_, nesting_;
  std::size_t at_ = 0;
  std::size_t here_end_ = 0;  // one past the last here-document of the present line
  bool wants_more_ = false;
};

bool is_name_char(char c, bool first);
/// Substitutions and control structures in each other, at most; the readers are recursive.
inline constexpr int deepest_shell = 100;
Error nested_too_deeply();
/// Parses the text of a "$(" up to its ")", at `length`. `wants_more` is set if more lines could finish it.
Result<void> parse_inside(std::string_view text, int nesting, std::size_t& length, bool& wants_more);

}  // namespace muster
