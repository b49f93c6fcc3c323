// IPv4 addresses and ranges.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace muster {

/// "10.0.0.7"; nullopt if it is none.
std::optional<std::uint32_t> parse_address(std::string_view text);
std::string address_text(std::uint32_t address);

struct AddressRange {
  std::uint32_t first = 0;
  int bits = 0;  ///< of the prefix
  bool contains(std::uint32_t address) const;
  bool contains(const AddressRange& other) const;
};
/// "10.0.0.0/8"; nullopt if it is none. IPv6 is not modelled.
std::optional<AddressRange> parse_range(std::string_view text);

}  // namespace muster
