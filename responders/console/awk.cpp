// awk as far as responders use it in a pipe: PATTERN { print LIST } with fields, NR, NF, texts, comparisons,
// /expressions/, && and ||, -F. Variables, arithmetic, BEGIN and END are not built, and said so.
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>

#include "responders/console/filters.hpp"
#include "responders/console/regular_expression.hpp"
#include "responders/console/text_tools.hpp"
#include "responders/text/lines.hpp"

namespace muster::text_tools {
namespace {

struct Record {
  std::string line;
  std::vector<std::string> fields;
  std::size_t number = 0;
};

/// A field, NR, NF, a number, a text, or an expression between slashes.
struct Operand {
  enum class Kind { field, last_field, record_number, field_count, number, text } kind = Kind::text;
  std::size_t field = 0;
  std::string text;
};

struct Condition {
  Operand left, right;
  std::string compare;  // "", "==", "!=", "<", "<=", ">", ">=", "~", "!~"
  std::shared_ptr<re2::RE2> pattern;
  bool joined_by_or = false;  // with the condition before it
};

struct Rule {
  std::vector<Condition> conditions;
  std::vector<std::vector<Operand>> printed;  // comma-separated lists of concatenated operands
};

class AwkReader {
 public:
  explicit AwkReader(std::string_view text) : text_(text) {}

