#include "telemetry/promql/literal.hpp"

#include <fmt/format.h>

#include <array>

namespace muster::promql {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

void append_utf8(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | (code >> 12));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (code >> 18));
    out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

int digit_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 16;
}

// Reads `count` digits of `base` at `at`; no value if there are fewer.
std::optional<std::uint32_t> read_code(std::string_view text, std::size_t at, std::size_t count, int base) {
  if (at + count > text.size()) return std::nullopt;
  std::uint32_t code = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    const int digit = digit_value(text[i]);
    if (digit >= base) return std::nullopt;
    code = code * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit);
  }
  return code;
}

// One escape whose letter is at `at`; moves `at` behind it.
bool append_escape(std::string& out, std::string_view body, std::size_t& at, char delimiter) {
  const char c = body[at++];
  constexpr std::string_view letters = "abfnrtv\\", values = "\a\b\f\n\r\t\v\\";
  if (const std::size_t i = letters.find(c); i != std::string_view::npos) {
    out += values[i];
    return true;
  }
  if (c == delimiter) {
    out += c;
    return true;
  }
  const std::size_t count = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 3;
  const bool octal = c >= '0' && c <= '7';
  if (count == 3 && !octal) return false;
  const auto code = read_code(body, octal ? at - 1 : at, count, octal ? 8 : 16);
  if (!code) return false;
  at += octal ? count - 1 : count;
  const bool is_byte = octal || c == 'x';
  if (is_byte ? *code > 0xFF : (*code > 0x10FFFF || (*code >= 0xD800 && *code <= 0xDFFF))) return false;
  if (is_byte) {
    out += static_cast<char>(*code);
  } else {
    append_utf8(out, *code);
  }
  return true;
}

struct Unit {
  std::string_view name;
  std::int64_t ms;
  bool only_whole;  // years and weeks are printed only where nothing remains
};

// prometheus/common model/time.go
constexpr std::array<Unit, 7> units{{{"y", 365ll * 24 * 3600 * 1000, true},
                                     {"w", 7ll * 24 * 3600 * 1000, true},
                                     {"d", 24ll * 3600 * 1000, false},
                                     {"h", 3600ll * 1000, false},
                                     {"m", 60ll * 1000, false},
                                     {"s", 1000, false},
                                     {"ms", 1, false}}};

}  // namespace

std::string quote(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    constexpr std::string_view values = "\a\b\f\n\r\t\v\\\"", letters = "abfnrtv\\\"";
    if (const std::size_t i = values.find(c); i != std::string_view::npos) {
      out += '\\';
      out += letters[i];
    } else if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\x{:02x}", byte);
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::optional<std::string> unquote(std::string_view token) {
  if (token.size() < 2 || token.front() != token.back()) return std::nullopt;
  const char delimiter = token.front();
  const std::string_view body = token.substr(1, token.size() - 2);
  if (delimiter == '`') return std::string(body);
  if (delimiter != '"' && delimiter != '\'') return std::nullopt;
  std::string out;
  for (std::size_t at = 0; at < body.size();) {
    if (body[at] != '\\') {
      if (body[at] == '\n' || body[at] == delimiter) return std::nullopt;
      out += body[at++];
      continue;
    }
    if (++at >= body.size() || !append_escape(out, body, at, delimiter)) return std::nullopt;
  }
  return out;
}

std::optional<std::int64_t> parse_duration_ms(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::int64_t total = 0;
  std::size_t at = 0, next_unit = 0;
  while (at < text.size()) {
    std::int64_t count = 0;
    const std::size_t digits = at;
    for (; at < text.size() && is_digit(text[at]); ++at) {
      count = count * 10 + (text[at] - '0');
      if (count > 1'000'000'000'000'000) return std::nullopt;
    }
    std::size_t end = at;
    while (end < text.size() && is_alpha(text[end])) ++end;
    const std::string_view name = text.substr(at, end - at);
    std::size_t unit = next_unit;
    while (unit < units.size() && units[unit].name != name) ++unit;
    if (digits == at || unit == units.size()) return std::nullopt;
    constexpr std::int64_t longest_ms = 9'223'372'036'854;  // what fits an int64 of nanoseconds
    if (count > longest_ms / units[unit].ms) return std::nullopt;
    total += count * units[unit].ms;
    if (total > longest_ms) return std::nullopt;
    next_unit = unit + 1;
    at = end;
  }
  return total;
}

std::string format_duration_ms(std::int64_t ms) {
  if (ms == 0) return "0s";
  std::string out;
  for (const Unit& unit : units) {
    if (unit.only_whole && ms % unit.ms != 0) continue;
    if (const std::int64_t count = ms / unit.ms; count > 0) {
      out += fmt::format("{}{}", count, unit.name);
      ms -= count * unit.ms;
    }
  }
  return out;
}

bool is_label_name(std::string_view name) {
  return name.find(':') == std::string_view::npos && is_metric_name(name);
}

bool is_metric_name(std::string_view name) {
  if (name.empty() || is_digit(name.front())) return false;
  for (const char c : name)
    if (!is_alpha(c) && !is_digit(c) && c != ':') return false;
  return true;
}

}  // namespace muster::promql
