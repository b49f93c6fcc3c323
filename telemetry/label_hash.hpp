// A hash of label sets, the same on every machine.
#pragma once

#include <cstdint>

#include "telemetry/sample_sink.hpp"

namespace muster {

/// FNV-1a, 64 bits (draft-eastlake-fnv), over names and values; a byte that no text holds ends each.
inline std::uint64_t label_hash_of(const Labels& labels) {
  constexpr std::uint64_t prime = 0x100000001b3ull;
  std::uint64_t hash = 0xcbf29ce484222325ull;
  const auto mix = [&hash](const std::string& text) {
    for (const char letter : text) hash = (hash ^ static_cast<std::uint8_t>(letter)) * prime;
    hash = (hash ^ 0xffu) * prime;
  };
  for (const auto& [name, value] : labels) {
    mix(name);
    mix(value);
  }
  return hash;
}

}  // namespace muster
