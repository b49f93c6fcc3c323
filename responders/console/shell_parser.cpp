#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "responders/console/shell_syntax.hpp"

namespace muster {
namespace {

bool is_name_char(char c, bool first) {
  return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (!first && c >= '0' && c <= '9');
}

using Quote = WordPiece::Quote;

/// Words that begin what this console has not, where a command is expected.
constexpr std::array<std::string_view, 12> control_words{
    "if", "for", "while", "until", "case", "function", "select", "{", "!", "[[", "((", "do"};

class ShellParser {
 public:
  explicit ShellParser(std::string_view text, bool inside = false) : text_(text), inside_(inside) {}

  Result<std::vector<ShellPipeline>> parse() {
    while (skip_to_command()) {
      const auto parsed = pipeline();
      if (!parsed) return parsed.error();
    }
    if (wants_command_) return unfinished();
    if (inside_ && done()) return open_end("syntax error: a command substitution ($(...)) is not closed");
    return std::move(pipelines_);
  }

  bool wants_more() const { return wants_more_; }
  std::size_t position() const { return at_; }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool starts(std::string_view token) const { return text_.substr(at_).starts_with(token); }
  bool take(std::string_view token) {
    if (!starts(token)) return false;
    at_ += token.size();
    return true;
  }
  bool done() const { return at_ >= text_.size(); }
  /// The ")" of the command substitution that this text is in.
  bool at_close() const { return inside_ && peek() == ')'; }

  /// More lines could put it right.
  Error open_end(const char* message) {
    wants_more_ = true;
    return invalid_input(message);
  }
  Error unfinished() { return open_end("syntax error: a command is missing at the end of the line"); }
  static Error unexpected(std::string_view token) {
    return invalid_input(fmt::format("syntax error near unexpected token `{}'", token));
  }
  static Error not_built(std::string_view what) {
    return invalid_input(fmt::format("{} is not built in this console", what));
  }

  void skip_blanks() {
    while (!done()) {
      if (peek() == ' ' || peek() == '\t')
        ++at_;
      else if (!take("\\\n"))
        return;
    }
  }

  void skip_comment() {
    if (peek() == '#')
      while (!done() && peek() != '\n') ++at_;
  }

  /// Passes blanks, newlines and comments; false at the end.
  bool skip_to_command() {
    for (;;) {
      skip_blanks();
      skip_comment();
      if (!take_newline()) return !done() && !at_close();
    }
  }

  /// Passes the bodies of here-documents too.
  bool take_newline() {
    if (peek() != '\n') return false;
    at_ = here_end_ > at_ ? here_end_ : at_ + 1;
    return true;
  }

  Result<void> pipeline() {
    ShellPipeline result;
    result.when = next_when_;
    do {
      if (!skip_to_command()) return unfinished();
      SimpleCommand command;
      const auto parsed = simple_command(command);
      if (!parsed) return parsed;
      result.stages.push_back(std::move(command));
    } while (!starts("||") && take("|"));
    pipelines_.push_back(std::move(result));
    return separator();
  }

  Result<void> separator() {
    next_when_ = ShellPipeline::When::always;
    wants_command_ = false;
    if (take("&&"))
      next_when_ = ShellPipeline::When::if_succeeded;
    else if (take("||"))
      next_when_ = ShellPipeline::When::if_failed;
    else if (starts("&"))
      return not_built("running in the background (&)");
    else if (take(";") || take_newline() || done() || at_close())
      return {};
    else
      return unexpected(text_.substr(at_, 1));
    wants_command_ = true;
    return {};
  }

  bool at_end_of_command() const {
    const char c = peek();
    return done() || c == '\n' || c == ';' || c == '|' || (c == '&' && !starts("&>")) || at_close();
  }

  Result<void> simple_command(SimpleCommand& command) {
    for (;;) {
      skip_blanks();
      skip_comment();
      if (at_end_of_command()) break;
      const auto part = is_redirection() ? redirection(command) : word(command);
      if (!part) return part;
    }
    if (command.words.empty() && command.redirections.empty())
      return done() ? Result<void>(unfinished()) : unexpected(text_.substr(at_, 1));
    return refuse_control(command);
  }

