// The words of PromQL and how error messages name them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace muster::promql {

enum class TokenKind {
  end,
  error,  ///< the lexer gave up; its message is in Lexed
  // punctuation
  comma,
  colon,
  left_paren,
  right_paren,
  left_brace,
  right_brace,
  left_bracket,
  right_bracket,
  at,
  equal,  ///< in braces
  not_regex,
  equal_regex,
  // with a text
  identifier,
  metric_identifier,  ///< with a colon in it
  string,
  number,
  duration,
  operator_word,  ///< arithmetic, comparison and set operators; also "!=" in braces
  aggregator,
  keyword
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;
  std::size_t begin = 0;
  std::string lower;  ///< of operators, aggregators and keywords

  bool is(TokenKind wanted) const { return kind == wanted; }
  bool is_keyword(std::string_view word) const { return kind == TokenKind::keyword && lower == word; }
  bool is_operator(std::string_view word) const { return kind == TokenKind::operator_word && lower == word; }
};

/// `identifier "x"`, `"("`, `<op:+>`, `<aggr:sum>`, `<by>`, `end of input`: Prometheus' words for a token.
std::string describe(const Token& token);

struct Lexed {
  std::vector<Token> tokens;  ///< the last one is `end` or `error`
  std::string error;          ///< what the lexer could not read, at the error token's place
};

/// Splits `text` into tokens. They refer to `text`, which must live longer.
Lexed lex(std::string_view text);

}  // namespace muster::promql
