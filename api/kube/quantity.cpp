#include "api/kube/quantity.hpp"

#include <fmt/format.h>

#include <array>
#include <limits>
#include <optional>

namespace muster::kube {

namespace {

__extension__ typedef __int128 Wide;

/// A suffix multiplies by base^power.
struct Suffix {
  std::string_view text;
  int base;
  int power;
};

constexpr std::array<Suffix, 16> suffixes{{{"", 10, 0},
                                           {"n", 10, -9},
                                           {"u", 10, -6},
                                           {"m", 10, -3},
                                           {"k", 10, 3},
                                           {"M", 10, 6},
                                           {"G", 10, 9},
                                           {"T", 10, 12},
                                           {"P", 10, 15},
                                           {"E", 10, 18},
                                           {"Ki", 2, 10},
                                           {"Mi", 2, 20},
                                           {"Gi", 2, 30},
                                           {"Ti", 2, 40},
                                           {"Pi", 2, 50},
                                           {"Ei", 2, 60}}};

/// Larger mantissas than this are refused before they can overflow; the API caps quantities at 2^63 - 1
/// anyway.
constexpr Wide mantissa_max = Wide{std::numeric_limits<std::int64_t>::max()};
constexpr int fraction_digits_max = 9;

struct Number {
  Wide mantissa = 0;
  int fraction_digits = 0;
  bool negative = false;
  std::string_view tail;  ///< what follows the digits
};

std::optional<Number> read_number(std::string_view text) {
  Number number;
  std::size_t at = 0;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) number.negative = text[at++] == '-';
  bool digits = false, point = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '.' && !point) {
      point = true;
    } else if (c >= '0' && c <= '9') {
      digits = true;
      if (point && number.fraction_digits == fraction_digits_max) continue;  // below a billionth
      number.mantissa = number.mantissa * 10 + (c - '0');
      if (number.mantissa > mantissa_max) return std::nullopt;
      if (point) ++number.fraction_digits;
    } else {
      break;
    }
  }
  if (!digits) return std::nullopt;
  number.tail = text.substr(at);
  return number;
}

/// "e3", "E-2": a decimal exponent instead of a suffix.
std::optional<int> read_exponent(std::string_view tail) {
  if (tail.size() < 2 || (tail[0] != 'e' && tail[0] != 'E')) return std::nullopt;
  std::size_t at = 1;
  const bool negative = tail[at] == '-';
  if (tail[at] == '-' || tail[at] == '+') ++at;
  if (at == tail.size() || tail.size() - at > 2) return std::nullopt;
  int value = 0;
  for (; at < tail.size(); ++at) {
    if (tail[at] < '0' || tail[at] > '9') return std::nullopt;
    value = value * 10 + (tail[at] - '0');
  }
  if (value > 18) return std::nullopt;
  return negative ? -value : value;
}

std::optional<Suffix> read_suffix(std::string_view tail) {
  for (const Suffix& suffix : suffixes) {
    if (suffix.text == tail) return suffix;
  }
  if (const auto exponent = read_exponent(tail)) return Suffix{{}, 10, *exponent};
  return std::nullopt;
}

/// mantissa * 10^(scale - fraction digits) * suffix, rounded up; nullopt if it does not fit in 63 bits.
std::optional<std::int64_t> scaled(const Number& number, const Suffix& suffix, int scale) {
  int tens = scale - number.fraction_digits;
  Wide value = number.mantissa;
  if (suffix.base == 2) {
    value <<= suffix.power;  // 63 + 60 bits fit in 127
  } else {
    tens += suffix.power;
  }
  for (; tens > 0; --tens) {
    value *= 10;
    if (value > (mantissa_max << 60)) return std::nullopt;
  }
  Wide divisor = 1;
  for (; tens < 0; ++tens) divisor *= 10;
  value = (value + divisor - 1) / divisor;
  if (value > mantissa_max) return std::nullopt;
  return static_cast<std::int64_t>(number.negative ? -value : value);
}

Result<std::int64_t> parse(std::string_view text, int scale) {
  const auto number = read_number(text);
  const auto suffix = number ? read_suffix(number->tail) : std::nullopt;
  const auto value = suffix ? scaled(*number, *suffix, scale) : std::nullopt;
  if (value) return *value;
  return invalid_input(
      fmt::format("\"{}\" is not a quantity: expected a number with an optional suffix, such as 250m, 1.5, "
                  "512Mi or 2G",
                  text));
}

/// The largest unit of `base`^step that divides the amount: "512Mi".
std::string in_units(std::int64_t amount, std::int64_t step, const std::array<std::string_view, 7>& units) {
  std::size_t unit = 0;
  while (amount != 0 && amount % step == 0 && unit + 1 < units.size()) {
    amount /= step;
    ++unit;
  }
  return fmt::format("{}{}", amount, units[unit]);
}

}  // namespace

Result<std::int64_t> parse_cpu(std::string_view text) {
  return parse(text, 3);
}

Result<std::int64_t> parse_amount(std::string_view text) {
  return parse(text, 0);
}

std::string format_cpu(std::int64_t millicores) {
  return millicores % 1000 == 0 ? fmt::format("{}", millicores / 1000) : fmt::format("{}m", millicores);
}

std::string format_amount(std::int64_t amount) {
  const std::string binary = in_units(amount, 1024, {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"});
  const std::string decimal = in_units(amount, 1000, {"", "k", "M", "G", "T", "P", "E"});
  return decimal.size() < binary.size() ? decimal : binary;
}

}  // namespace muster::kube
