// The syntax tree of a PromQL expression (Prometheus 2.42's grammar). Immutable once parsed.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "telemetry/promql/pattern.hpp"

namespace muster::promql {

struct Expression;
struct Function;
using ExpressionPtr = std::shared_ptr<const Expression>;

enum class ValueType { none, scalar, vector, matrix, string };

/// "instant vector", "range vector", "scalar", "string", as Prometheus' messages and documentation say.
const char* documented_name(ValueType type);

enum class Operator { add, sub, mul, div, mod, pow, atan2, eq, ne, gt, lt, ge, le, and_, or_, unless };

/// "+", "and", "==".
const char* symbol(Operator op);
inline bool is_comparison(Operator op) {
  return op >= Operator::eq && op <= Operator::le;
}
inline bool is_set_operator(Operator op) {
  return op >= Operator::and_;
}

enum class Aggregator {
  sum,
  avg,
  count,
  min,
  max,
  group,
  stddev,
  stdvar,
  topk,
  bottomk,
  count_values,
  quantile
};

const char* symbol(Aggregator op);
inline bool takes_parameter(Aggregator op) {
  return op >= Aggregator::topk;
}

/// One label condition of a selector.
struct Matcher {
  enum class Kind { equal, not_equal, regex, not_regex };
  Kind kind = Kind::equal;
  std::string name, value;
  std::shared_ptr<const Pattern> pattern;  ///< of the two regex kinds

  /// An absent label matches as "".
  bool matches(std::string_view label_value) const;
};

/// `offset 5m` and `@ 1700000000`: where a selector looks, seen from the evaluation time.
struct TimeShift {
  enum class Bound { none, start, end };  // `@ start()`, `@ end()`
  std::int64_t offset_ms = 0;
  std::optional<std::int64_t> at_unix_ms;
  Bound bound = Bound::none;

  bool has_at() const { return at_unix_ms.has_value() || bound != Bound::none; }
};

struct NumberLiteral {
  double value = 0;
};
struct StringLiteral {
  std::string value;
};
struct VectorSelector {
  std::string name;               ///< before the braces; may be empty
  std::vector<Matcher> matchers;  ///< with one for the name if that is given
  TimeShift shift;
};
struct MatrixSelector {
  ExpressionPtr selector;  ///< a VectorSelector, whose shift counts
  std::int64_t range_ms = 0;
};
struct Subquery {
  ExpressionPtr inner;
  std::int64_t range_ms = 0;
  std::int64_t step_ms = 0;  ///< 0 = the engine's default
  TimeShift shift;
};
struct Paren {
  ExpressionPtr inner;
};
struct Unary {
  bool negative = false;
  ExpressionPtr operand;
};
/// How the two sides of a binary operation find each other.
struct Matching {
  enum class Card { one_to_one, many_to_one, one_to_many, many_to_many };
  Card card = Card::one_to_one;
  bool on = false;
  std::vector<std::string> labels, include;
};
struct Binary {
  Operator op = Operator::add;
  ExpressionPtr left, right;
  bool returns_bool = false;
  Matching matching;  ///< of two vectors
};
struct Aggregation {
  Aggregator op = Aggregator::sum;
  ExpressionPtr operand, parameter;
  bool without = false;
  std::vector<std::string> grouping;
};
struct Call {
  const Function* function = nullptr;
  std::vector<ExpressionPtr> arguments;
};

struct Expression {
  std::variant<NumberLiteral, StringLiteral, VectorSelector, MatrixSelector, Subquery, Paren, Unary, Binary,
               Aggregation, Call>
      node;
  std::size_t begin = 0, end = 0;  ///< bytes of the source text
  int id = 0;                      ///< unique within the parsed text, from 0
  int height = 1;                  ///< of the tree below and with this node

  template <class Node>
  const Node* as() const {
    return std::get_if<Node>(&node);
  }
};

ValueType type_of(const Expression& expression);

/// Without the brackets around it, if any.
const Expression& without_parens(const Expression& expression);

/// How many node ids the text of this tree uses at most: one more than the greatest.
int id_bound(const Expression& root);

/// Calls `visit` for every direct child, in source order.
template <class Visit>
void for_each_child(const Expression& parent, Visit&& visit) {
  struct Walk {
    Visit& visit;
    void operator()(const NumberLiteral&) {}
    void operator()(const StringLiteral&) {}
    void operator()(const VectorSelector&) {}
    void operator()(const MatrixSelector& node) { visit(*node.selector); }
    void operator()(const Subquery& node) { visit(*node.inner); }
    void operator()(const Paren& node) { visit(*node.inner); }
    void operator()(const Unary& node) { visit(*node.operand); }
    void operator()(const Binary& node) {
      visit(*node.left);
      visit(*node.right);
    }
    void operator()(const Aggregation& node) {
      if (node.parameter) visit(*node.parameter);
      visit(*node.operand);
    }
    void operator()(const Call& node) {
      for (const ExpressionPtr& argument : node.arguments) visit(*argument);
    }
  };
  std::visit(Walk{visit}, parent.node);
}

}  // namespace muster::promql
