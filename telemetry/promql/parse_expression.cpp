#include <fmt/format.h>

#include <algorithm>

#include "telemetry/promql/functions.hpp"
#include "telemetry/promql/literal.hpp"
#include "telemetry/promql/parser.hpp"

namespace muster::promql {

namespace {

constexpr int lowest_precedence = 1;
constexpr int unary_operand_precedence = 6;  // a sign binds looser than '^' and tighter than '*'

struct OperatorWord {
  std::string_view word;
  Operator op;
  int precedence;
};

constexpr OperatorWord operator_words[] = {
    {"or", Operator::or_, 1}, {"and", Operator::and_, 2}, {"unless", Operator::unless, 2},
    {"==", Operator::eq, 3},  {"!=", Operator::ne, 3},    {">", Operator::gt, 3},
    {"<", Operator::lt, 3},   {">=", Operator::ge, 3},    {"<=", Operator::le, 3},
    {"+", Operator::add, 4},  {"-", Operator::sub, 4},    {"*", Operator::mul, 5},
    {"/", Operator::div, 5},  {"%", Operator::mod, 5},    {"atan2", Operator::atan2, 5},
    {"^", Operator::pow, 6}};

const OperatorWord* operator_of(const Token& token) {
  if (!token.is(TokenKind::operator_word)) return nullptr;
  for (const OperatorWord& candidate : operator_words)
    if (candidate.word == token.lower) return &candidate;
  return nullptr;
}

constexpr std::string_view aggregator_words[] = {"sum",  "avg",     "count",        "min",
                                                 "max",  "group",   "stddev",       "stdvar",
                                                 "topk", "bottomk", "count_values", "quantile"};

Aggregator aggregator_of(const Token& token) {
  const auto at = std::find(std::begin(aggregator_words), std::end(aggregator_words), token.lower);
  return static_cast<Aggregator>(at - std::begin(aggregator_words));
}

bool is_modifier(const Token& token) {
  return token.is_keyword("by") || token.is_keyword("without");
}

// Words with a meaning of their own that may also name a metric.
bool may_name_metric(const Token& token) {
  static constexpr std::string_view words[] = {"by",  "offset", "without", "start",
                                               "end", "and",    "or",      "unless"};
  if (token.is(TokenKind::identifier) || token.is(TokenKind::metric_identifier) ||
      token.is(TokenKind::aggregator))
    return true;
  return std::find(std::begin(words), std::end(words), token.lower) != std::end(words);
}

bool may_name_label(const Token& token) {
  const bool word = token.is(TokenKind::operator_word) && is_label_name(token.text);
  return word || token.is(TokenKind::identifier) || token.is(TokenKind::metric_identifier) ||
         token.is(TokenKind::aggregator) || token.is(TokenKind::keyword);
}

}  // namespace

Parser::Parser(std::string_view text) : text_(text), lexed_(lex(text)) {}

ExpressionPtr Parser::parse() {
  if (token().is(TokenKind::end)) return fail(0, "no expression found in input");
  Node root = parse_expression(lowest_precedence);
  if (!root) return nullptr;
  if (!token().is(TokenKind::end)) return unexpected();
  if (!check_types(*root, text_, mistake_)) return nullptr;
  return root;
}

void Parser::advance() {
  last_end_ = token().begin + token().text.size();
  if (at_ + 1 < lexed_.tokens.size()) ++at_;
}

bool Parser::accept(TokenKind kind) {
  if (!token().is(kind)) return false;
  advance();
  return true;
}

Parser::Failed Parser::fail(std::size_t at, std::string message) {
  if (!failed_) mistake_ = {at, std::move(message)};
  failed_ = true;
  return {};
}

Parser::Failed Parser::unexpected(std::string_view context, std::string_view expected) {
  if (token().is(TokenKind::error)) return fail(token().begin, lexed_.error);
  if (context.empty() && in_aggregation_ > 0) context = "aggregation";
  std::string message = "unexpected " + describe(token());
  if (!context.empty()) message += fmt::format(" in {}", context);
  if (!expected.empty()) message += fmt::format(", expected {}", expected);
  return fail(token().begin, std::move(message));
}

Parser::Node Parser::finish(Node node) {
  node->id = next_id_++;
  node->end = last_end_;
  int tallest = 0;
  for_each_child(*node, [&](const Expression& child) { tallest = std::max(tallest, child.height); });
  node->height = tallest + 1;
  if (node->height > max_height)
    return fail(node->begin, fmt::format("expression is a chain of more than {} parts", max_height));
  return node;
}

Parser::Node Parser::parse_expression(int least_precedence) {
  if (++nesting_ > max_nesting)
    return fail(token().begin, fmt::format("expression is nested deeper than {} levels", max_nesting));
  Node left = parse_unary();
  while (left) {
    const OperatorWord* word = operator_of(token());
    if (!word || word->precedence < least_precedence) break;
    advance();
    Binary binary;
    binary.op = word->op;
    if (is_set_operator(word->op)) binary.matching.card = Matching::Card::many_to_many;
    if (!parse_matching(binary)) return nullptr;
    const bool right_associative = word->op == Operator::pow;
    Node right = parse_expression(right_associative ? word->precedence : word->precedence + 1);
    if (!right) return nullptr;
    const std::size_t begin = left->begin;
    binary.left = std::move(left);
    binary.right = std::move(right);
    left = make(begin, std::move(binary));
  }
  --nesting_;
  return left;
}

bool Parser::parse_matching(Binary& binary) {
  if (token().is_keyword("bool")) {
    binary.returns_bool = true;
    advance();
  }
  const bool on = token().is_keyword("on");
  if (!on && !token().is_keyword("ignoring")) return true;
  advance();
  binary.matching.on = on;
  if (!parse_grouping_labels(binary.matching.labels)) return false;
  const bool left = token().is_keyword("group_left");
  if (!left && !token().is_keyword("group_right")) return true;
  advance();
  binary.matching.card = left ? Matching::Card::many_to_one : Matching::Card::one_to_many;
  return !token().is(TokenKind::left_paren) || parse_grouping_labels(binary.matching.include);
}

bool Parser::parse_grouping_labels(std::vector<std::string>& labels) {
  constexpr std::string_view context = "grouping opts";
  if (!accept(TokenKind::left_paren)) return unexpected(context, "\"(\"");
  while (!accept(TokenKind::right_paren)) {
    if (!may_name_label(token()) || !is_label_name(token().text)) return unexpected(context, "label");
    labels.emplace_back(token().text);
    advance();
    if (accept(TokenKind::right_paren)) return true;
    if (!accept(TokenKind::comma)) return unexpected(context, "\",\" or \")\"");
  }
  return true;
}

Parser::Node Parser::parse_unary() {
  const bool negative = token().is_operator("-");
  if (!negative && !token().is_operator("+")) return parse_postfixes(parse_primary());
  const std::size_t begin = token().begin;
  advance();
  Node operand = parse_expression(unary_operand_precedence);
  if (!operand) return nullptr;
  if (auto* number = std::get_if<NumberLiteral>(&operand->node)) {
    if (negative) number->value = -number->value;
    operand->begin = begin;
    return operand;
  }
  return make(begin, Unary{negative, std::move(operand)});
}

Parser::Node Parser::parse_primary() {
  const Token& first = token();
  const bool call = next_token().is(TokenKind::left_paren);
  switch (first.kind) {
    case TokenKind::number:
      return parse_number();
    case TokenKind::string:
      return parse_string();
    case TokenKind::left_paren:
      return parse_paren();
    case TokenKind::left_brace:
      return parse_selector();
    case TokenKind::identifier:
      return call ? parse_call() : parse_selector();
    case TokenKind::aggregator:
      return call || is_modifier(next_token()) ? parse_aggregation() : parse_selector();
    default:
      return may_name_metric(first) ? parse_selector() : Node(unexpected());
  }
}

Parser::Node Parser::parse_paren() {
  const std::size_t begin = token().begin;
  advance();
  Node inner = parse_expression(lowest_precedence);
  if (!inner) return nullptr;
  if (!accept(TokenKind::right_paren)) return unexpected();
  return make(begin, Paren{std::move(inner)});
}

Parser::Node Parser::parse_call() {
  const Token name = token();
  advance();
  Call call;
  if (!parse_arguments(call.arguments)) return nullptr;
  call.function = find_function(name.text);
  if (!call.function) return fail(name.begin, "unknown function with name " + quote(name.text));
  return make(name.begin, std::move(call));
}

bool Parser::parse_arguments(std::vector<ExpressionPtr>& arguments) {
  if (!accept(TokenKind::left_paren)) return unexpected();
  if (accept(TokenKind::right_paren)) return true;
  while (true) {
    Node argument = parse_expression(lowest_precedence);
    if (!argument) return false;
    arguments.push_back(std::move(argument));
    if (accept(TokenKind::right_paren)) return true;
    const std::size_t comma = token().begin;
    if (!accept(TokenKind::comma)) return unexpected();
    if (token().is(TokenKind::right_paren))
      return fail(comma, "trailing commas not allowed in function call args");
  }
}

Parser::Node Parser::parse_aggregation() {
  const Token name = token();
  advance();
  Aggregation aggregation;
  aggregation.op = aggregator_of(name);
  std::vector<ExpressionPtr> arguments;
  const auto parse_modifier = [&] {
    aggregation.without = token().is_keyword("without");
    advance();
    return parse_grouping_labels(aggregation.grouping);
  };
  ++in_aggregation_;
  const bool modifier_first = is_modifier(token());
  if (modifier_first && !parse_modifier()) return nullptr;
  if (!parse_arguments(arguments)) return nullptr;
  if (!modifier_first && is_modifier(token()) && !parse_modifier()) return nullptr;
  --in_aggregation_;
  return finish_aggregation(name.begin, std::move(aggregation), std::move(arguments));
}

Parser::Node Parser::finish_aggregation(std::size_t begin, Aggregation aggregation,
                                        std::vector<ExpressionPtr> arguments) {
  if (arguments.empty()) return fail(begin, "no arguments for aggregate expression provided");
  const std::size_t wanted = takes_parameter(aggregation.op) ? 2 : 1;
  if (arguments.size() != wanted) {
    return fail(
        begin, fmt::format("wrong number of arguments for aggregate expression provided, expected {}, got {}",
                           wanted, arguments.size()));
  }
  if (wanted == 2) aggregation.parameter = std::move(arguments.front());
  aggregation.operand = std::move(arguments.back());
  return make(begin, std::move(aggregation));
}

}  // namespace muster::promql