  static Result<void> refuse_control(const SimpleCommand& command) {
    if (command.words.empty() || command.words.front().pieces.size() != 1) return {};
    const WordPiece& first = command.words.front().pieces.front();
    if (first.quoted() || first.kind != WordPiece::Kind::text) return {};
    if (std::find(control_words.begin(), control_words.end(), first.text) == control_words.end()) return {};
    return not_built(fmt::format("the control structure `{}`", first.text));
  }

  bool is_redirection() const {
    const char c = peek();
    return c == '<' || c == '>' || starts("&>") || ((c == '1' || c == '2') && peek(1) == '>');
  }

  Result<void> redirection(SimpleCommand& command) {
    Redirection result;
    if (take("&")) result.descriptor = 0;
    if (peek() == '2') result.descriptor = 2;
    if (peek() == '1' || peek() == '2') ++at_;
    using Kind = Redirection::Kind;
    if (take("<<<"))
      result.kind = Kind::here_text;
    else if (take("<<"))
      result.kind = Kind::here_document;
    else if (take(">&"))
      return join(command, std::move(result));
    else if (take(">>"))
      result.kind = Kind::append;
    else if (take("<"))
      result.kind = Kind::read;
    else
      take(">");
    skip_blanks();
    if (at_end_of_command()) return done() ? unexpected("newline") : unexpected(text_.substr(at_, 1));
    const auto target = read_word(result.target);
    if (!target) return target;
    if (result.kind == Kind::here_document) {
      const auto body = here_document(result);
      if (!body) return body;
    }
    command.redirections.push_back(std::move(result));
    return {};
  }

  Result<void> join(SimpleCommand& command, Redirection result) {
    if (peek() != '1' && peek() != '2') return not_built("a redirection to another descriptor than 1 and 2");
    result.kind = Redirection::Kind::join;
    result.joined = text_[at_++] - '0';
    command.redirections.push_back(std::move(result));
    return {};
  }

  /// Its lines begin below the line that is being read, or below an earlier here-document of that line.
  Result<void> here_document(Redirection& result) {
    std::string mark;
    for (const WordPiece& piece : result.target.pieces) mark += piece.text;
    std::size_t from = here_end_ > at_ ? here_end_ : text_.find('\n', at_);
    if (from == std::string_view::npos) return open_end("syntax error: a here-document (<<) has no text");
    if (here_end_ <= at_) ++from;
    for (std::size_t line = from; line < text_.size();) {
      const std::size_t end = std::min(text_.find('\n', line), text_.size());
      if (text_.substr(line, end - line) == mark) {
        here_end_ = std::min(end + 1, text_.size());
        return here_body(result, text_.substr(from, line - from));
      }
      line = end + 1;
    }
    return open_end("syntax error: a here-document (<<) is not closed");
  }

  /// Variables and commands in it are replaced unless its mark was quoted.
  static Result<void> here_body(Redirection& result, std::string_view text) {
    bool quoted = false;
    for (const WordPiece& piece : result.target.pieces) quoted = quoted || piece.quoted();
    if (quoted) {
      result.body.pieces.push_back(WordPiece{std::string(text), WordPiece::Kind::text, Quote::single});
      return {};
    }
    ShellParser inner(text);
    return inner.read_here_text(result.body);
  }

  Result<void> read_here_text(ShellWord& word) {
    while (!done()) {
      Result<void> part;
      if (peek() == '$' || peek() == '`') {
        part = substitution(word, Quote::twice);
      } else {
        if (peek() == '\\' && std::string_view("\\$`").find(peek(1)) != std::string_view::npos) ++at_;
        add_text(word, peek(), Quote::twice);
        ++at_;
      }
      if (!part) return part;
    }
    return {};
  }

  Result<void> word(SimpleCommand& command) {
    ShellWord result;
    const auto read = read_word(result);
    if (!read) return read;
    command.words.push_back(std::move(result));
    return {};
  }

  static void add_text(ShellWord& word, char c, Quote quote) {
    if (word.pieces.empty() || word.pieces.back().kind != WordPiece::Kind::text ||
        word.pieces.back().quote != quote)
      word.pieces.push_back(WordPiece{{}, WordPiece::Kind::text, quote});
    word.pieces.back().text += c;
  }

