#include <fmt/format.h>

#include <set>

#include "telemetry/promql/parser.hpp"
#include "telemetry/promql/promql.hpp"

namespace muster::promql {

namespace {

// "line:column", both from 1; columns count bytes.
std::string position(std::string_view text, std::size_t at) {
  std::size_t line = 1, line_begin = 0;
  for (std::size_t i = 0; i < at && i < text.size(); ++i) {
    if (text[i] != '\n') continue;
    ++line;
    line_begin = i + 1;
  }
  return fmt::format("{}:{}", line, at - line_begin + 1);
}

void collect_names(const Expression& expression, std::set<std::string>& names) {
  if (const auto* selector = expression.as<VectorSelector>()) {
    for (const Matcher& matcher : selector->matchers)
      if (matcher.name == "__name__" && matcher.kind == Matcher::Kind::equal) names.insert(matcher.value);
  }
  for_each_child(expression, [&](const Expression& child) { collect_names(child, names); });
}

Error error_of(const Mistake& mistake, std::string_view text) {
  return invalid_input(fmt::format("{}: parse error: {}", position(text, mistake.at), mistake.message));
}

}  // namespace

Result<std::shared_ptr<const Expression>> parse(std::string_view text) {
  Parser parser(text);
  if (ExpressionPtr root = parser.parse()) return root;
  return error_of(parser.mistake(), text);
}

Result<VectorSelector> parse_metric_selector(std::string_view text) {
  Parser parser(text);
  if (const ExpressionPtr root = parser.parse_metric_selector()) return *root->as<VectorSelector>();
  return error_of(parser.mistake(), text);
}

std::vector<std::string> metric_names(const Expression& expression) {
  std::set<std::string> names;
  collect_names(expression, names);
  return {names.begin(), names.end()};
}

}  // namespace muster::promql
