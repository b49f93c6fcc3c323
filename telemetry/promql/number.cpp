// Floating-point numbers as Go's strconv prints and reads them; built on to_chars, so no locale can change
// them.
#include <charconv>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "telemetry/promql/literal.hpp"

namespace muster::promql {

namespace {

struct Digits {
  bool negative = false;
  std::string digits;  // shortest that reads back, without a point: "15"
  int exponent = 0;    // of the first digit: 1.5 -> 0
};

Digits shortest_digits(double value) {
  char buffer[32];
  const auto [end, error] =
      std::to_chars(buffer, buffer + sizeof buffer, std::fabs(value), std::chars_format::scientific);
  const std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
  Digits out;
  out.negative = std::signbit(value);
  const std::size_t e = text.find('e');
  for (const char c : text.substr(0, e))
    if (c != '.') out.digits += c;
  const bool minus = text[e + 1] == '-';
  std::from_chars(text.data() + e + 2, text.data() + text.size(), out.exponent);
  if (minus) out.exponent = -out.exponent;
  return out;
}

std::string plain(const Digits& d) {
  std::string out = d.negative ? "-" : "";
  const int count = static_cast<int>(d.digits.size());
  if (d.exponent < 0)
    return out + "0." + std::string(static_cast<std::size_t>(-d.exponent - 1), '0') + d.digits;
  if (d.exponent >= count - 1)
    return out + d.digits + std::string(static_cast<std::size_t>(d.exponent - count + 1), '0');
  const auto point = static_cast<std::size_t>(d.exponent) + 1;
  return out + d.digits.substr(0, point) + "." + d.digits.substr(point);
}

std::string exponential(const Digits& d) {
  std::string out = d.negative ? "-" : "";
  out += d.digits[0];
  if (d.digits.size() > 1) out += "." + d.digits.substr(1);
  return out + fmt::format("e{}{:02}", d.exponent < 0 ? '-' : '+', std::abs(d.exponent));
}

// "NaN", "+Inf", "-Inf", or nothing for a finite number.
std::string special(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  return {};
}

// Most samples: what to_chars writes without an exponent is then the same text.
std::string ordinary(double value) {
  char buffer[64];
  const auto whole = static_cast<std::int64_t>(value);  // counters: several times quicker than a fraction
  if (static_cast<double>(whole) == value && whole != 0)
    return {buffer, std::to_chars(buffer, buffer + sizeof buffer, whole).ptr};
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed);
  return {buffer, end};
}

}  // namespace

std::string format_plain(double value) {
  const std::string text = special(value);
  return text.empty() ? plain(shortest_digits(value)) : text;
}

std::string format_short(double value) {
  if (const std::string text = special(value); !text.empty()) return text;
  const Digits digits = shortest_digits(value);
  constexpr int precision = 6;  // Go's strconv 'g' decides with this one for shortest digits
  const bool exponent = value != 0 && (digits.exponent < -4 || digits.exponent >= precision);
  return exponent ? exponential(digits) : plain(digits);
}

std::string format_exponent(double value) {
  const std::string text = special(value);
  return text.empty() ? exponential(shortest_digits(value)) : text;
}

std::string format_sample(double value) {
  constexpr double all_digits_count = 1e15;  // below 2^53
  if (value == 0 || (std::fabs(value) >= 1e-6 && std::fabs(value) < all_digits_count)) return ordinary(value);
  if (const std::string text = special(value); !text.empty()) return text;
  const double size = std::fabs(value);
  const bool exponent = value != 0 && (size < 1e-6 || size >= 1e21);
  return exponent ? exponential(shortest_digits(value)) : plain(shortest_digits(value));
}

std::optional<double> parse_float(std::string_view text) {
  bool negative = false;
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  if (text.empty() || text.front() == '+' || text.front() == '-') return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size() || error == std::errc::invalid_argument) return std::nullopt;
  if (error == std::errc::result_out_of_range) {
    const bool too_small =
        text.find("e-") != std::string_view::npos || text.find("E-") != std::string_view::npos;
    if (!too_small) return std::nullopt;
    value = 0;
  }
  if (std::isnan(value)) value = std::numeric_limits<double>::quiet_NaN();
  return negative ? -value : value;
}

std::optional<double> parse_number_literal(std::string_view text) {
  const bool leading_zero = text.size() > 1 && text[0] == '0';
  const bool hex = leading_zero && (text[1] == 'x' || text[1] == 'X');
  if (!leading_zero) return parse_float(text);
  std::int64_t whole = 0;
  const char* begin = text.data() + (hex ? 2 : 1);
  const auto [end, error] = std::from_chars(begin, text.data() + text.size(), whole, hex ? 16 : 8);
  if (error == std::errc() && end == text.data() + text.size()) return static_cast<double>(whole);
  return hex ? std::nullopt : parse_float(text);
}

}  // namespace muster::promql
