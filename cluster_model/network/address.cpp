#include "cluster_model/network/address.hpp"

#include <fmt/format.h>

#include <charconv>

namespace muster {

namespace {

/// Takes a whole number of at most `most` off the front.
std::optional<std::uint32_t> take_number(std::string_view& text, std::uint32_t most) {
  std::uint32_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc{} || number > most) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

std::uint32_t mask_of(int bits) {
  return bits == 0 ? 0 : ~std::uint32_t{0} << (32 - bits);
}

}  // namespace

std::optional<std::uint32_t> parse_address(std::string_view text) {
  std::uint32_t address = 0;
  for (int part = 0; part < 4; ++part) {
    if (part > 0 && (text.empty() || text.front() != '.')) return std::nullopt;
    if (part > 0) text.remove_prefix(1);
    const auto number = take_number(text, 255);
    if (!number) return std::nullopt;
    address = address << 8 | *number;
  }
  return text.empty() ? std::optional(address) : std::nullopt;
}

std::string address_text(std::uint32_t address) {
  return fmt::format("{}.{}.{}.{}", address >> 24, address >> 16 & 255, address >> 8 & 255, address & 255);
}

bool AddressRange::contains(std::uint32_t address) const {
  return ((address ^ first) & mask_of(bits)) == 0;
}

bool AddressRange::contains(const AddressRange& other) const {
  return other.bits >= bits && contains(other.first);
}

std::optional<AddressRange> parse_range(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto first = parse_address(text.substr(0, slash));
  std::string_view rest = text.substr(slash + 1);
  const auto bits = take_number(rest, 32);
  if (!first || !bits || !rest.empty()) return std::nullopt;
  return AddressRange{*first, static_cast<int>(*bits)};
}

}  // namespace muster
