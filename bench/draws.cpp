#include "bench/draws.hpp"

#include <cmath>

namespace muster::bench {
namespace {

// Where the tail begins and the area of each layer, for 256 layers (Marsaglia and Tsang 2000).
constexpr double tail_begin = 7.69711747013104972, layer_area = 0.0039496598225815571993;

}  // namespace

const Draws::Layers Draws::layers_;

Draws::Layers::Layers() {
  width[0] = layer_area / std::exp(-tail_begin);
  width[1] = tail_begin;
  for (std::size_t i = 2; i < layers; ++i)
    width[i] = -std::log(layer_area / width[i - 1] + std::exp(-width[i - 1]));
  width[layers] = 0;
  for (std::size_t i = 0; i <= layers; ++i) height[i] = std::exp(-width[i]);
}

Draws::Draws(std::uint64_t seed) {
  for (std::uint64_t& word : state_) {  // splitmix64 (Steele, Lea, Flood 2014)
    seed += 0x9E3779B97F4A7C15ull;
    std::uint64_t z = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    word = z ^ (z >> 31);
  }
}

double Draws::exponential_at_the_rim(std::size_t layer, double x) {
  if (layer == 0) return tail_begin + exponential();  // the tail looks like the whole
  const double y = layers_.height[layer] + unit(next()) * (layers_.height[layer + 1] - layers_.height[layer]);
  return y < std::exp(-x) ? x : exponential();
}

}  // namespace muster::bench
