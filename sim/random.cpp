#include "sim/random.hpp"

#include "sim/assert.hpp"
#include "sim/fingerprint.hpp"

namespace muster {
namespace {

__extension__ typedef unsigned __int128 Wide;

std::uint64_t high(Wide product) {
  return static_cast<std::uint64_t>(product >> 64);
}

// Salmon et al. 2011, table 2 and section 4.3 (multipliers and key increments of Philox-4x64).
constexpr std::uint64_t multiplier_0 = 0xD2E7470EE14C6C93ull, multiplier_1 = 0xCA5A826395121157ull;
constexpr std::uint64_t increment_0 = 0x9E3779B97F4A7C15ull, increment_1 = 0xBB67AE8584CAA73Bull;
constexpr int rounds = 10;

}  // namespace

std::array<std::uint64_t, 4> philox4x64(std::array<std::uint64_t, 4> counter,
                                        std::array<std::uint64_t, 2> key) {
  for (int round = 0; round < rounds; ++round) {
    const Wide left = static_cast<Wide>(multiplier_0) * counter[0];
    const Wide right = static_cast<Wide>(multiplier_1) * counter[2];
    counter = {high(right) ^ counter[1] ^ key[0], static_cast<std::uint64_t>(right),
               high(left) ^ counter[3] ^ key[1], static_cast<std::uint64_t>(left)};
    key[0] += increment_0;
    key[1] += increment_1;
  }
  return counter;
}

RandomStream::RandomStream(std::uint64_t seed, std::string_view entity, std::string_view purpose) {
  // The name becomes a key through the generator itself: a change of one bit anywhere changes all of the key.
  const std::array<std::uint64_t, 4> mixed =
      philox4x64({seed, hash_name(entity), hash_name(purpose), 0}, {0, 0});
  key_ = {mixed[0], mixed[1]};
}

std::array<std::uint64_t, 4> RandomStream::block(std::uint64_t index) const {
  return philox4x64({index, 0, 0, 0}, key_);
}

std::uint64_t RandomStream::next() {
  const std::uint64_t word = drawn_ % 4;
  if (word == 0) words_ = block(drawn_ / 4);
  ++drawn_;
  return words_[word];
}

double unit_interval(std::uint64_t word) {
  return (static_cast<double>(word >> 12) + 0.5) * 0x1p-52;
}

std::uint64_t below(std::uint64_t word, std::uint64_t n) {
  MUSTER_ASSERT(n > 0, "there is no number below zero");
  return high(static_cast<Wide>(word) * n);
}

bool chance(std::uint64_t word, std::uint64_t numerator, std::uint64_t denominator) {
  return below(word, denominator) < numerator;
}

}  // namespace muster
