// Recursive-descent parser of PromQL with operator precedence; private to this folder (see promql.hpp).
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "telemetry/promql/ast.hpp"
#include "telemetry/promql/token.hpp"

namespace muster::promql {

/// Expressions nested deeper are refused, so that no text can exhaust the stack.
inline constexpr int max_nesting = 100;
/// Height of the tree: a chain of this many operators.
inline constexpr int max_height = 1000;

/// The first mistake found.
struct Mistake {
  std::size_t at = 0;  ///< byte of the text
  std::string message;
};

class Parser {
 public:
  explicit Parser(std::string_view text);
  /// Null pointer after a mistake.
  ExpressionPtr parse();
  /// A vector selector and nothing else: no offset, no @, no brackets, `{}` allowed.
  ExpressionPtr parse_metric_selector();
  const Mistake& mistake() const { return mistake_; }

 private:
  using Node = std::shared_ptr<Expression>;

  // tokens
  const Token& token() const { return lexed_.tokens[at_]; }
  const Token& next_token() const { return lexed_.tokens[std::min(at_ + 1, lexed_.tokens.size() - 1)]; }
  void advance();
  bool accept(TokenKind kind);

  // What a parsing function returns after a mistake: no node, or false.
  struct Failed {
    template <class T>
    operator std::shared_ptr<T>() const {  // NOLINT: implicit on purpose
      return nullptr;
    }
    operator bool() const { return false; }  // NOLINT: implicit on purpose
  };
  Failed fail(std::size_t at, std::string message);
  Failed unexpected(std::string_view context = {}, std::string_view expected = {});

  // expressions (parse_expression.cpp)
  Node parse_expression(int least_precedence);
  Node parse_unary();
  Node parse_postfixes(Node node);
  Node parse_primary();
  Node parse_paren();
  Node parse_call();
  Node parse_aggregation();
  bool parse_arguments(std::vector<ExpressionPtr>& arguments);
  bool parse_matching(Binary& binary);
  bool parse_grouping_labels(std::vector<std::string>& labels);
  Node finish_aggregation(std::size_t begin, Aggregation aggregation, std::vector<ExpressionPtr> arguments);

  // selectors and literals (parse_selector.cpp)
  Node parse_selector();
  bool parse_matchers(VectorSelector& selector);
  bool parse_matcher(VectorSelector& selector);
  Node parse_range(Node node);
  Node parse_subquery(Node node, std::int64_t range_ms);
  Node parse_offset(Node node);
  Node parse_at(Node node);
  bool parse_at_number(Expression& node, TimeShift& shift);
  bool parse_duration(std::int64_t& ms);
  Node parse_number();
  Node parse_string();
  TimeShift* shift_of(Expression& node);

  template <class Syntax>
  Node make(std::size_t begin, Syntax syntax) {
    auto node = std::make_shared<Expression>();
    node->node = std::move(syntax);
    node->begin = begin;
    return finish(std::move(node));
  }
  Node finish(Node node);

  std::string_view text_;
  Lexed lexed_;
  std::size_t at_ = 0;
  std::size_t last_end_ = 0;  // of the token consumed last
  int next_id_ = 0;
  int nesting_ = 0;
  int in_aggregation_ = 0;
  bool failed_ = false;
  Mistake mistake_;
};

/// Checks types and argument counts of a parsed tree as Prometheus does; false after a mistake.
bool check_types(const Expression& root, std::string_view text, Mistake& mistake);

}  // namespace muster::promql
