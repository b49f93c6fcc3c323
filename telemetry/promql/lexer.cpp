// PromQL's lexer with the states and the messages of prometheus/prometheus promql/parser/lex.go: inside
// braces, and inside brackets, other words are valid than outside.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "telemetry/promql/literal.hpp"
#include "telemetry/promql/token.hpp"

namespace muster::promql {

namespace {

constexpr int at_end = -1;

bool is_space(int c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_digit(int c) {
  return c >= '0' && c <= '9';
}
bool is_alpha(int c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_alphanumeric(int c) {
  return is_alpha(c) || is_digit(c);
}

constexpr std::array<std::string_view, 4> word_operators{"and", "or", "unless", "atan2"};
constexpr std::array<std::string_view, 12> aggregators{"sum",  "avg",     "count",        "min",
                                                       "max",  "group",   "stddev",       "stdvar",
                                                       "topk", "bottomk", "count_values", "quantile"};
constexpr std::array<std::string_view, 10> keywords{
    "offset", "by", "without", "on", "ignoring", "group_left", "group_right", "bool", "start", "end"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

TokenKind word_kind(std::string_view word, const std::string& lower) {
  if (contains(word_operators, lower)) return TokenKind::operator_word;
  if (contains(aggregators, lower)) return TokenKind::aggregator;
  if (contains(keywords, lower)) return TokenKind::keyword;
  if (lower == "inf" || lower == "nan") return TokenKind::number;
  return word.find(':') == std::string_view::npos ? TokenKind::identifier : TokenKind::metric_identifier;
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Lexed run() {
    while (!done_) {
      if (peek() == '#') {
        skip_comment();
      } else if (is_space(peek())) {
        start_ = ++at_;
      } else if (in_braces_) {
        lex_in_braces();
      } else {
        lex_outside();
      }
    }
    return std::move(out_);
  }

 private:
  int peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? static_cast<unsigned char>(text_[at_ + ahead]) : at_end;
  }
  bool accept(std::string_view characters) {
    const int c = peek();
    if (c == at_end || characters.find(static_cast<char>(c)) == std::string_view::npos) return false;
    ++at_;
    return true;
  }
  void accept_run(std::string_view characters) {
    while (accept(characters)) {
    }
  }
  void emit(TokenKind kind, std::string lower = {}) {
    out_.tokens.push_back({kind, text_.substr(start_, at_ - start_), start_, std::move(lower)});
    start_ = at_;
    done_ = kind == TokenKind::end;
  }
  void emit_operator() { emit(TokenKind::operator_word, std::string(text_.substr(start_, at_ - start_))); }
  void fail(std::string message) {
    out_.error = std::move(message);
    out_.tokens.push_back({TokenKind::error, text_.substr(start_), start_, {}});
    done_ = true;
  }
  // The character at `at` in Go's %q of a rune.
  std::string shown(std::size_t at) const {
    if (at >= text_.size()) return "'\\uffff'";
    const char c = text_[at];
    std::size_t length = 1;
    while (at + length < text_.size() && (static_cast<unsigned char>(text_[at + length]) & 0xC0) == 0x80)
      ++length;
    if (c == '\'') return "'\\''";
    const std::string quoted = quote(text_.substr(at, length));
    return c == '"' ? "'\"'" : "'" + quoted.substr(1, quoted.size() - 2) + "'";
  }
  void skip_comment() {
    while (peek() != at_end && peek() != '\n') ++at_;
    start_ = at_;
  }

  void lex_outside();
  void lex_in_braces();
  bool lex_bracket_or_brace(int c);
  bool lex_comparison(int c);
  void lex_end();
  void lex_colon();
  void lex_word();
  void lex_string();
  void lex_raw_string();
  bool lex_escape();
  void lex_duration();
  void lex_number_or_duration();
  bool scan_number();
  bool scan_rest_of_duration();

  std::string_view text_;
  std::size_t at_ = 0, start_ = 0;
  int open_parens_ = 0;
  bool in_braces_ = false, in_brackets_ = false, had_colon_ = false, done_ = false;
  Lexed out_;
};

void Lexer::lex_outside() {
  const int c = peek();
  if (c == at_end) return lex_end();
  if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return lex_number_or_duration();
  if (c == ':') return lex_colon();
  if (is_alpha(c) && in_brackets_) return lex_colon();
  if (is_alpha(c)) return lex_word();
  if (c == '"' || c == '\'') return lex_string();
  if (c == '`') return lex_raw_string();
  ++at_;
  if (lex_comparison(c) || lex_bracket_or_brace(c)) return;
  constexpr std::string_view arithmetic = "*/%+-^";
  if (c == ',') return emit(TokenKind::comma);
  if (c == '@') return emit(TokenKind::at);
  if (arithmetic.find(static_cast<char>(c)) != std::string_view::npos) return emit_operator();
  fail("unexpected character: " + shown(start_));
}

void Lexer::lex_end() {
  if (open_parens_ != 0) return fail("unclosed left parenthesis");
  if (in_brackets_) return fail("unclosed left bracket");
  emit(TokenKind::end);
}

bool Lexer::lex_comparison(int c) {
  if (c == '=' && peek() == '~') {
    fail("unexpected character after '=': " + shown(at_));
  } else if (c == '=' && peek() != '=') {
    emit(TokenKind::equal);
  } else if (c == '!' && peek() != '=') {
    fail("unexpected character after '!': " + shown(at_));
  } else if (c == '=' || c == '!' || c == '<' || c == '>') {
    accept("=");
    emit_operator();
  } else {
    return false;
  }
  return true;
}

bool Lexer::lex_bracket_or_brace(int c) {
  if (c == '(') {
    emit(TokenKind::left_paren);
    ++open_parens_;
  } else if (c == ')') {
    if (--open_parens_ >= 0) {
      emit(TokenKind::right_paren);
    } else {
      start_ = at_;  // the message points behind it
      fail("unexpected right parenthesis ')'");
    }
  } else if (c == '{') {
    emit(TokenKind::left_brace);
    in_braces_ = true;
  } else if (c == '[' && in_brackets_) {
    fail("unexpected left bracket '['");
  } else if (c == '[') {
    emit(TokenKind::left_bracket);
    had_colon_ = false;
    while (is_space(peek())) start_ = ++at_;
    in_brackets_ = true;
    lex_duration();
  } else if (c == ']' && !in_brackets_) {
    fail("unexpected right bracket ']'");
  } else if (c == ']') {
    emit(TokenKind::right_bracket);
    in_brackets_ = false;
  } else {
    return false;
  }
  return true;
}

void Lexer::lex_in_braces() {
  const int c = peek();
  if (c == at_end) return fail("unexpected end of input inside braces");
  if (is_alpha(c)) {
    while (is_alphanumeric(peek())) ++at_;
    return emit(TokenKind::identifier);
  }
  if (c == '"' || c == '\'') return lex_string();
  if (c == '`') return lex_raw_string();
  ++at_;
  if (c == ',') return emit(TokenKind::comma);
  if (c == '=') return accept("~") ? emit(TokenKind::equal_regex) : emit(TokenKind::equal);
  if (c == '!' && accept("~")) return emit(TokenKind::not_regex);
  if (c == '!' && accept("=")) return emit_operator();
  if (c == '!') return fail("unexpected character after '!' inside braces: " + shown(at_));
  if (c == '{') return fail("unexpected left brace '{'");
  if (c != '}') return fail("unexpected character inside braces: " + shown(start_));
  emit(TokenKind::right_brace);
  in_braces_ = false;
}

// In brackets a colon separates a subquery's range and step; outside it begins a metric name.
void Lexer::lex_colon() {
  if (!in_brackets_) return lex_word();
  const std::size_t here = at_++;
  if (had_colon_) return fail("unexpected colon " + shown(here));
  had_colon_ = true;
  emit(TokenKind::colon);
}

void Lexer::lex_word() {
  while (is_alphanumeric(peek()) || peek() == ':') ++at_;
  const std::string_view word = text_.substr(start_, at_ - start_);
  std::string lower = lower_case(word);
  const TokenKind kind = word_kind(word, lower);
  emit(kind, std::move(lower));
}

void Lexer::lex_string() {
  const int delimiter = peek();
  ++at_;
  while (peek() != delimiter) {
    if (peek() == at_end || peek() == '\n') return fail("unterminated quoted string");
    const bool escape = peek() == '\\';
    ++at_;
    if (escape && !lex_escape()) return;
  }
  ++at_;
  emit(TokenKind::string);
}

// One escape, whose letter comes next; the text is undone later, here only its form is checked.
bool Lexer::lex_escape() {
  const int c = peek();
  constexpr std::string_view simple = "abfnrtv\\\"'";
  if (c == at_end) {
    fail("escape sequence not terminated");
    return false;
  }
  if (static_cast<char>(c) == text_[start_] || (c != '"' && c != '\'' && accept(simple))) {
    if (static_cast<char>(c) == text_[start_]) ++at_;
    return true;
  }
  const std::size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 3;
  const bool octal = c >= '0' && c <= '7';
  if (digits == 3 && !octal) {
    fail(fmt::format("unknown escape sequence U+{:04X} {}", c, shown(at_)));
    return false;
  }
  if (!octal) ++at_;
  for (std::size_t i = 0; i < digits; ++i) {
    if (accept(octal ? "01234567" : "0123456789abcdefABCDEF")) continue;
    fail(peek() == at_end
             ? "escape sequence not terminated"
             : fmt::format("invalid character U+{:04X} {} in escape sequence", peek(), shown(at_)));
    return false;
  }
  return true;
}

void Lexer::lex_raw_string() {
  ++at_;
  while (peek() != '`') {
    if (peek() == at_end) return fail("unterminated raw string");
    ++at_;
  }
  ++at_;
  emit(TokenKind::string);
}

void Lexer::lex_duration() {
  if (scan_number()) return fail("missing unit character in duration");
  if (scan_rest_of_duration()) return emit(TokenKind::duration);
  fail("bad duration syntax: " + quote(text_.substr(start_, at_ - start_)));
}

void Lexer::lex_number_or_duration() {
  if (scan_number()) return emit(TokenKind::number);
  if (scan_rest_of_duration()) return emit(TokenKind::duration);
  fail("bad number or duration syntax: " + quote(text_.substr(start_, at_ - start_)));
}

// True if a whole number was read: nothing alphanumeric follows.
bool Lexer::scan_number() {
  const bool hex = accept("0") && accept("xX");
  const std::string_view digits = hex ? "0123456789abcdefABCDEF" : "0123456789";
  accept_run(digits);
  if (accept(".")) accept_run(digits);
  if (accept("eE")) {
    accept("+-");
    accept_run("0123456789");
  }
  return !is_alphanumeric(peek());
}

bool Lexer::scan_rest_of_duration() {
  if (!accept("smhdwy")) return false;
  accept("s");  // of "ms"; a wrong unit such as "hs" is found when the duration is read
  while (accept("0123456789")) {
    accept_run("0123456789");
    if (!accept("smhdw")) return false;
    accept("s");
  }
  return !is_alphanumeric(peek());
}

}  // namespace

Lexed lex(std::string_view text) {
  return Lexer(text).run();
}

}  // namespace muster::promql
