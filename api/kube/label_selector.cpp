#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "api/kube/selector.hpp"
#include "cluster_model/apiserver/object_validation.hpp"

namespace muster::kube {

namespace {

using Operator = LabelRequirement::Operator;

/// Words and the marks , ( ) ! = == != > < of a selector, in order.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) { advance(); }

  const std::string& token() const { return token_; }  ///< empty at the end
  bool is_word() const { return word_; }
  std::string take() {
    std::string taken = token_;
    advance();
    return taken;
  }
  bool accept(std::string_view mark) {
    if (word_ || token_ != mark) return false;
    advance();
    return true;
  }

 private:
  static bool is_mark(char c) {
    return c == ',' || c == '(' || c == ')' || c == '!' || c == '=' || c == '>' || c == '<';
  }
  void advance() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    const std::size_t begin = at_;
    word_ = at_ < text_.size() && !is_mark(text_[at_]);
    if (word_) {
      while (at_ < text_.size() && !is_mark(text_[at_]) && text_[at_] != ' ' && text_[at_] != '\t') ++at_;
    } else if (at_ < text_.size()) {
      const bool two =
          at_ + 1 < text_.size() && text_[at_ + 1] == '=' && (text_[at_] == '=' || text_[at_] == '!');
      at_ += two ? 2 : 1;
    }
    token_ = text_.substr(begin, at_ - begin);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string token_;
  bool word_ = false;
};

Error unable(const std::string& found, const char* expected) {
  return invalid_input(fmt::format("unable to parse requirement: found '{}', expected: {}", found, expected));
}

/// "(a,b)"
Result<std::vector<std::string>> parse_set(Lexer& lexer) {
  std::vector<std::string> values;
  if (!lexer.accept("(")) return unable(lexer.token(), "'('");
  while (true) {
    values.push_back(lexer.is_word() ? lexer.take() : std::string());
    if (lexer.accept(")")) return values;
    if (!lexer.accept(",")) return unable(lexer.token(), "',', or ')'");
  }
}

Result<LabelRequirement> parse_operation(Lexer& lexer, std::string key) {
  if (lexer.token().empty() || lexer.token() == ",")
    return LabelRequirement{std::move(key), Operator::exists, {}};
  if (lexer.is_word() && (lexer.token() == "in" || lexer.token() == "notin")) {
    const Operator op = lexer.take() == "in" ? Operator::in : Operator::not_in;
    auto values = parse_set(lexer);
    if (!values) return values.error();
    return LabelRequirement{std::move(key), op, *std::move(values)};
  }
  for (const auto& [mark, op] : {std::pair(">", Operator::greater), std::pair("<", Operator::less)})
    if (lexer.accept(mark))
      return LabelRequirement{std::move(key), op, {lexer.is_word() ? lexer.take() : ""}};
  const bool differs = lexer.accept("!=");
  if (!differs && !lexer.accept("=") && !lexer.accept("==")) {
    return unable(lexer.token(), "in, notin, =, ==, !=, gt, lt");
  }
  std::string value = lexer.is_word() ? lexer.take() : std::string();
  return LabelRequirement{std::move(key), differs ? Operator::not_in : Operator::in, {std::move(value)}};
}

Result<LabelRequirement> parse_requirement(Lexer& lexer) {
  const bool absent = lexer.accept("!");
  if (!lexer.is_word()) return unable(lexer.token(), "identifier");
  std::string key = lexer.take();
  if (absent) return LabelRequirement{std::move(key), Operator::absent, {}};
  return parse_operation(lexer, std::move(key));
}

std::optional<std::int64_t> whole_number(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// labels.NewRequirement: what no object could have as a label is refused.
Result<void> check(const LabelRequirement& one) {
  if (!is_label_key(one.key))
    return invalid_input(fmt::format(
        "key: Invalid value: \"{}\": name part must consist of alphanumeric characters, '-', '_' or '.', and "
        "must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', "
        "regex "
        "used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
        one.key));
  const bool compares = one.op == Operator::greater || one.op == Operator::less;
  if (compares && !whole_number(one.values.front()))
    return invalid_input(fmt::format(
        "values[0]: Invalid value: \"{}\": for 'Gt', 'Lt' operators, the value must be an integer",
        one.values.front()));
  for (std::size_t i = 0; i < one.values.size(); ++i)
    if (!is_label_value(one.values[i]))
      return invalid_input(fmt::format(
          "values[{}][{}]: Invalid value: \"{}\": a valid label must be an empty string or consist of "
          "alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
          "(e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is "
          "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
          i, one.key, one.values[i]));
  return {};
}

bool exceeds(const LabelRequirement& one, const std::string& label) {
  const auto value = whole_number(label), bound = whole_number(one.values.front());
  if (!value || !bound) return false;
  return one.op == Operator::greater ? *value > *bound : *value < *bound;
}

bool matches_one(const LabelRequirement& requirement, const StringMap& labels) {
  const auto found = labels.find(requirement.key);
  const bool there = found != labels.end();
  const auto& values = requirement.values;
  const bool listed = there && std::find(values.begin(), values.end(), found->second) != values.end();
  switch (requirement.op) {
    case Operator::in:
      return listed;
    case Operator::not_in:
      return !listed;  // also without the label
    case Operator::exists:
      return there;
    case Operator::absent:
      return !there;
    case Operator::greater:
    case Operator::less:
      return there && exceeds(requirement, found->second);
  }
  return false;
}

}  // namespace

Result<LabelSelector> LabelSelector::parse(std::string_view text) {
  LabelSelector selector;
  Lexer lexer(text);
  while (!lexer.token().empty()) {
    auto requirement = parse_requirement(lexer);
    if (!requirement) return requirement.error();
    if (auto checked = check(*requirement); !checked) return checked.error();
    selector.requirements_.push_back(*std::move(requirement));
    if (lexer.token().empty()) break;
    if (!lexer.accept(",")) return unable(lexer.token(), "',' or 'end of string'");
    if (lexer.token().empty()) return unable("", "identifier after ','");
  }
  return selector;
}

bool LabelSelector::matches(const StringMap& labels) const {
  return std::all_of(requirements_.begin(), requirements_.end(),
                     [&](const LabelRequirement& one) { return matches_one(one, labels); });
}

}  // namespace muster::kube
