// Numbers as SPDY writes them: the highest byte first.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace muster {

inline void append_big_endian(std::string& out, std::uint64_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i));
}

/// `at + bytes` must not be beyond the text's end.
inline std::uint32_t big_endian(std::string_view text, std::size_t at, int bytes) {
  std::uint32_t value = 0;
  for (int i = 0; i < bytes; ++i)
    value = value << 8 | static_cast<unsigned char>(text[at + static_cast<std::size_t>(i)]);
  return value;
}

}  // namespace muster