  Result<void> read_word(ShellWord& word) {
    while (!done()) {
      const char c = peek();
      if (c == ' ' || c == '\t' || c == '<' || c == '>' || at_end_of_command()) return {};
      Result<void> part;
      if (take("\\\n")) continue;
      if (c == '\'')
        part = single_quotes(word);
      else if (c == '"')
        part = double_quotes(word);
      else if (c == '$' || c == '`')
        part = substitution(word, Quote::none);
      else if (c == '(' || c == ')')
        part = not_built("a subshell (...)");
      else
        plain(word);
      if (!part) return part;
    }
    return {};
  }

  void plain(ShellWord& word) {
    if (peek() == '\\' && at_ + 1 < text_.size()) {
      ++at_;
      add_text(word, peek(), Quote::backslash);
    } else {
      add_text(word, peek(), Quote::none);
    }
    ++at_;
  }

  Result<void> single_quotes(ShellWord& word) {
    const auto end = text_.find('\'', at_ + 1);
    if (end == std::string_view::npos) return open_end("syntax error: a single quote (') is not closed");
    word.pieces.push_back(
        WordPiece{std::string(text_.substr(at_ + 1, end - at_ - 1)), WordPiece::Kind::text, Quote::single});
    at_ = end + 1;
    return {};
  }

  Result<void> double_quotes(ShellWord& word) {
    ++at_;
    if (peek() == '"') word.pieces.push_back(WordPiece{{}, WordPiece::Kind::text, Quote::twice});
    while (!done()) {
      const char c = peek();
      if (c == '"') {
        ++at_;
        return {};
      }
      if (c == '$' || c == '`') {
        const auto part = substitution(word, Quote::twice);
        if (!part) return part;
        continue;
      }
      if (take("\\\n")) continue;
      if (c == '\\' && std::string_view("\"\\$`").find(peek(1)) != std::string_view::npos) ++at_;
      add_text(word, peek(), Quote::twice);
      ++at_;
    }
    return open_end("syntax error: a double quote (\") is not closed");
  }

  Result<void> substitution(ShellWord& word, Quote quote) {
    if (peek() == '`') return backquotes(word, quote);
    if (starts("$((")) return not_built("arithmetic ($((...)))");
    return starts("$(") ? command(word, quote) : variable(word, quote);
  }

  Result<void> command(ShellWord& word, Quote quote) {
    at_ += 2;
    ShellParser inner(text_.substr(at_), true);
    const auto parsed = inner.parse();
    wants_more_ = wants_more_ || inner.wants_more();
    if (!parsed) return parsed.error();
    word.pieces.push_back(
        WordPiece{std::string(text_.substr(at_, inner.position())), WordPiece::Kind::command, quote});
    at_ += inner.position() + 1;
    return {};
  }

  Result<void> backquotes(ShellWord& word, Quote quote) {
    std::string inner;
    for (++at_; !done() && peek() != '`'; ++at_) {
      if (peek() == '\\' && std::string_view("\\$`").find(peek(1)) != std::string_view::npos) ++at_;
      inner += peek();
    }
    if (!take("`")) return open_end("syntax error: a command substitution (`...`) is not closed");
    word.pieces.push_back(WordPiece{std::move(inner), WordPiece::Kind::command, quote});
    return {};
  }

  Result<void> variable(ShellWord& word, Quote quote) {
    ++at_;
    const bool braces = take("{");
    std::string name;
    if (peek() == '?') name = text_[at_++];
    while (name != "?" && is_name_char(peek(), name.empty())) name += text_[at_++];
    if (braces && !take("}")) return not_built("a parameter expansion other than ${NAME}");
    if (name.empty())
      add_text(word, '$', quote);
    else
      word.pieces.push_back(WordPiece{name, WordPiece::Kind::variable, quote, braces});
    return {};
  }

  std::string_view text_;
  bool inside_;  // of $(...): a ")" ends the text
  std::size_t at_ = 0;
  std::size_t here_end_ = 0;  // one past the last here-document of the present line
  bool wants_more_ = false;
  std::vector<ShellPipeline> pipelines_;
  ShellPipeline::When next_when_ = ShellPipeline::When::always;
  bool wants_command_ = false;
};

}  // namespace

Result<std::vector<ShellPipeline>> parse_shell(std::string_view text) {
  return ShellParser(text).parse();
}

bool shell_is_unfinished(std::string_view text) {
  if (text.ends_with('\\') && !text.ends_with("\\\\")) return true;
  ShellParser parser(text);
  return !parser.parse() && parser.wants_more();
}

}  // namespace muster
