// The grammar's commands: pipelines, lists and control structures.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "responders/console/shell_word_reader.hpp"

namespace muster {
namespace {

using Words = std::span<const std::string_view>;

/// Words that end or divide a control structure, and so begin no command.
constexpr std::array<std::string_view, 8> dividers{"do", "done", "then", "elif", "else", "fi", "}", "esac"};

bool is_among(Words words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class ShellParser : public WordReader {
 public:
  using WordReader::WordReader;

  Result<ShellScript> parse() {
    ShellScript script;
    const auto read = commands_up_to({}, script);
    if (!read) return read.error();
    if (closers_ > 0 && done())
      return open_end("syntax error: a command substitution ($(...)) is not closed");
    return script;
  }

 private:
  Error unfinished() { return open_end("syntax error: a command is missing at the end of the line"); }

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

  /// The unquoted word that stands here, if it is one that a blank or an operator ends; it is not passed.
  std::string_view plain_word() const {
    const std::size_t end = std::min(text_.find_first_of(" \t\n;|&<>()\\'\"$`", at_), text_.size());
    const bool ends =
        end == text_.size() || std::string_view(" \t\n;|&<>()").find(text_[end]) != std::string_view::npos;
    return ends ? text_.substr(at_, end - at_) : std::string_view();
  }

  /// Reads pipelines until one of `ends` stands where a command could, which is left to be read; without any
  /// until the end of the text, or its ")".
  Result<void> commands_up_to(Words ends, ShellScript& script) {
    const auto when = std::exchange(next_when_, ShellPipeline::When::always);
    const bool wanted = std::exchange(wants_command_, false);
    while (skip_to_command()) {
      if (!wants_command_ && is_among(ends, plain_word())) break;
      const auto parsed = pipeline(script);
      if (!parsed) return parsed;
    }
    if (wants_command_) return unfinished();
    if (!ends.empty() && (done() || at_close()))
      return open_end(fmt::format("syntax error: `{}' is missing at the end of the line", ends.front()));
    if (!ends.empty() && script.empty()) return unexpected(plain_word());
    next_when_ = when;
    wants_command_ = wanted;
    return {};
  }

  Result<void> pipeline(ShellScript& script) {
    ShellPipeline result;
    result.when = next_when_;
    for (; plain_word() == "!"; skip_blanks()) {
      result.negated = !result.negated;
      ++at_;
    }
    do {
      if (!skip_to_command()) return unfinished();
      SimpleCommand read;
      const auto parsed = any_command(read);
      if (!parsed) return parsed;
      result.stages.push_back(std::move(read));
    } while (!starts("||") && take("|"));
    script.push_back(std::move(result));
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
    else if (starts(";;"))
      return unexpected(";;");
    else if (take(";") || take_newline() || done() || at_close())
      return {};
    else
      return unexpected(text_.substr(at_, 1));
    wants_command_ = true;
    return {};
  }

  Result<void> any_command(SimpleCommand& command) {
    const std::string_view word = plain_word();
    if (is_among(dividers, word)) return unexpected(word);
    if (word == "case" || word == "select") return not_built(fmt::format("the control structure `{}`", word));
    if (word == "[[") return conditional(command);
    if (starts("((")) return arithmetic_command(command);
    const bool structure = word == "for" || word == "while" || word == "until" || word == "if" ||
                           word == "{" || peek() == '(' || word == "function" || begins_function();
    return structure ? compound_command(command) : simple_command(command);
  }

  Result<void> simple_command(SimpleCommand& command) {
    for (;;) {
      skip_blanks();
      skip_comment();
      if (at_end_of_command()) break;
      const auto part = is_redirection() ? redirection(command) : next_word(command.words);
      if (!part) return part;
    }
    if (!command.words.empty() || !command.redirections.empty()) return {};
    return done() ? Result<void>(unfinished()) : unexpected(text_.substr(at_, 1));
  }

  Result<void> next_word(std::vector<ShellWord>& words) {
    ShellWord result;
    const auto read = read_word(result);
    if (!read) return read;
    words.push_back(std::move(result));
    return {};
  }

  /// [[ ... ]]: its operators are words of their own.
  Result<void> conditional(SimpleCommand& command) {
    for (;;) {
      while (skip_blanks(), take_newline()) {
      }
      if (done()) return open_end("syntax error: `]]' is missing at the end of the line");
      const std::string_view plain = plain_word();
      static constexpr std::array<std::string_view, 6> operators{"&&", "||", "(", ")", "<", ">"};
      const auto found =
          std::find_if(operators.begin(), operators.end(), [&](auto each) { return starts(each); });
      if (found != operators.end()) {
        command.words.push_back(ShellWord{{WordPiece{std::string(*found)}}});
        at_ += found->size();
      } else if (starts(";") || starts("&") || starts("|")) {
        return unexpected(text_.substr(at_, 1));
      } else if (const auto read = operand(command.words); !read) {
        return read;
      }
      if (plain == "]]") return trailing_redirections(command);
    }
  }

  /// A word of [[ ]]; behind =~ brackets and bars are the expression's.
  Result<void> operand(std::vector<ShellWord>& words) {
    const std::size_t end = std::min(text_.find_first_of(" \t\n", at_), text_.size());
    const std::string_view expression = text_.substr(at_, end - at_);
    const bool raw = !words.empty() && words.back() == ShellWord{{WordPiece{"=~"}}} &&
                     expression.find_first_of("$'\"`\\") == std::string_view::npos;
    if (!raw) return next_word(words);
    words.push_back(ShellWord{{WordPiece{std::string(expression)}}});
    at_ = end;
    return {};
  }

  /// ((...)): the words "((" and the expression.
  Result<void> arithmetic_command(SimpleCommand& command) {
    command.words.push_back(ShellWord{{WordPiece{"(("}}});
    --at_;  // the reader of "$((" takes the character before the brackets for granted
    ShellWord expression;
    const auto read = arithmetic(expression, Quote::none);
    if (!read) return read;
    command.words.push_back(std::move(expression));
    return trailing_redirections(command);
  }

  Result<void> trailing_redirections(SimpleCommand& command) {
    for (skip_blanks(); is_redirection(); skip_blanks())
      if (const auto read = redirection(command); !read) return read;
    skip_comment();
    return at_end_of_command() ? Result<void>() : unexpected(text_.substr(at_, 1));
  }

  // ---- control structures ----
  using Kind = ShellCompound::Kind;

  /// NAME ()
  bool begins_function() const {
    std::size_t at = at_;
    while (at < text_.size() && is_name_char(text_[at], at == at_)) ++at;
    if (at == at_) return false;
    at = std::min(text_.find_first_not_of(" \t", at), text_.size());
    return text_.substr(at).starts_with("()");
  }

  Result<void> compound_command(SimpleCommand& command) {
    if (nesting_ >= deepest_shell) return nested_too_deeply();
    ++nesting_;
    ShellCompound compound;
    const std::string_view word = plain_word();
    Result<void> read;
    if (word == "for")
      read = for_loop(compound);
    else if (word == "while" || word == "until")
      read = while_loop(compound);
    else if (word == "if")
      read = branches(compound);
    else if (word == "{")
      read = group(compound);
    else if (peek() == '(')
      read = subshell(compound);
    else
      read = function(compound);
    --nesting_;
    if (!read) return read;
    command.compound.push_back(std::move(compound));
    return trailing_redirections(command);
  }

  /// Passes a word that must stand here.
  Result<void> expect(std::string_view word) {
    if (!skip_to_command())
      return done() ? Result<void>(
                          open_end(fmt::format("syntax error: `{}' is missing at the end of the line", word)))
                    : unexpected(text_.substr(at_, 1));
    if (plain_word() != word) return unexpected(plain_word().empty() ? text_.substr(at_, 1) : plain_word());
    at_ += word.size();
    return {};
  }

  /// A list of commands that the word `end` ends, which is passed.
  Result<void> part(ShellCompound& compound, std::string_view end) {
    ShellScript script;
    const auto read = commands_up_to(Words(&end, 1), script);
    if (!read) return read;
    compound.parts.push_back(std::move(script));
    at_ += end.size();
    return {};
  }

  Result<void> for_loop(ShellCompound& compound) {
    compound.kind = Kind::for_;
    at_ += 3;
    skip_blanks();
    if (starts("((")) return not_built("the control structure `for ((...))`");
    while (is_name_char(peek(), compound.name.empty())) compound.name += text_[at_++];
    if (compound.name.empty()) return done() ? Result<void>(unfinished()) : unexpected(text_.substr(at_, 1));
    skip_blanks();
    compound.over_arguments = plain_word() != "in";
    if (!compound.over_arguments) {
      at_ += 2;
      for (skip_blanks(); !at_end_of_command(); skip_blanks())
        if (const auto read = next_word(compound.words); !read) return read;
    }
    if (starts(";")) ++at_;
    if (const auto read = expect("do"); !read) return read;
    return part(compound, "done");
  }

  Result<void> while_loop(ShellCompound& compound) {
    compound.kind = plain_word() == "while" ? Kind::while_ : Kind::until;
    at_ += 5;
    if (const auto read = part(compound, "do"); !read) return read;
    return part(compound, "done");
  }

  Result<void> branches(ShellCompound& compound) {
    compound.kind = Kind::if_;
    static constexpr std::array<std::string_view, 3> ends{"fi", "elif", "else"};
    for (std::string_view word = "if"; word != "fi"; word = plain_word()) {
      at_ += word.size();
      if (word != "else")
        if (const auto condition = part(compound, "then"); !condition) return condition;
      ShellScript script;
      const auto read = commands_up_to(word == "else" ? Words(ends).first(1) : Words(ends), script);
      if (!read) return read;
      compound.parts.push_back(std::move(script));
    }
    at_ += 2;
    return {};
  }

  Result<void> group(ShellCompound& compound) {
    ++at_;
    return part(compound, "}");
  }

  Result<void> subshell(ShellCompound& compound) {
    compound.kind = Kind::subshell;
    ++at_;
    ++closers_;
    ShellScript script;
    const auto read = commands_up_to({}, script);
    --closers_;
    if (!read) return read;
    if (!take(")")) return open_end("syntax error: a subshell (...) is not closed");
    if (script.empty()) return unexpected(")");
    compound.parts.push_back(std::move(script));
    return {};
  }

  Result<void> function(ShellCompound& compound) {
    compound.kind = Kind::function;
    if (plain_word() == "function") {
      at_ += 8;
      skip_blanks();
    }
    while (is_name_char(peek(), compound.name.empty())) compound.name += text_[at_++];
    skip_blanks();
    take("()");
    if (const auto read = expect("{"); !read) return read;
    return part(compound, "}");
  }

  ShellPipeline::When next_when_ = ShellPipeline::When::always;
  bool wants_command_ = false;
};

}  // namespace

Error nested_too_deeply() {
  return invalid_input(fmt::format("more than {} control structures in each other", deepest_shell));
}

Result<void> parse_inside(std::string_view text, int nesting, std::size_t& length, bool& wants_more) {
  if (nesting > deepest_shell) return nested_too_deeply();
  ShellParser inner(text, 1, nesting);
  const auto parsed = inner.parse();
  wants_more = wants_more || inner.wants_more();
  length = inner.position();
  return parsed ? Result<void>() : parsed.error();
}

Result<ShellScript> parse_shell(std::string_view text) {
  return ShellParser(text, 0).parse();
}

bool shell_is_unfinished(std::string_view text) {
  if (text.ends_with('\\') && !text.ends_with("\\\\")) return true;
  ShellParser parser(text, 0);
  return !parser.parse() && parser.wants_more();
}

std::vector<const SimpleCommand*> commands_in(const ShellScript& script) {
  std::vector<const SimpleCommand*> found;
  for (const ShellPipeline& pipeline : script) {
    for (const SimpleCommand& stage : pipeline.stages) {
      if (stage.compound.empty()) found.push_back(&stage);
      for (const ShellCompound& compound : stage.compound)
        for (const ShellScript& part : compound.parts)
          for (const SimpleCommand* inner : commands_in(part)) found.push_back(inner);
    }
  }
  return found;
}

}  // namespace muster
