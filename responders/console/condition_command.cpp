#include "responders/console/condition_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>

#include "responders/console/file_pattern.hpp"
#include "responders/console/regular_expression.hpp"
#include "responders/text/lines.hpp"

#include <re2/re2.h>

namespace muster {
namespace {

constexpr std::array<std::string_view, 12> word_operators{"=",   "==",  "!=",  "<",   ">",   "=~",
                                                          "-eq", "-ne", "-lt", "-le", "-gt", "-ge"};
constexpr std::array<std::string_view, 10> one_operators{"-z", "-n", "-f", "-e", "-r",
                                                         "-s", "-d", "-w", "-x", "-v"};

bool is_one_of_them(std::span<const std::string_view> operators, const std::string& word) {
  return std::find(operators.begin(), operators.end(), word) != operators.end();
}

std::optional<std::int64_t> number_in(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

class ConditionReader {
 public:
  ConditionReader(const Session& session, std::span<const ConditionWord> words, bool doubled)
      : session_(session), words_(words), doubled_(doubled) {}

  CommandResult read() {
    const bool value = words_.empty() ? false : either();
    if (at_ < words_.size()) fail(doubled_ ? "syntax error in conditional expression" : "too many arguments");
    if (!wrong_.empty())
      return CommandResult::failed(2, fmt::format("bash: {}: {}\n", doubled_ ? "[[" : "[", wrong_));
    CommandResult result;
    result.exit_code = value ? 0 : 1;
    return result;
  }

 private:
  bool has(std::size_t ahead) const { return at_ + ahead < words_.size(); }
  const std::string& word(std::size_t ahead = 0) const { return words_[at_ + ahead].text; }
  bool take(std::string_view token) {
    if (!has(0) || word() != token) return false;
    ++at_;
    return true;
  }
  bool fail(std::string why) {
    if (wrong_.empty()) wrong_ = std::move(why);
    at_ = words_.size();
    return false;
  }

  bool either() {
    bool value = both();
    while (take(doubled_ ? "||" : "-o")) {
      const bool right = both();
      value = value || right;
    }
    return value;
  }

  bool both() {
    bool value = negation();
    while (take(doubled_ ? "&&" : "-a")) {
      const bool right = negation();
      value = value && right;
    }
    return value;
  }

  bool negation() {
    if (has(1) && word() == "!" && !is_one_of_them(word_operators, word(1))) {
      ++at_;
      return !negation();
    }
    return primary();
  }

  bool primary() {
    if (!has(0)) return fail("argument expected");
    if (has(2) && is_one_of_them(word_operators, word(1))) return compare();
    if (word() == "(" && has(1)) {
      ++at_;
      const bool value = either();
      return take(")") ? value : fail("`)' expected");
    }
    if (has(1) && is_one_of_them(one_operators, word())) return examine();
    if (has(1) && word().starts_with('-') && word(1) != "-a" && word(1) != "-o" && !doubled_)
      return fail(fmt::format("{}: unary operator expected", word()));
    return !words_[at_++].text.empty();
  }

  bool examine() {
    const std::string sign = word();
    const std::string text = word(1);
    at_ += 2;
    if (sign == "-z") return text.empty();
    if (sign == "-n") return !text.empty();
    if (sign == "-v") return session_.variables.contains(text);
    if (sign == "-d") return text == "." || text == "./";
    const auto file = session_.files.find(text.starts_with("./") ? text.substr(2) : text);
    if (file == session_.files.end()) return false;
    return sign == "-s" ? !file->second.empty() : sign != "-x";
  }

  bool compare() {
    const std::string left = word(), sign = word(1);
    const ConditionWord& right = words_[at_ + 2];
    at_ += 3;
    if (sign == "=~") return matches_expression(left, right.text);
    if (sign.starts_with('-')) return compare_numbers(left, sign, right.text);
    if (sign == "<") return left < right.text;
    if (sign == ">") return left > right.text;
    const bool same = doubled_ ? matches_pattern(right.pattern, left) : left == right.text;
    return sign == "!=" ? !same : same;
  }

  bool matches_expression(const std::string& text, const std::string& expression) {
    if (!doubled_) return fail("=~: binary operator expected");
    const auto compiled = compile_expression(expression, true, false);
    if (!compiled->ok()) return fail("=~: invalid regular expression");
    return re2::RE2::PartialMatch(text, *compiled);
  }

  bool compare_numbers(const std::string& left, const std::string& sign, const std::string& right) {
    const auto a = number_in(left), b = number_in(right);
    if (!a || !b) return fail(fmt::format("{}: integer expression expected", a ? right : left));
    if (sign == "-eq") return *a == *b;
    if (sign == "-ne") return *a != *b;
    if (sign == "-lt") return *a < *b;
    if (sign == "-le") return *a <= *b;
    return sign == "-gt" ? *a > *b : *a >= *b;
  }

  const Session& session_;
  std::span<const ConditionWord> words_;
  bool doubled_;
  std::size_t at_ = 0;
  std::string wrong_;
};

std::vector<ConditionWord> plain_words(const std::vector<std::string>& args) {
  std::vector<ConditionWord> words;
  for (const std::string& arg : args) words.push_back({arg, as_pattern(arg)});
  return words;
}

}  // namespace

CommandResult evaluate_condition(const Session& session, const std::vector<ConditionWord>& words,
                                 bool doubled) {
  return ConditionReader(session, words, doubled).read();
}

CommandResult test_command(Session& session, const Invocation& call) {
  return evaluate_condition(session, plain_words(call.args), false);
}

CommandResult bracket_command(Session& session, const Invocation& call) {
  if (call.args.empty() || call.args.back() != "]") return CommandResult::failed(2, "bash: [: missing `]'\n");
  std::vector<std::string> args = call.args;
  args.pop_back();
  return evaluate_condition(session, plain_words(args), false);
}

}  // namespace muster
