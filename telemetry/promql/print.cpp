// The canonical form of an expression, as Prometheus shows it in /api/v1/rules (promql/parser/printer.go).
#include <fmt/format.h>

#include <algorithm>

#include "telemetry/promql/functions.hpp"
#include "telemetry/promql/literal.hpp"
#include "telemetry/promql/promql.hpp"

namespace muster::promql {

namespace {

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string print_shift(const TimeShift& shift) {
  std::string out;
  if (shift.at_unix_ms) out += fmt::format(" @ {:.3f}", static_cast<double>(*shift.at_unix_ms) / 1000);
  if (shift.bound == TimeShift::Bound::start) out += " @ start()";
  if (shift.bound == TimeShift::Bound::end) out += " @ end()";
  if (shift.offset_ms > 0) out += " offset " + format_duration_ms(shift.offset_ms);
  if (shift.offset_ms < 0) out += " offset -" + format_duration_ms(-shift.offset_ms);
  return out;
}

std::string print_matcher(const Matcher& matcher) {
  static constexpr const char* operators[] = {"=", "!=", "=~", "!~"};
  return matcher.name + operators[static_cast<std::size_t>(matcher.kind)] + quote(matcher.value);
}

// Without the time shift, which stands behind the range if there is one.
std::string print_selector(const VectorSelector& selector) {
  std::vector<std::string> matchers;
  for (const Matcher& matcher : selector.matchers) {
    const bool name = matcher.name == "__name__" && matcher.kind == Matcher::Kind::equal &&
                      !selector.name.empty() && matcher.value == selector.name;
    if (!name) matchers.push_back(print_matcher(matcher));
  }
  if (matchers.empty()) return selector.name;
  std::sort(matchers.begin(), matchers.end());
  return fmt::format("{}{{{}}}", selector.name, fmt::join(matchers, ","));
}

std::string print_matching(const Matching& matching) {
  if (matching.labels.empty() && !matching.on) return {};
  std::string out = fmt::format(" {} ({})", matching.on ? "on" : "ignoring", joined(matching.labels));
  const bool left = matching.card == Matching::Card::many_to_one;
  if (left || matching.card == Matching::Card::one_to_many)
    out += fmt::format(" group_{} ({})", left ? "left" : "right", joined(matching.include));
  return out;
}

struct Printer {
  std::string operator()(const NumberLiteral& node) const { return format_short(node.value); }
  std::string operator()(const StringLiteral& node) const { return quote(node.value); }
  std::string operator()(const VectorSelector& node) const {
    return print_selector(node) + print_shift(node.shift);
  }
  std::string operator()(const MatrixSelector& node) const {
    const auto& selector = *node.selector->as<VectorSelector>();
    return fmt::format("{}[{}]{}", print_selector(selector), format_duration_ms(node.range_ms),
                       print_shift(selector.shift));
  }
  std::string operator()(const Subquery& node) const {
    const std::string step = node.step_ms ? format_duration_ms(node.step_ms) : "";
    return fmt::format("{}[{}:{}]{}", print(*node.inner), format_duration_ms(node.range_ms), step,
                       print_shift(node.shift));
  }
  std::string operator()(const Paren& node) const { return "(" + print(*node.inner) + ")"; }
  std::string operator()(const Unary& node) const {
    return (node.negative ? "-" : "+") + print(*node.operand);
  }
  std::string operator()(const Binary& node) const {
    return fmt::format("{} {}{}{} {}", print(*node.left), symbol(node.op), node.returns_bool ? " bool" : "",
                       print_matching(node.matching), print(*node.right));
  }
  std::string operator()(const Aggregation& node) const {
    std::string out = symbol(node.op);
    if (node.without) {
      out += fmt::format(" without ({}) ", joined(node.grouping));
    } else if (!node.grouping.empty()) {
      out += fmt::format(" by ({}) ", joined(node.grouping));
    }
    out += "(";
    if (node.parameter) out += print(*node.parameter) + ", ";
    return out + print(*node.operand) + ")";
  }
  std::string operator()(const Call& node) const {
    std::vector<std::string> arguments;
    for (const ExpressionPtr& argument : node.arguments) arguments.push_back(print(*argument));
    return fmt::format("{}({})", node.function->name, joined(arguments));
  }
};

}  // namespace

std::string print(const Expression& expression) {
  return std::visit(Printer{}, expression.node);
}

}  // namespace muster::promql
