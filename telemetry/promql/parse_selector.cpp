#include <fmt/format.h>

#include <cmath>

#include "telemetry/promql/literal.hpp"
#include "telemetry/promql/parser.hpp"

namespace muster::promql {

namespace {

// Largest time an @ modifier may name: int64 milliseconds.
constexpr double furthest_seconds = 9.2e15;

bool matcher_kind(const Token& token, Matcher::Kind& kind) {
  if (token.is(TokenKind::equal)) {
    kind = Matcher::Kind::equal;
  } else if (token.is(TokenKind::equal_regex)) {
    kind = Matcher::Kind::regex;
  } else if (token.is(TokenKind::not_regex)) {
    kind = Matcher::Kind::not_regex;
  } else if (token.is_operator("!=")) {
    kind = Matcher::Kind::not_equal;
  } else {
    return false;
  }
  return true;
}

}  // namespace

ExpressionPtr Parser::parse_metric_selector() {
  const bool begins = token().is(TokenKind::left_brace) || token().is(TokenKind::identifier) ||
                      token().is(TokenKind::metric_identifier) || token().is(TokenKind::aggregator);
  if (!begins) return unexpected();
  Node selector = parse_selector();
  if (selector && !token().is(TokenKind::end)) return unexpected();
  return selector;
}

Parser::Node Parser::parse_selector() {
  const std::size_t begin = token().begin;
  VectorSelector selector;
  if (!token().is(TokenKind::left_brace)) {
    selector.name = std::string(token().text);
    advance();
  }
  if (token().is(TokenKind::left_brace) && !parse_matchers(selector)) return nullptr;
  if (!selector.name.empty())
    selector.matchers.push_back({Matcher::Kind::equal, "__name__", selector.name, nullptr});
  return make(begin, std::move(selector));
}

bool Parser::parse_matchers(VectorSelector& selector) {
  advance();
  while (!accept(TokenKind::right_brace)) {
    if (!parse_matcher(selector)) return false;
    if (accept(TokenKind::right_brace)) return true;
    if (!accept(TokenKind::comma)) return unexpected("label matching", "\",\" or \"}\"");
  }
  return true;
}

bool Parser::parse_matcher(VectorSelector& selector) {
  constexpr std::string_view context = "label matching";
  const Token name = token();
  if (!name.is(TokenKind::identifier)) return unexpected(context, "identifier or \"}\"");
  advance();
  Matcher matcher;
  matcher.name = std::string(name.text);
  if (!matcher_kind(token(), matcher.kind)) return unexpected(context, "label matching operator");
  advance();
  if (!token().is(TokenKind::string)) return unexpected(context, "string");
  const auto value = unquote(token().text);
  if (!value) return fail(token().begin, "error unquoting string " + quote(token().text));
  matcher.value = *value;
  advance();
  if (matcher.kind == Matcher::Kind::regex || matcher.kind == Matcher::Kind::not_regex) {
    auto pattern = Pattern::compile(matcher.value);
    if (!pattern) return fail(name.begin, pattern.error().message);
    matcher.pattern = *pattern;
  }
  selector.matchers.push_back(std::move(matcher));
  return true;
}

Parser::Node Parser::parse_postfixes(Node node) {
  while (node) {
    if (token().is(TokenKind::left_bracket)) {
      node = parse_range(std::move(node));
    } else if (token().is_keyword("offset")) {
      node = parse_offset(std::move(node));
    } else if (token().is(TokenKind::at)) {
      node = parse_at(std::move(node));
    } else {
      break;
    }
  }
  return node;
}

Parser::Node Parser::parse_range(Node node) {
  const std::size_t bracket = token().begin;
  advance();
  std::int64_t range_ms = 0;
  if (!token().is(TokenKind::duration)) return unexpected("subquery selector", "duration");
  if (!parse_duration(range_ms)) return nullptr;
  if (token().is(TokenKind::colon)) return parse_subquery(std::move(node), range_ms);
  if (!token().is(TokenKind::right_bracket)) return unexpected("subquery or range", "\":\" or \"]\"");
  const auto* selector = node->as<VectorSelector>();
  if (!selector) return fail(bracket, "ranges only allowed for vector selectors");
  if (selector->shift.offset_ms != 0) return fail(bracket, "no offset modifiers allowed before range");
  if (selector->shift.has_at()) return fail(bracket, "no @ modifiers allowed before range");
  advance();
  const std::size_t begin = node->begin;
  return make(begin, MatrixSelector{std::move(node), range_ms});
}

Parser::Node Parser::parse_subquery(Node node, std::int64_t range_ms) {
  advance();
  Subquery subquery;
  subquery.range_ms = range_ms;
  if (token().is(TokenKind::duration)) {
    if (!parse_duration(subquery.step_ms)) return nullptr;
    if (!token().is(TokenKind::right_bracket)) return unexpected("subquery selector", "\"]\"");
  }
  if (!accept(TokenKind::right_bracket)) return unexpected("subquery selector", "duration or \"]\"");
  const std::size_t begin = node->begin;
  subquery.inner = std::move(node);
  return make(begin, std::move(subquery));
}

// The selector's own time shift, or that of the selector within a range; null if the node has none.
TimeShift* Parser::shift_of(Expression& node) {
  if (auto* selector = std::get_if<VectorSelector>(&node.node)) return &selector->shift;
  if (auto* subquery = std::get_if<Subquery>(&node.node)) return &subquery->shift;
  if (auto* matrix = std::get_if<MatrixSelector>(&node.node)) {
    // The tree is still being built here and nobody else holds it.
    return shift_of(const_cast<Expression&>(*matrix->selector));
  }
  return nullptr;
}

Parser::Node Parser::parse_offset(Node node) {
  advance();
  const bool negative = token().is_operator("-");
  if (negative) advance();
  if (!token().is(TokenKind::duration)) return unexpected("offset", "duration");
  std::int64_t offset_ms = 0;
  if (!parse_duration(offset_ms)) return nullptr;
  TimeShift* shift = shift_of(*node);
  if (!shift) {
    return fail(node->begin,
                "offset modifier must be preceded by an instant vector selector or range vector "
                "selector or a subquery");
  }
  if (shift->offset_ms != 0) return fail(node->begin, "offset may not be set multiple times");
  shift->offset_ms = negative ? -offset_ms : offset_ms;
  node->end = last_end_;
  return node;
}

Parser::Node Parser::parse_at(Node node) {
  advance();
  TimeShift shift;
  const bool bound = token().is_keyword("start") || token().is_keyword("end");
  if (bound) {
    shift.bound = token().is_keyword("start") ? TimeShift::Bound::start : TimeShift::Bound::end;
    advance();
    if (!accept(TokenKind::left_paren) || !accept(TokenKind::right_paren))
      return unexpected("@", "timestamp");
  } else if (!parse_at_number(*node, shift)) {
    return nullptr;
  }
  TimeShift* target = shift_of(*node);
  if (!target) {
    return fail(node->begin,
                "@ modifier must be preceded by an instant vector selector or range vector selector "
                "or a subquery");
  }
  if (target->has_at()) return fail(node->begin, "@ <timestamp> may not be set multiple times");
  target->at_unix_ms = shift.at_unix_ms;
  target->bound = shift.bound;
  node->end = last_end_;
  return node;
}

bool Parser::parse_at_number(Expression& node, TimeShift& shift) {
  const bool negative = token().is_operator("-");
  if (negative || token().is_operator("+")) advance();
  if (!token().is(TokenKind::number)) return unexpected("@", "timestamp");
  const Node number = parse_number();
  if (!number) return false;
  const double seconds = (negative ? -1 : 1) * number->as<NumberLiteral>()->value;
  if (!(std::fabs(seconds) < furthest_seconds)) {
    const std::string shown = std::isfinite(seconds) ? fmt::format("{:f}", seconds) : format_plain(seconds);
    return fail(node.begin, "timestamp out of bounds for @ modifier: " + shown);
  }
  shift.at_unix_ms = static_cast<std::int64_t>(std::round(seconds * 1000));
  return true;
}

bool Parser::parse_duration(std::int64_t& ms) {
  const auto read = parse_duration_ms(token().text);
  if (!read) return fail(token().begin, "not a valid duration string: " + quote(token().text));
  if (*read == 0) return fail(token().begin, "duration must be greater than 0");
  ms = *read;
  advance();
  return true;
}

Parser::Node Parser::parse_number() {
  const auto value = parse_number_literal(token().text);
  if (!value) {
    return fail(token().begin,
                fmt::format("error parsing number: strconv.ParseFloat: parsing {}: invalid syntax",
                            quote(token().text)));
  }
  const std::size_t begin = token().begin;
  advance();
  return make(begin, NumberLiteral{*value});
}

Parser::Node Parser::parse_string() {
  const std::size_t begin = token().begin;
  auto value = unquote(token().text);
  if (!value) return fail(begin, "error unquoting string " + quote(token().text));
  advance();
  return make(begin, StringLiteral{std::move(*value)});
}

}  // namespace muster::promql
