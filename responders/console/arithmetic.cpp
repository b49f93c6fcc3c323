#include "responders/console/arithmetic.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "responders/console/shell_word_reader.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

constexpr int deepest_expression = 100;  // brackets and variables that name variables

/// Wraps around as 64 bits do; what C++ leaves open for signed numbers is settled here.
std::int64_t wrapped(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}
std::uint64_t bits_of(std::int64_t value) {
  return static_cast<std::uint64_t>(value);
}

struct BinaryOperator {
  std::string_view sign;
  int rank;  // binds the tighter the higher
};
/// Longer signs stand before those they begin with.
constexpr std::array<BinaryOperator, 19> binary_operators{{{"||", 1},
                                                           {"&&", 2},
                                                           {"<<", 8},
                                                           {">>", 8},
                                                           {"<=", 7},
                                                           {">=", 7},
                                                           {"==", 6},
                                                           {"!=", 6},
                                                           {"**", 11},
                                                           {"<", 7},
                                                           {">", 7},
                                                           {"|", 3},
                                                           {"^", 4},
                                                           {"&", 5},
                                                           {"+", 9},
                                                           {"-", 9},
                                                           {"*", 10},
                                                           {"/", 10},
                                                           {"%", 10}}};

class ArithmeticReader {
 public:
  ArithmeticReader(std::string_view text, ShellVariables& variables, int depth)
      : text_(text), variables_(variables), depth_(depth) {}

