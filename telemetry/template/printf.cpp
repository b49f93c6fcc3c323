// Go's fmt.Sprintf for what templates print.
#include <fmt/format.h>

#include "telemetry/promql/literal.hpp"
#include "telemetry/template/nodes.hpp"

namespace muster::text_template {
namespace {

struct Verb {
  bool left = false, zeros = false, plus = false;
  int width = 0, precision = -1;
  char letter = '\0';
};

constexpr int widest = 200;

int number_at(const std::string& format, std::size_t& at) {
  int number = 0;
  for (; at < format.size() && format[at] >= '0' && format[at] <= '9'; ++at)
    number = std::min(widest, number * 10 + (format[at] - '0'));
  return number;
}

/// `at` stands behind the percent sign, then behind the verb.
Verb read_verb(const std::string& format, std::size_t& at) {
  Verb verb;
  for (; at < format.size() && (format[at] == '-' || format[at] == '0' || format[at] == '+'); ++at) {
    verb.left = verb.left || format[at] == '-';
    verb.zeros = verb.zeros || format[at] == '0';
    verb.plus = verb.plus || format[at] == '+';
  }
  verb.width = number_at(format, at);
  if (at < format.size() && format[at] == '.') {
    ++at;
    verb.precision = number_at(format, at);
  }
  if (at < format.size()) verb.letter = format[at++];
  return verb;
}

/// Empty if the verb does not fit the argument.
std::string printed(const Verb& verb, const Value& argument) {
  const bool is_number = argument.kind == Value::Kind::number;
  const double number = argument.number;
  switch (verb.letter) {
    case 's':
    case 'v':
      if (verb.letter == 's' && argument.kind == Value::Kind::text && verb.precision >= 0)
        return argument.text.substr(0, static_cast<std::size_t>(verb.precision));
      return verb.letter == 'v' && is_number && verb.precision >= 0
                 ? fmt::format("{:.{}g}", number, verb.precision)
                 : argument.shown();
    case 'q':
      return promql::quote(argument.shown());
    case 't':
      return argument.kind == Value::Kind::boolean ? argument.shown() : "";
    case 'd':
      return is_number && argument.integer ? argument.shown() : "";
    default:
      break;
  }
  if (!is_number || argument.integer) return "";
  if (number - number != 0) return promql::format_plain(number);  // not finite
  const int precision = verb.precision < 0 ? 6 : verb.precision;
  if (verb.letter == 'f') return fmt::format("{:.{}f}", number, precision);
  if (verb.letter == 'e') return fmt::format("{:.{}e}", number, precision);
  if (verb.letter != 'g') return "";
  return verb.precision < 0 ? promql::format_short(number) : fmt::format("{:.{}g}", number, verb.precision);
}

std::string padded(const Verb& verb, std::string text) {
  if (verb.plus && !text.empty() && text[0] != '-') text = "+" + text;
  const std::size_t width = static_cast<std::size_t>(verb.width);
  if (text.size() >= width) return text;
  const std::string space(width - text.size(), verb.zeros && !verb.left ? '0' : ' ');
  return verb.left ? text + space : space + text;
}

}  // namespace

Result<std::string> print_formatted(const std::vector<Value>& arguments) {
  if (arguments[0].kind != Value::Kind::text) return invalid_input("printf needs a format");
  const std::string& format = arguments[0].text;
  std::string out;
  std::size_t next = 1;
  for (std::size_t at = 0; at < format.size();) {
    if (format[at] != '%') {
      out += format[at++];
      continue;
    }
    const Verb verb = read_verb(format, ++at);
    if (verb.letter == '%') {
      out += '%';
      continue;
    }
    if (next >= arguments.size()) return invalid_input("printf has too few arguments");
    const Value& argument = arguments[next++];
    const std::string text = printed(verb, argument);
    const bool empty_is_right = argument.kind == Value::Kind::text && argument.text.empty();
    if (text.empty() && !empty_is_right)
      return invalid_input(fmt::format("printf verb \"%{}\" does not fit its argument", verb.letter));
    out += padded(verb, text);
  }
  if (next != arguments.size()) return invalid_input("printf has too many arguments");
  return out;
}

}  // namespace muster::text_template
