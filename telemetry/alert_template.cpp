#include "telemetry/alert_template.hpp"

#include <fmt/format.h>

#include <optional>
#include <variant>
#include <vector>

#include "telemetry/promql/label_pool.hpp"
#include "telemetry/promql/literal.hpp"

namespace muster {

namespace {

using Operand = std::variant<std::string, double>;

std::string shown(const Operand& operand) {
  if (const auto* number = std::get_if<double>(&operand)) return promql::format_short(*number);
  return std::get<std::string>(operand);
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::string mapped(std::string text, char from, char to, int shift) {
  for (char& c : text)
    if (c >= from && c <= to) c = static_cast<char>(c + shift);
  return text;
}

std::string title(std::string text) {
  bool begin = true;
  for (char& c : text) {
    if (begin && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    begin = !is_word(c);
  }
  return text;
}

// One action, the text between {{ and }}. After a mistake `wrong` is set and every part gives nothing.
class Action {
 public:
  Action(std::string_view text, const Labels& labels, double value)
      : text_(text), labels_(labels), value_(value) {}

  std::string run() {
    const Operand result = pipeline();
    if (at_ < text_.size()) fail(fmt::format("unexpected \"{}\"", text_.substr(at_)));
    return shown(result);
  }
  const std::string& wrong() const { return wrong_; }

 private:
  void fail(std::string message) {
    if (wrong_.empty()) wrong_ = std::move(message);
    at_ = text_.size();
  }
  char peek() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool accept(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  std::string word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  Operand pipeline();
  Operand command(const Operand* piped);
  std::optional<Operand> operand();
  Operand variable();
  Operand field(const std::string& name);
  Operand quoted();
  Operand number();
  Operand call(const std::string& name, const std::vector<Operand>& arguments);
  std::string print_formatted(const std::vector<Operand>& arguments);
  std::string verb(std::string_view format, std::size_t& at, const Operand& argument);
  double as_number(const Operand& operand);

  std::string_view text_;
  std::size_t at_ = 0;
  const Labels& labels_;
  double value_;
  std::string wrong_;
};

Operand Action::pipeline() {
  Operand result = command(nullptr);
  while (wrong_.empty() && accept('|')) {
    const Operand before = result;
    result = command(&before);
  }
  return result;
}

// An operand alone, or a function with its operands; what came through the pipe is the last of them.
Operand Action::command(const Operand* piped) {
  const char first = peek();
  const bool is_function = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
  if (!is_function) {
    const auto only = operand();
    if (!only) fail("an operand is missing");
    if (only && piped) fail("a value cannot take what comes through the pipe");
    return only.value_or(Operand{});
  }
  const std::string name = word();
  std::vector<Operand> arguments;
  while (auto argument = operand()) arguments.push_back(*argument);
  if (piped) arguments.push_back(*piped);
  return wrong_.empty() ? call(name, arguments) : Operand{};
}

std::optional<Operand> Action::operand() {
  const char c = peek();
  if (c == '$') return variable();
  if (c == '.' && at_ + 1 < text_.size() && is_word(text_[at_ + 1])) {
    ++at_;
    return field(word());
  }
  if (c == '"' || c == '`') return quoted();
  if ((c >= '0' && c <= '9') || c == '-' || c == '+') return number();
  if (!accept('(')) return std::nullopt;
  const Operand inner = pipeline();
  if (!accept(')')) fail("a closing bracket is missing");
  return inner;
}

Operand Action::variable() {
  ++at_;
  const std::string name = word();
  if (name == "value") return value_;
  if (name == "externalURL") return std::string();
  if (name != "labels" && name != "externalLabels") {
    fail(fmt::format("undefined variable \"${}\"", name));
    return {};
  }
  return field(name == "labels" ? "Labels" : "ExternalLabels");
}

Operand Action::field(const std::string& name) {
  if (name == "Value") return value_;
  if (name != "Labels" && name != "ExternalLabels") {
    fail(fmt::format("can't evaluate field {}", name));
    return {};
  }
  if (at_ >= text_.size() || text_[at_] != '.') {
    fail("a label's name is missing behind \"" + name + "\"");
    return {};
  }
  ++at_;
  const std::string label = word();
  return name == "Labels" ? std::string(promql::label_value(labels_, label)) : std::string();
}

Operand Action::quoted() {
  const char delimiter = text_[at_];
  const std::size_t begin = at_++;
  while (at_ < text_.size() && text_[at_] != delimiter) at_ += text_[at_] == '\\' && delimiter == '"' ? 2 : 1;
  at_ = std::min(at_ + 1, text_.size());
  const auto text = promql::unquote(text_.substr(begin, at_ - begin));
  if (!text) fail("unterminated quoted string");
  return text.value_or("");
}

Operand Action::number() {
  const std::size_t begin = at_++;
  while (at_ < text_.size() && (is_word(text_[at_]) || text_[at_] == '.')) ++at_;
  const auto value = promql::parse_float(text_.substr(begin, at_ - begin));
  if (!value) fail(fmt::format("bad number \"{}\"", text_.substr(begin, at_ - begin)));
  return value.value_or(0);
}

double Action::as_number(const Operand& operand) {
  if (const auto* number = std::get_if<double>(&operand)) return *number;
  const auto value = promql::parse_float(std::get<std::string>(operand));
  if (!value) fail(fmt::format("can't convert \"{}\" to a number", std::get<std::string>(operand)));
  return value.value_or(0);
}

Operand Action::call(const std::string& name, const std::vector<Operand>& arguments) {
  if (name == "printf") return print_formatted(arguments);
  if (arguments.size() != 1) {
    fail(fmt::format("function \"{}\" with {} arguments is not supported here", name, arguments.size()));
    return {};
  }
  const Operand& argument = arguments.front();
  if (name == "humanize") return humanize(as_number(argument));
  if (name == "humanize1024") return humanize_1024(as_number(argument));
  if (name == "humanizePercentage") return humanize_percentage(as_number(argument));
  if (name == "humanizeDuration") return humanize_duration(as_number(argument));
  if (name == "humanizeTimestamp") return humanize_timestamp(as_number(argument));
  if (name == "toUpper") return mapped(shown(argument), 'a', 'z', 'A' - 'a');
  if (name == "toLower") return mapped(shown(argument), 'A', 'Z', 'a' - 'A');
  if (name == "title") return title(shown(argument));
  if (name == "print" || name == "safeHtml") return shown(argument);
  if (name == "stripPort") return shown(argument).substr(0, shown(argument).rfind(':'));
  fail(fmt::format("function \"{}\" is not supported here", name));
  return {};
}

std::string Action::print_formatted(const std::vector<Operand>& arguments) {
  const auto* format = arguments.empty() ? nullptr : std::get_if<std::string>(&arguments.front());
  if (!format) {
    fail("printf needs a format");
    return {};
  }
  std::string out;
  std::size_t next = 1;
  for (std::size_t at = 0; at < format->size() && wrong_.empty();) {
    if ((*format)[at] != '%') {
      out += (*format)[at++];
    } else if (format->compare(at, 2, "%%") == 0) {
      out += '%';
      at += 2;
    } else if (next >= arguments.size()) {
      fail("printf has too few arguments");
    } else {
      out += verb(*format, at, arguments[next++]);
    }
  }
  if (wrong_.empty() && next != arguments.size()) fail("printf has too many arguments");
  return out;
}

// One verb such as %.2f at `at`, which moves behind it.
std::string Action::verb(std::string_view format, std::size_t& at, const Operand& argument) {
  const std::size_t begin = at++;
  int precision = -1;
  if (at < format.size() && format[at] == '.') {
    precision = 0;
    for (++at; at < format.size() && format[at] >= '0' && format[at] <= '9' && precision < 100; ++at)
      precision = precision * 10 + (format[at] - '0');
  }
  const char letter = at < format.size() ? format[at++] : '\0';
  if (letter == 's' || (letter == 'v' && precision < 0)) return shown(argument);
  if (letter == 'q') return promql::quote(shown(argument));
  const bool is_number = std::holds_alternative<double>(argument);
  if (is_number && letter == 'g' && precision < 0) return shown(argument);
  const double number = is_number ? std::get<double>(argument) : 0;
  if (is_number && number - number != 0) return promql::format_plain(number);  // not finite
  if (is_number && letter == 'f') return fmt::format("{:.{}f}", number, precision < 0 ? 6 : precision);
  if (is_number && letter == 'e') return fmt::format("{:.{}e}", number, precision < 0 ? 6 : precision);
  if (is_number && letter == 'g') return fmt::format("{:.{}g}", number, precision);
  fail(fmt::format("printf verb \"{}\" is not supported here for this argument",
                   format.substr(begin, at - begin)));
  return {};
}

void trim_right(std::string& text) {
  while (!text.empty() && is_space(text.back())) text.pop_back();
}

struct Part {
  std::string_view action;
  bool trims_before = false, trims_after = false;
};

// The action between `begin` and `end`, without comment and trim markers.
Part part_of(std::string_view inside) {
  Part part;
  if (inside.size() >= 2 && inside.front() == '-' && is_space(inside[1])) {
    part.trims_before = true;
    inside.remove_prefix(1);
  }
  if (inside.size() >= 2 && inside.back() == '-' && is_space(inside[inside.size() - 2])) {
    part.trims_after = true;
    inside.remove_suffix(1);
  }
  part.action = inside;
  return part;
}

std::string failed(const std::string& why) {
  return "<error expanding template: " + why + ">";
}

}  // namespace

std::string expand_alert_template(const std::string& text, const Labels& labels, double value) {
  std::string out;
  std::size_t at = 0;
  while (true) {
    const std::size_t open = text.find("{{", at);
    out += text.substr(at, open - at);
    if (open == std::string::npos) return out;
    const std::size_t close = text.find("}}", open);
    if (close == std::string::npos) return failed("unclosed action");
    const Part part = part_of(std::string_view(text).substr(open + 2, close - open - 2));
    if (part.trims_before) trim_right(out);
    const bool comment = part.action.find_first_not_of(" \t\n") != std::string_view::npos &&
                         part.action.substr(part.action.find_first_not_of(" \t\n")).starts_with("/*");
    if (!comment) {
      Action action(part.action, labels, value);
      out += action.run();
      if (!action.wrong().empty()) return failed(action.wrong());
    }
    at = close + 2;
    if (part.trims_after)
      while (at < text.size() && is_space(text[at])) ++at;
  }
}

}  // namespace muster