  Result<std::int64_t> read() {
    skip_blanks();
    if (at_ == text_.size()) return 0;
    const std::int64_t value = list();
    skip_blanks();
    if (at_ < text_.size()) fail("syntax error in expression");
    if (!wrong_.empty()) return invalid_input(wrong_);
    return value;
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) ++at_;
  }
  bool take(std::string_view token) {
    skip_blanks();
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }
  std::int64_t fail(std::string_view why) {
    const std::string_view rest = text_.substr(std::min(at_, text_.size()));
    if (wrong_.empty()) wrong_ = fmt::format("bash: {}: {} (error token is \"{}\")", text_, why, rest);
    at_ = text_.size();
    return 0;
  }

  std::int64_t list() {
    std::int64_t value = choice();
    while (take(",")) value = choice();
    return value;
  }

  /// a ? b : c
  std::int64_t choice() {
    const std::int64_t condition = binary(1);
    if (!take("?")) return condition;
    const std::int64_t yes = guarded(condition != 0, [&] { return choice(); });
    if (!take(":")) return fail("`:' expected for conditional expression");
    const std::int64_t no = guarded(condition == 0, [&] { return choice(); });
    return condition != 0 ? yes : no;
  }

  /// Reads on, but changes nothing and divides by nothing unless it counts.
  template <class Read>
  std::int64_t guarded(bool counts, Read read) {
    const bool before = std::exchange(idle_, idle_ || !counts);
    const std::int64_t value = read();
    idle_ = before;
    return value;
  }

  const BinaryOperator* operator_here(int least) {
    skip_blanks();
    for (const BinaryOperator& each : binary_operators) {
      const std::string_view here = text_.substr(at_);
      if (!here.starts_with(each.sign)) continue;
      const bool assigns = here.substr(each.sign.size()).starts_with("=") && each.rank != 6 && each.rank != 7;
      return assigns || each.rank < least ? nullptr : &each;
    }
    return nullptr;
  }

  std::int64_t binary(int least) {
    std::int64_t left = unary();
    while (const BinaryOperator* found = operator_here(least)) {
      at_ += found->sign.size();
      const bool counts = found->sign == "&&" ? left != 0 : found->sign == "||" ? left == 0 : true;
      const int next = found->sign == "**" ? found->rank : found->rank + 1;
      const std::int64_t right = guarded(counts, [&] { return binary(next); });
      left = applied(found->sign, left, right);
    }
    return left;
  }

  std::int64_t power(std::int64_t base, std::int64_t exponent) {
    if (exponent < 0) return fail("exponent less than 0");
    std::uint64_t result = 1;
    for (std::uint64_t factor = bits_of(base), left = bits_of(exponent); left > 0;
         left >>= 1, factor *= factor)
      if (left & 1) result *= factor;
    return wrapped(result);
  }

  std::int64_t divided(std::string_view sign, std::int64_t a, std::int64_t b) {
    if (b == 0) return idle_ ? 0 : fail("division by 0");
    if (b == -1) return sign == "/" ? wrapped(0 - bits_of(a)) : 0;
    return sign == "/" ? a / b : a % b;
  }

  std::int64_t applied(std::string_view sign, std::int64_t a, std::int64_t b) {
    if (sign == "||") return a != 0 || b != 0;
    if (sign == "&&") return a != 0 && b != 0;
    if (sign == "**") return power(a, b);
    if (sign == "<<") return wrapped(bits_of(a) << (bits_of(b) & 63));
    if (sign == ">>") return a >> (bits_of(b) & 63);
    if (sign == "/" || sign == "%") return divided(sign, a, b);
    if (sign == "<=") return a <= b;
    if (sign == ">=") return a >= b;
    if (sign == "==") return a == b;
    if (sign == "!=") return a != b;
    switch (sign.front()) {
      case '<':
        return a < b;
      case '>':
        return a > b;
      case '|':
        return a | b;
      case '^':
        return a ^ b;
      case '&':
        return a & b;
      case '+':
        return wrapped(bits_of(a) + bits_of(b));
      case '-':
        return wrapped(bits_of(a) - bits_of(b));
      default:
        return wrapped(bits_of(a) * bits_of(b));
    }
  }

  std::int64_t unary() {
    if (++depth_ > deepest_expression) return fail("expression recursion level exceeded");
    const std::int64_t value = prefixed();
    --depth_;
    return value;
  }

  std::int64_t prefixed() {
    for (const char* sign : {"++", "--"}) {
      if (!take(sign)) continue;
      skip_blanks();
      const std::string name = read_name();
      if (name.empty()) return fail("syntax error: operand expected");
      return assign(name, applied(std::string_view(sign).substr(1), value_of(name), 1));
    }
    if (take("!")) return unary() == 0;
    if (take("~")) return ~unary();
    if (take("-")) return wrapped(0 - bits_of(unary()));
    if (take("+")) return unary();
    return operand();
  }

  std::int64_t operand() {
    if (take("(")) {
      const std::int64_t value = list();
      return take(")") ? value : fail("missing `)'");
    }
    skip_blanks();
    if (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') return number();
    const std::string name = read_name();
    return name.empty() ? fail("syntax error: operand expected") : variable(name);
  }

  std::string read_name() {
    std::string name;
    while (at_ < text_.size() && is_name_char(text_[at_], name.empty())) name += text_[at_++];
    return name;
  }

  /// 12, 0x1f, 017.
  std::int64_t number() {
    std::size_t end = at_;
    while (end < text_.size() && is_name_char(text_[end], false)) ++end;
    std::string_view digits = text_.substr(at_, end - at_);
    const bool hexadecimal = digits.starts_with("0x") || digits.starts_with("0X");
    const int base = hexadecimal ? 16 : digits.size() > 1 && digits.front() == '0' ? 8 : 10;
    if (hexadecimal) digits.remove_prefix(2);
    std::uint64_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size())
      return fail(base == 8 ? "value too great for base" : "syntax error: invalid arithmetic operator");
    at_ = end;
    return wrapped(value);
  }

  std::int64_t variable(const std::string& name) {
    if (take("++")) return after(name, "+");
    if (take("--")) return after(name, "-");
    for (const char* sign : {"<<=", ">>=", "**=", "+=", "-=", "*=", "/=", "%=", "&=", "^=", "|="}) {
      if (!take(sign)) continue;
      const std::int64_t right = choice();
      return assign(name, applied(std::string_view(sign).substr(0, std::string_view(sign).size() - 1),
                                  value_of(name), right));
    }
    skip_blanks();
    const std::string_view here = text_.substr(at_);
    if (!here.starts_with("=") || here.starts_with("==")) return value_of(name);
    ++at_;
    return assign(name, choice());
  }

  std::int64_t after(const std::string& name, std::string_view sign) {
    const std::int64_t before = value_of(name);
    assign(name, applied(sign, before, 1));
    return before;
  }

  std::int64_t assign(const std::string& name, std::int64_t value) {
    if (!idle_ && wrong_.empty()) variables_[name] = fmt::format("{}", value);
    return value;
  }

  /// A variable's text is an expression again.
  std::int64_t value_of(const std::string& name) {
    const auto found = variables_.find(name);
    if (found == variables_.end() || found->second == name) return 0;
    const std::string text = found->second;
    if (depth_ >= deepest_expression) return fail("expression recursion level exceeded");
    const auto value = ArithmeticReader(text, variables_, depth_ + 1).read();
    if (!value && wrong_.empty()) wrong_ = value.error().message;
    return value ? *value : 0;
  }

  std::string_view text_;
  ShellVariables& variables_;
  int depth_;
  std::size_t at_ = 0;
  bool idle_ = false;
  std::string wrong_;
};

}  // namespace

Result<std::int64_t> evaluate_arithmetic(std::string_view expression, ShellVariables& variables) {
  return ArithmeticReader(expression, variables, 0).read();
}

}  // namespace muster
