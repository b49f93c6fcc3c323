// Randomness by name. A draw is a pure function of (seed, entity, purpose, index), so leaving one action out
// of a run shifts nobody else's luck. Generator: Philox4x64-10 (Salmon, Moraes, Dror, Shaw, "Parallel random
// numbers: as easy as 1, 2, 3", SC11), with the paper's known-answer vectors as tests.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace muster {

/// The block cipher of the generator: ten rounds.
std::array<std::uint64_t, 4> philox4x64(std::array<std::uint64_t, 4> counter,
                                        std::array<std::uint64_t, 2> key);

class RandomStream {
 public:
  /// `entity` names whose luck it is ("pod/api-3"), `purpose` what for ("boot").
  RandomStream(std::uint64_t seed, std::string_view entity, std::string_view purpose);

  /// Four independent 64-bit words that belong to `index`; reading them changes nothing.
  std::array<std::uint64_t, 4> block(std::uint64_t index) const;
  /// The first word of block(index).
  std::uint64_t at(std::uint64_t index) const { return block(index)[0]; }

  /// The next word of the sequence block(0)[0], block(0)[1], ... block(1)[0], ...
  std::uint64_t next();

 private:
  std::array<std::uint64_t, 2> key_;
  std::array<std::uint64_t, 4> words_{};  // the block that next() reads from
  std::uint64_t drawn_ = 0;
};

/// A double in the open interval (0, 1): 52 bits, centred, never 0 or 1.
double unit_interval(std::uint64_t word);
/// A whole number in [0, n), n > 0: the high half of word * n. Bias below n / 2^64.
std::uint64_t below(std::uint64_t word, std::uint64_t n);
/// True with probability numerator / denominator.
bool chance(std::uint64_t word, std::uint64_t numerator, std::uint64_t denominator);

}  // namespace muster
