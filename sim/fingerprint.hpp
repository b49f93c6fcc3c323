// A rolling 64-bit hash of what happened. Two runs with equal inputs must end with equal fingerprints;
// any stray nondeterminism shows here first.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace muster {

class Fingerprint {
 public:
  /// The multiply-rotate step of MurmurHash64A's inner loop (A. Appleby, public domain): cheap, order
  /// sensitive.
  void mix(std::uint64_t word) {
    state_ = std::rotl((state_ ^ word) * 0x9E3779B97F4A7C15ull, 29) + 0xC6A4A7935BD1E995ull;
  }
  void mix(std::string_view bytes);
  std::uint64_t value() const { return state_; }
  /// Sixteen lower-case hex digits.
  std::string hex() const;

 private:
  std::uint64_t state_ = 0x6D75737465722131ull;  // "muster!1"
};

/// Hash of a name, equal everywhere: FNV-1a, 64 bit (Fowler, Noll, Vo).
std::uint64_t hash_name(std::string_view name);

}  // namespace muster