  Result<std::vector<Rule>> read() {
    std::vector<Rule> rules;
    for (skip(); at_ < text_.size(); skip()) {
      Rule rule;
      auto part = peek() == '{' ? Result<void>() : conditions(rule);
      skip_blanks();
      if (part && peek() == '{') part = action(rule);
      if (!part) return part.error();
      rules.push_back(std::move(rule));
    }
    return rules;
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skip_blanks() {
    while (peek() == ' ' || peek() == '\t') ++at_;
  }
  void skip() {
    while (at_ < text_.size() && std::string_view(" \t\n;").find(text_[at_]) != std::string_view::npos) ++at_;
  }
  bool take(std::string_view token) {
    skip_blanks();
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }
  Error not_built() const {
    return invalid_input(fmt::format("awk: `{}` is not built in this console: patterns and print are",
                                     text_.substr(std::min(at_, text_.size()))));
  }

  Result<void> conditions(Rule& rule) {
    bool joined_by_or = false;
    for (;;) {
      Condition condition;
      condition.joined_by_or = joined_by_or;
      const auto read = one_condition(condition);
      if (!read) return read;
      rule.conditions.push_back(std::move(condition));
      if (take("&&"))
        joined_by_or = false;
      else if (take("||"))
        joined_by_or = true;
      else
        return {};
    }
  }

  Result<void> one_condition(Condition& condition) {
    const bool negated = take("!");
    skip_blanks();
    if (peek() == '/') {
      condition.compare = negated ? "!~" : "~";
      condition.left.kind = Operand::Kind::field;
      return expression(condition);
    }
    const auto left = operand(condition.left);
    if (!left || negated) return negated ? Result<void>(not_built()) : left;
    for (const char* compare : {"==", "!=", "<=", ">=", "!~", "~", "<", ">"}) {
      if (!take(compare)) continue;
      condition.compare = compare;
      skip_blanks();
      return condition.compare.ends_with('~') ? expression(condition) : operand(condition.right);
    }
    return {};
  }

  Result<void> expression(Condition& condition) {
    const char delimiter = peek();
    if (delimiter != '/' && delimiter != '"') return not_built();
    const auto end = text_.find(delimiter, at_ + 1);
    if (end == std::string_view::npos) return not_built();
    condition.pattern = std::shared_ptr<re2::RE2>(
        compile_expression(std::string(text_.substr(at_ + 1, end - at_ - 1)), true, false));
    at_ = end + 1;
    return condition.pattern->ok() ? Result<void>() : not_built();
  }

  Result<void> operand(Operand& result) {
    skip_blanks();
    if (take("$NF")) {
      result.kind = Operand::Kind::last_field;
    } else if (take("NR")) {
      result.kind = Operand::Kind::record_number;
    } else if (take("NF")) {
      result.kind = Operand::Kind::field_count;
    } else if (take("\"")) {
      for (; at_ < text_.size() && peek() != '"'; ++at_) {
        const bool escaped = peek() == '\\' && at_ + 1 < text_.size();
        if (escaped) ++at_;
        result.text += escaped && peek() == 't' ? '\t' : escaped && peek() == 'n' ? '\n' : peek();
      }
      ++at_;
    } else {
      const bool field = take("$");
      const auto read = std::from_chars(text_.data() + at_, text_.data() + text_.size(), result.field);
      if (read.ec != std::errc()) return not_built();
      result.text = std::string(text_.substr(at_, static_cast<std::size_t>(read.ptr - text_.data()) - at_));
      at_ = static_cast<std::size_t>(read.ptr - text_.data());
      result.kind = field ? Operand::Kind::field : Operand::Kind::number;
    }
    return {};
  }

  Result<void> action(Rule& rule) {
    take("{");
    if (!take("print")) return not_built();
    for (;;) {
      if (take("}")) {
        if (rule.printed.empty()) rule.printed.push_back({Operand{Operand::Kind::field, 0, {}}});
        return {};
      }
      if (rule.printed.empty() || take(",")) rule.printed.emplace_back();
      Operand next;
      const auto read = operand(next);
      if (!read) return read;
      rule.printed.back().push_back(std::move(next));
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string value_of(const Operand& operand, const Record& record) {
  switch (operand.kind) {
    case Operand::Kind::field:
      if (operand.field == 0) return record.line;
      return operand.field <= record.fields.size() ? record.fields[operand.field - 1] : "";
    case Operand::Kind::last_field:
      return record.fields.empty() ? record.line : record.fields.back();
    case Operand::Kind::record_number:
      return fmt::format("{}", record.number);
    case Operand::Kind::field_count:
      return fmt::format("{}", record.fields.size());
    default:
      return operand.text;
  }
}

std::optional<double> number_in(const std::string& text) {
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

bool holds(const Condition& condition, const Record& record) {
  const std::string left = value_of(condition.left, record);
  if (condition.pattern)
    return re2::RE2::PartialMatch(left, *condition.pattern) == (condition.compare == "~");
  if (condition.compare.empty()) return !left.empty() && left != "0";
  const std::string right = value_of(condition.right, record);
  const auto a = number_in(left), b = number_in(right);
  const bool numbers = a && b && condition.right.kind != Operand::Kind::text;
  const int order = numbers ? (*a < *b ? -1 : *a > *b ? 1 : 0) : left.compare(right);
  const char first = condition.compare[0];
  if (condition.compare == "!=") return order != 0;
  const bool equal = condition.compare.ends_with('=') && order == 0;
  return equal || (first == '<' && order < 0) || (first == '>' && order > 0);
}

bool selects(const Rule& rule, const Record& record) {
  bool result = true;
  for (const Condition& condition : rule.conditions)
    result = condition.joined_by_or ? result || holds(condition, record) : result && holds(condition, record);
  return result;
}

std::vector<std::string> fields_of(const std::string& line, const std::string& separator) {
  if (separator != " ") return line.empty() ? std::vector<std::string>{} : split_at(line, separator.front());
  std::vector<std::string> fields;
  bool inside = false;
  for (const char c : line) {
    const bool blank = c == ' ' || c == '\t';
    if (!blank && !inside) fields.emplace_back();
    if (!blank) fields.back() += c;
    inside = !blank;
  }
  return fields;
}

std::string printed(const Rule& rule, const Record& record) {
  if (rule.printed.empty()) return record.line + "\n";
  std::vector<std::string> parts;
  for (const auto& operands : rule.printed) {
    std::string part;
    for (const Operand& operand : operands) part += value_of(operand, record);
    parts.push_back(std::move(part));
  }
  return join(parts, " ") + "\n";
}

}  // namespace

CommandResult awk(Session& session, const Invocation& call) {
  std::string separator = " ";
  std::vector<std::string> rest;
  for (std::size_t i = 0; i < call.args.size(); ++i) {
    const std::string& arg = call.args[i];
    if (arg == "-F" && i + 1 < call.args.size())
      separator = call.args[++i];
    else if (arg.starts_with("-F"))
      separator = arg.substr(2);
    else if (arg.size() > 1 && arg.front() == '-')
      return CommandResult::refused(fmt::format("awk: the option {} is not built in this console", arg));
    else
      rest.push_back(arg);
  }
  if (rest.empty()) return CommandResult::failed(2, "usage: awk [-F fs] 'prog' [file ...]\n");
  if (separator == "\\t") separator = "\t";
  if (separator.size() != 1)
    return CommandResult::refused(
        "awk: a field separator of more than one character is not built in this console");
  const auto rules = AwkReader(rest.front()).read();
  if (!rules) return CommandResult::refused(rules.error().message);
  const auto text = filters::input_text(session, "awk", {rest.begin() + 1, rest.end()}, call.input);
  if (!text) return CommandResult::failed(2, text.error().message + "\n");
  std::string out;
  std::size_t number = 0;
  for (const std::string& line : split_lines(*text)) {
    const Record record{line, fields_of(line, separator), ++number};
    for (const Rule& rule : *rules)
      if (selects(rule, record)) out += printed(rule, record);
  }
  return CommandResult::printed(out);
}

}  // namespace muster::text_tools
