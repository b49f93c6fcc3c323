#include "responders/console/shell_word_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace muster {

bool is_name_char(char c, bool first) {
  return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (!first && c >= '0' && c <= '9');
}

Error WordReader::open_end(const std::string& message) {
  wants_more_ = true;
  return invalid_input(message);
}
Error WordReader::unexpected(std::string_view token) {
  return invalid_input(fmt::format("syntax error near unexpected token `{}'", token));
}
Error WordReader::not_built(std::string_view what) {
  return invalid_input(fmt::format("{} is not built in this console", what));
}

void WordReader::skip_blanks() {
  while (!done()) {
    if (peek() == ' ' || peek() == '\t')
      ++at_;
    else if (!take("\\\n"))
      return;
  }
}

/// "$((" up to its "))": brackets inside must match, and what stands in it is replaced as in double quotes.
Result<void> WordReader::arithmetic(ShellWord& word, Quote quote) {
  std::size_t end = at_ + 3;
  for (int open = 0; end < text_.size() && (open > 0 || !text_.substr(end).starts_with("))")); ++end)
    open += text_[end] == '(' ? 1 : text_[end] == ')' ? -1 : 0;
  if (end >= text_.size()) return open_end("syntax error: an expression ($((...))) is not closed");
  WordPiece piece{std::string(text_.substr(at_ + 3, end - at_ - 3)), WordPiece::Kind::arithmetic, quote};
  ShellWord inner;
  WordReader reader(piece.text, 0);
  const auto read = reader.read_here_text(inner);
  if (!read) return read;
  piece.inner = std::move(inner.pieces);
  word.pieces.push_back(std::move(piece));
  at_ = end + 2;
  return {};
}

bool WordReader::at_end_of_command() const {
  const char c = peek();
  return done() || c == '\n' || c == ';' || c == '|' || (c == '&' && !starts("&>")) || at_close();
}

bool WordReader::is_redirection() const {
  const char c = peek();
  return c == '<' || c == '>' || starts("&>") || ((c == '1' || c == '2') && peek(1) == '>');
}

Result<void> WordReader::redirection(SimpleCommand& command) {
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

Result<void> WordReader::join(SimpleCommand& command, Redirection result) {
  if (peek() != '1' && peek() != '2') return not_built("a redirection to another descriptor than 1 and 2");
  result.kind = Redirection::Kind::join;
  result.joined = text_[at_++] - '0';
  command.redirections.push_back(std::move(result));
  return {};
}

Result<void> WordReader::here_document(Redirection& result) {
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

Result<void> WordReader::here_body(Redirection& result, std::string_view text) {
  bool quoted = false;
  for (const WordPiece& piece : result.target.pieces) quoted = quoted || piece.quoted();
  if (quoted) {
    result.body.pieces.push_back(WordPiece{std::string(text), WordPiece::Kind::text, Quote::single});
    return {};
  }
  WordReader inner(text, 0);
  return inner.read_here_text(result.body);
}

Result<void> WordReader::read_here_text(ShellWord& word) {
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

void WordReader::add_text(ShellWord& word, char c, Quote quote) {
  if (word.pieces.empty() || word.pieces.back().kind != WordPiece::Kind::text ||
      word.pieces.back().quote != quote)
    word.pieces.push_back(WordPiece{{}, WordPiece::Kind::text, quote});
  word.pieces.back().text += c;
}

Result<void> WordReader::read_word(ShellWord& word) {
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
      return unexpected(text_.substr(at_, 1));
    else
      plain(word);
    if (!part) return part;
  }
  return {};
}

void WordReader::plain(ShellWord& word) {
  if (peek() == '\\' && at_ + 1 < text_.size()) {
    ++at_;
    add_text(word, peek(), Quote::backslash);
  } else {
    add_text(word, peek(), Quote::none);
  }
  ++at_;
}

Result<void> WordReader::single_quotes(ShellWord& word) {
  const auto end = text_.find('\'', at_ + 1);
  if (end == std::string_view::npos) return open_end("syntax error: a single quote (') is not closed");
  word.pieces.push_back(
      WordPiece{std::string(text_.substr(at_ + 1, end - at_ - 1)), WordPiece::Kind::text, Quote::single});
  at_ = end + 1;
  return {};
}

Result<void> WordReader::double_quotes(ShellWord& word) {
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

Result<void> WordReader::substitution(ShellWord& word, Quote quote) {
  if (peek() == '`') return backquotes(word, quote);
  if (starts("$((")) return arithmetic(word, quote);
  return starts("$(") ? command(word, quote) : variable(word, quote);
}

Result<void> WordReader::command(ShellWord& word, Quote quote) {
  at_ += 2;
  std::size_t length = 0;
  const auto parsed = parse_inside(text_.substr(at_), nesting_ + 1, length, wants_more_);
  if (!parsed) return parsed.error();
  word.pieces.push_back(WordPiece{std::string(text_.substr(at_, length)), WordPiece::Kind::command, quote});
  at_ += length + 1;
  return {};
}

Result<void> WordReader::backquotes(ShellWord& word, Quote quote) {
  std::string inner;
  for (++at_; !done() && peek() != '`'; ++at_) {
    if (peek() == '\\' && std::string_view("\\$`").find(peek(1)) != std::string_view::npos) ++at_;
    inner += peek();
  }
  if (!take("`")) return open_end("syntax error: a command substitution (`...`) is not closed");
  word.pieces.push_back(WordPiece{std::move(inner), WordPiece::Kind::command, quote});
  return {};
}

Result<void> WordReader::variable(ShellWord& word, Quote quote) {
  ++at_;
  const bool braces = take("{");
  std::string name;
  const bool special = std::string_view("?@*#123456789").find(peek()) != std::string_view::npos && !done();
  if (special) name = text_[at_++];
  while (!special && is_name_char(peek(), name.empty())) name += text_[at_++];
  if (braces && !take("}")) return not_built("a parameter expansion other than ${NAME}");
  if (name.empty())
    add_text(word, '$', quote);
  else
    word.pieces.push_back(WordPiece{name, WordPiece::Kind::variable, quote, braces});
  return {};
}

}  // namespace muster
