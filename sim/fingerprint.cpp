#include "sim/fingerprint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

namespace muster {

void Fingerprint::mix(std::string_view bytes) {
  mix(static_cast<std::uint64_t>(bytes.size()));
  for (std::size_t begin = 0; begin < bytes.size(); begin += 8) {
    std::uint64_t word = 0;  // little endian on every machine
    const std::size_t end = std::min(begin + 8, bytes.size());
    for (std::size_t i = end; i-- > begin;) word = word << 8 | static_cast<unsigned char>(bytes[i]);
    mix(word);
  }
}

std::string Fingerprint::hex() const {
  return fmt::format("{:016x}", state_);
}

std::uint64_t hash_name(std::string_view name) {
  std::uint64_t hash = 0xCBF29CE484222325ull;  // FNV-1a, 64 bit: offset basis and prime
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
  return hash;
}

}  // namespace muster
