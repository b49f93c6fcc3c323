#include <fmt/format.h>

#include "responders/console/shell_syntax.hpp"

namespace muster {
namespace {

bool is_name_char(char c, bool first) {
  return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (!first && c >= '0' && c <= '9');
}

class ShellParser {
 public:
  explicit ShellParser(std::string_view text) : text_(text) {}

  Result<std::vector<ShellPipeline>> parse() {
    while (skip_to_command()) {
      const auto parsed = pipeline();
      if (!parsed) return parsed.error();
    }
    if (wants_command_) return unfinished();
    return std::move(pipelines_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool starts(std::string_view token) const { return text_.substr(at_).starts_with(token); }
  bool take(std::string_view token) {
    if (!starts(token)) return false;
    at_ += token.size();
    return true;
  }
  bool done() const { return at_ >= text_.size(); }

  static Error unfinished() {
    return invalid_input("syntax error: a command is missing at the end of the line");
  }
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
      if (!take("\n")) return !done();
    }
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
    else if (take(";") || take("\n") || done())
      return {};
    else
      return unexpected(text_.substr(at_, 1));
    wants_command_ = true;
    return {};
  }

  bool at_end_of_command() const {
    const char c = peek();
    return done() || c == '\n' || c == ';' || c == '|' || (c == '&' && !starts("&>"));
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
      return done() ? unfinished() : unexpected(text_.substr(at_, 1));
    return {};
  }

  bool is_redirection() const {
    const char c = peek();
    return c == '<' || c == '>' || starts("&>") || ((c == '1' || c == '2') && peek(1) == '>');
  }

  Result<void> redirection(SimpleCommand& command) {
    Redirection result;
    if (starts("&>")) return not_built("&>");
    if (peek() == '2') result.descriptor = 2;
    if (peek() == '1' || peek() == '2') ++at_;
    if (take("<<")) return not_built("a here-document (<<)");
    if (take(">&1") && result.descriptor == 2) {
      result.kind = Redirection::Kind::error_to_output;
      command.redirections.push_back(std::move(result));
      return {};
    }
    if (take(">>"))
      result.kind = Redirection::Kind::append;
    else if (take("<"))
      result.kind = Redirection::Kind::read;
    else if (!take(">"))
      return unexpected(">&");
    skip_blanks();
    if (at_end_of_command()) return unexpected("newline");
    const auto target = read_word(result.target);
    if (!target) return target;
    command.redirections.push_back(std::move(result));
    return {};
  }

  Result<void> word(SimpleCommand& command) {
    ShellWord result;
    const auto read = read_word(result);
    if (!read) return read;
    command.words.push_back(std::move(result));
    return {};
  }

  static void add_text(ShellWord& word, char c, bool quoted) {
    if (word.pieces.empty() || word.pieces.back().variable || word.pieces.back().quoted != quoted)
      word.pieces.push_back(WordPiece{{}, false, quoted});
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
      else if (c == '$')
        part = variable(word, false);
      else if (c == '`')
        part = not_built("command substitution (`...`)");
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
      add_text(word, peek(), true);
    } else {
      add_text(word, peek(), false);
    }
    ++at_;
  }

  Result<void> single_quotes(ShellWord& word) {
    const auto end = text_.find('\'', at_ + 1);
    if (end == std::string_view::npos) return invalid_input("syntax error: a single quote (') is not closed");
    word.quoted = true;
    word.pieces.push_back(WordPiece{std::string(text_.substr(at_ + 1, end - at_ - 1)), false, true});
    at_ = end + 1;
    return {};
  }

  Result<void> double_quotes(ShellWord& word) {
    word.quoted = true;
    ++at_;
    while (!done()) {
      const char c = peek();
      if (c == '"') {
        ++at_;
        return {};
      }
      if (c == '`') return not_built("command substitution (`...`)");
      if (c == '$') {
        const auto part = variable(word, true);
        if (!part) return part;
        continue;
      }
      if (take("\\\n")) continue;
      if (c == '\\' && std::string_view("\"\\$`").find(peek(1)) != std::string_view::npos) ++at_;
      add_text(word, peek(), true);
      ++at_;
    }
    return invalid_input("syntax error: a double quote (\") is not closed");
  }

  Result<void> variable(ShellWord& word, bool quoted) {
    if (starts("$(")) return not_built("command substitution ($(...))");
    ++at_;
    const bool braces = take("{");
    std::string name;
    if (peek() == '?') name = text_[at_++];
    while (name != "?" && is_name_char(peek(), name.empty())) name += text_[at_++];
    if (braces && !take("}")) return not_built("a parameter expansion other than ${NAME}");
    if (name.empty())
      add_text(word, '$', quoted);
    else
      word.pieces.push_back(WordPiece{name, true, quoted});
    return {};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<ShellPipeline> pipelines_;
  ShellPipeline::When next_when_ = ShellPipeline::When::always;
  bool wants_command_ = false;
};

}  // namespace

Result<std::vector<ShellPipeline>> parse_shell(std::string_view text) {
  return ShellParser(text).parse();
}

}  // namespace muster
