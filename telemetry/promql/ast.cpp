#include "telemetry/promql/ast.hpp"

#include <algorithm>

#include "telemetry/promql/functions.hpp"

namespace muster::promql {

const char* documented_name(ValueType type) {
  switch (type) {
    case ValueType::none:
      return "none";
    case ValueType::scalar:
      return "scalar";
    case ValueType::vector:
      return "instant vector";
    case ValueType::matrix:
      return "range vector";
    case ValueType::string:
      return "string";
  }
  return "none";
}

const char* symbol(Operator op) {
  static constexpr const char* symbols[] = {
      "+", "-", "*", "/", "%", "^", "atan2", "==", "!=", ">", "<", ">=", "<=", "and", "or", "unless"};
  return symbols[static_cast<std::size_t>(op)];
}

const char* symbol(Aggregator op) {
  static constexpr const char* symbols[] = {"sum",  "avg",     "count",        "min",
                                            "max",  "group",   "stddev",       "stdvar",
                                            "topk", "bottomk", "count_values", "quantile"};
  return symbols[static_cast<std::size_t>(op)];
}

bool Matcher::matches(std::string_view label_value) const {
  switch (kind) {
    case Kind::equal:
      return label_value == value;
    case Kind::not_equal:
      return label_value != value;
    case Kind::regex:
      return pattern->matches(label_value);
    case Kind::not_regex:
      return !pattern->matches(label_value);
  }
  return false;
}

namespace {

struct TypeOf {
  ValueType operator()(const NumberLiteral&) const { return ValueType::scalar; }
  ValueType operator()(const StringLiteral&) const { return ValueType::string; }
  ValueType operator()(const VectorSelector&) const { return ValueType::vector; }
  ValueType operator()(const MatrixSelector&) const { return ValueType::matrix; }
  ValueType operator()(const Subquery&) const { return ValueType::matrix; }
  ValueType operator()(const Paren& node) const { return type_of(*node.inner); }
  ValueType operator()(const Unary& node) const { return type_of(*node.operand); }
  ValueType operator()(const Binary& node) const {
    const bool scalars =
        type_of(*node.left) == ValueType::scalar && type_of(*node.right) == ValueType::scalar;
    return scalars ? ValueType::scalar : ValueType::vector;
  }
  ValueType operator()(const Aggregation&) const { return ValueType::vector; }
  ValueType operator()(const Call& node) const { return node.function->result; }
};

}  // namespace

ValueType type_of(const Expression& expression) {
  return std::visit(TypeOf{}, expression.node);
}

const Expression& without_parens(const Expression& expression) {
  const Expression* inner = &expression;
  while (const auto* paren = inner->as<Paren>()) inner = paren->inner.get();
  return *inner;
}

int id_bound(const Expression& root) {
  int bound = root.id + 1;
  for_each_child(root, [&](const Expression& child) { bound = std::max(bound, id_bound(child)); });
  return bound;
}

}  // namespace muster::promql
