// The benchmarks' own random numbers, so that what is timed is the engine: xoshiro256++ (Blackman and Vigna
// 2019) and a 256-layer ziggurat for the exponential (Marsaglia and Tsang 2000). The simulator itself draws
// by name and by inversion (sim/random.hpp); its draws would cost as much as the event they belong to.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "sim/time.hpp"

namespace muster::bench {

class Draws {
 public:
  explicit Draws(std::uint64_t seed);

  std::uint64_t next() {
    const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }

  /// Exponential with mean 1.
  double exponential() {
    const std::uint64_t word = next();
    const std::size_t layer = word % layers;
    const double x = unit(word) * layers_.width[layer];
    return x < layers_.width[layer + 1] ? x : exponential_at_the_rim(layer, x);
  }
  SimDuration exponential(double mean_seconds) {
    return SimDuration{static_cast<std::int64_t>(exponential() * mean_seconds * 1e9)};
  }

 private:
  static constexpr std::size_t layers = 256;
  struct Layers {
    std::array<double, layers + 1> width, height;
    Layers();
  };
  static const Layers layers_;

  static double unit(std::uint64_t word) { return static_cast<double>(word >> 11) * 0x1p-53; }
  double exponential_at_the_rim(std::size_t layer, double x);

  std::array<std::uint64_t, 4> state_;
};

}  // namespace muster::bench
