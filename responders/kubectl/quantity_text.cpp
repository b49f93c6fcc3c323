#include "responders/kubectl/quantity_text.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace muster {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t bytes;
};
constexpr std::array units{
    Unit{"Ki", 1LL << 10}, Unit{"Mi", 1LL << 20}, Unit{"Gi", 1LL << 30},    Unit{"Ti", 1LL << 40},
    Unit{"k", 1'000},      Unit{"M", 1'000'000},  Unit{"G", 1'000'000'000}, Unit{"T", 1'000'000'000'000}};

/// A decimal number in thousandths, and what stands behind it.
std::int64_t read_millis(std::string_view& text) {
  std::int64_t whole = 0, fraction = 0, scale = 100;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), whole);
  text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1), scale /= 10)
      fraction += (text.front() - '0') * scale;
  }
  return whole * 1'000 + fraction;
}

}  // namespace

std::int64_t millis_of(std::string_view text) {
  const std::int64_t amount = read_millis(text);
  return text == "m" ? amount / 1'000 : amount;
}

std::int64_t bytes_of(std::string_view text) {
  const std::int64_t millis = read_millis(text);
  for (const Unit& unit : units)
    if (text == unit.name) return millis / 1'000 * unit.bytes + millis % 1'000 * unit.bytes / 1'000;
  return millis / 1'000;
}

std::string millis_text(std::int64_t millis) {
  return millis % 1'000 == 0 ? fmt::format("{}", millis / 1'000) : fmt::format("{}m", millis);
}

std::string bytes_text(std::int64_t bytes) {
  std::string text = fmt::format("{}", bytes);
  for (std::size_t i = 0; i < 4; ++i)
    if (bytes != 0 && bytes % units[i].bytes == 0)
      text = fmt::format("{}{}", bytes / units[i].bytes, units[i].name);
  return text;
}

}  // namespace muster
