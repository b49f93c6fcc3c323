// The checks of prometheus/prometheus promql/parser/parse.go (checkAST), in its order, since the first
// mistake is shown.
#include <fmt/format.h>

#include "telemetry/promql/functions.hpp"
#include "telemetry/promql/literal.hpp"
#include "telemetry/promql/parser.hpp"

namespace muster::promql {

namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_operand(ValueType type) {
  return type == ValueType::scalar || type == ValueType::vector;
}

class Checker {
 public:
  Checker(std::string_view text, Mistake& mistake) : text_(text), mistake_(mistake) {}

  bool check(const Expression& expression) {
    return std::visit([&](const auto& node) { return check_node(node, expression); }, expression.node);
  }

 private:
  bool fail(std::size_t at, std::string message) {
    mistake_ = {at, std::move(message)};
    return false;
  }

  bool expect(const Expression& expression, ValueType wanted, const std::string& context) {
    if (!check(expression)) return false;
    const ValueType type = type_of(expression);
    if (type == wanted) return true;
    return fail(expression.begin, fmt::format("expected type {} in {}, got {}", documented_name(wanted),
                                              context, documented_name(type)));
  }

  bool check_node(const NumberLiteral&, const Expression&) { return true; }
  bool check_node(const StringLiteral&, const Expression&) { return true; }
  bool check_node(const Paren& node, const Expression&) { return check(*node.inner); }
  bool check_node(const MatrixSelector& node, const Expression&) { return check(*node.selector); }

  bool check_node(const VectorSelector& node, const Expression& at) {
    if (!node.name.empty()) {
      for (std::size_t i = 0; i + 1 < node.matchers.size(); ++i) {
        if (node.matchers[i].name != "__name__") continue;
        return fail(at.begin, fmt::format("metric name must not be set twice: {} or {}", quote(node.name),
                                          quote(node.matchers[i].value)));
      }
      return true;
    }
    for (const Matcher& matcher : node.matchers)
      if (!matcher.matches("")) return true;
    return fail(at.begin, "vector selector must contain at least one non-empty matcher");
  }

  bool check_node(const Subquery& node, const Expression& at) {
    if (!check(*node.inner)) return false;
    const ValueType type = type_of(*node.inner);
    if (type == ValueType::vector) return true;
    const char* name = type == ValueType::matrix ? "matrix" : documented_name(type);
    return fail(at.begin, fmt::format("subquery is only allowed on instant vector, got {} instead", name));
  }

  bool check_node(const Unary& node, const Expression& at) {
    if (!check(*node.operand)) return false;
    const ValueType type = type_of(*node.operand);
    if (is_operand(type)) return true;
    return fail(at.begin,
                fmt::format("unary expression only allowed on expressions of type scalar or instant vector, "
                            "got \"{}\"",
                            documented_name(type)));
  }

  bool check_node(const Aggregation& node, const Expression&) {
    if (!expect(*node.operand, ValueType::vector, "aggregation expression")) return false;
    if (!node.parameter) return true;
    const bool text = node.op == Aggregator::count_values;
    return expect(*node.parameter, text ? ValueType::string : ValueType::scalar, "aggregation parameter");
  }

  bool check_node(const Call& node, const Expression& at) {
    const Function& function = *node.function;
    if (!check_argument_count(function, node.arguments.size(), at)) return false;
    const std::string context = fmt::format("call to function \"{}\"", function.name);
    for (std::size_t i = 0; i < node.arguments.size(); ++i) {
      const std::size_t declared = std::min(i, function.arguments.size() - 1);
      if (!expect(*node.arguments[i], function.arguments[declared], context)) return false;
    }
    return true;
  }

  bool check_argument_count(const Function& function, std::size_t count, const Expression& at) {
    const std::size_t declared = function.arguments.size();
    if (function.variadic == 0) {
      if (count == declared) return true;
      return fail(at.begin, fmt::format("expected {} argument(s) in call to \"{}\", got {}", declared,
                                        function.name, count));
    }
    const std::size_t least = declared - 1;
    if (count < least) {
      return fail(at.begin, fmt::format("expected at least {} argument(s) in call to \"{}\", got {}", least,
                                        function.name, count));
    }
    const std::size_t most = least + static_cast<std::size_t>(std::max(function.variadic, 0));
    if (function.variadic < 0 || count <= most) return true;
    return fail(at.begin, fmt::format("expected at most {} argument(s) in call to \"{}\", got {}", most,
                                      function.name, count));
  }

  // Where the operator stands: behind the left side and its white space.
  std::size_t operator_at(const Binary& node) const {
    std::size_t at = node.left->end;
    while (at < text_.size() && is_space(text_[at])) ++at;
    return at;
  }

  bool check_node(const Binary& node, const Expression& at) {
    if (!check(*node.left) || !check(*node.right)) return false;
    if (node.returns_bool && !is_comparison(node.op))
      return fail(operator_at(node), "bool modifier can only be used on comparison operators");
    const ValueType left = type_of(*node.left), right = type_of(*node.right);
    const bool scalars = left == ValueType::scalar && right == ValueType::scalar;
    if (is_comparison(node.op) && !node.returns_bool && scalars)
      return fail(operator_at(node), "comparisons between scalars must use BOOL modifier");
    if (!check_include(node)) return false;
    constexpr const char* wrong_type = "binary expression must contain only scalar and instant vector types";
    if (!is_operand(left)) return fail(node.left->begin, wrong_type);
    if (!is_operand(right)) return fail(node.right->begin, wrong_type);
    return check_matching(node, left == ValueType::vector && right == ValueType::vector, at);
  }

  bool check_include(const Binary& node) {
    if (!node.matching.on) return true;
    for (const std::string& label : node.matching.labels) {
      for (const std::string& included : node.matching.include) {
        if (label != included) continue;
        return fail(operator_at(node),
                    fmt::format("label {} must not occur in ON and GROUP clause at once", quote(label)));
      }
    }
    return true;
  }

  bool check_matching(const Binary& node, bool vectors, const Expression& at) {
    const bool grouped = node.matching.card == Matching::Card::many_to_one ||
                         node.matching.card == Matching::Card::one_to_many;
    if (!vectors && !node.matching.labels.empty())
      return fail(at.begin, "vector matching only allowed between instant vectors");
    if (!is_set_operator(node.op)) return true;
    if (vectors && grouped)
      return fail(at.begin, fmt::format("no grouping allowed for \"{}\" operation", symbol(node.op)));
    if (vectors) return true;
    return fail(at.begin,
                fmt::format("set operator \"{}\" not allowed in binary scalar expression", symbol(node.op)));
  }

  std::string_view text_;
  Mistake& mistake_;
};

}  // namespace

bool check_types(const Expression& root, std::string_view text, Mistake& mistake) {
  return Checker(text, mistake).check(root);
}

}  // namespace muster::promql
