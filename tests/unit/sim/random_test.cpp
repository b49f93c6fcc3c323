#include "sim/random.hpp"

#include <gtest/gtest.h>

#include <array>

#include "sim/statistics.hpp"

namespace muster {
namespace {

using Block = std::array<std::uint64_t, 4>;

// Known answers of the authors' own library (Random123, tests/kat_vectors, philox4x64 10 rounds).
TEST(Philox, KnownAnswers) {
  EXPECT_EQ(philox4x64({0, 0, 0, 0}, {0, 0}), (Block{0x16554d9eca36314cull, 0xdb20fe9d672d0fdcull,
                                                     0xd7e772cee186176bull, 0x7e68b68aec7ba23bull}));
  constexpr std::uint64_t ones = ~std::uint64_t{0};
  EXPECT_EQ(
      philox4x64({ones, ones, ones, ones}, {ones, ones}),
      (Block{0x87b092c3013fe90bull, 0x438c3c67be8d0224ull, 0x9cc7d7c69cd777b6ull, 0xa09caebf594f0ba0ull}));
}

TEST(RandomStream, IsAFunctionOfItsNames) {
  const RandomStream stream(42, "pod/api-3", "boot");
  EXPECT_EQ(stream.block(7), RandomStream(42, "pod/api-3", "boot").block(7));
  EXPECT_NE(stream.at(7), stream.at(8));
  EXPECT_NE(stream.at(7), RandomStream(43, "pod/api-3", "boot").at(7));
  EXPECT_NE(stream.at(7), RandomStream(42, "pod/api-4", "boot").at(7));
  EXPECT_NE(stream.at(7), RandomStream(42, "pod/api-3", "crash").at(7));
  EXPECT_NE(stream.at(7), RandomStream(42, "boot", "pod/api-3").at(7));
}

TEST(RandomStream, NextWalksThroughTheBlocks) {
  RandomStream stream(42, "users", "arrivals");
  const RandomStream reader = stream;
  for (std::uint64_t i = 0; i < 12; ++i) EXPECT_EQ(stream.next(), reader.block(i / 4)[i % 4]) << i;
}

TEST(RandomStream, GoldenVectors) {
  const RandomStream stream(42, "pod/api-3", "boot");
  EXPECT_EQ(stream.at(0), 0x2205a96a1c85a1baull);
  EXPECT_EQ(stream.at(1), 0x2662eadc7de006b3ull);
}

TEST(Draws, UnitIntervalIsOpenAndCentred) {
  EXPECT_EQ(unit_interval(0), 0x1p-53);
  EXPECT_EQ(unit_interval(~std::uint64_t{0}), 1 - 0x1p-53);
  EXPECT_GT(unit_interval(std::uint64_t{1} << 63), 0.5);
  EXPECT_LT(unit_interval((std::uint64_t{1} << 63) - 1), 0.5);
}

TEST(Draws, BelowAndChanceCoverTheirRange) {
  constexpr std::uint64_t last = ~std::uint64_t{0};
  EXPECT_EQ(below(0, 10), 0u);
  EXPECT_EQ(below(last, 10), 9u);
  EXPECT_EQ(below(last, 1), 0u);
  EXPECT_FALSE(chance(0, 0, 100));
  EXPECT_TRUE(chance(last, 100, 100));
  EXPECT_TRUE(chance(0, 1, 100));
  EXPECT_FALSE(chance(last, 99, 100));
}

TEST(Draws, UniformMeanVarianceAndCells) {
  RandomStream stream(7, "test", "uniform");
  Moments moments;
  std::array<int, 16> cells{};
  constexpr int draws = 160'000;
  for (int i = 0; i < draws; ++i) {
    const std::uint64_t word = stream.next();
    moments.add(unit_interval(word));
    ++cells[below(word, 16)];
  }
  EXPECT_NEAR(moments.mean(), 0.5, 4 * 0.2887 / 400);           // 4 standard errors of the mean
  EXPECT_NEAR(moments.variance(), 1.0 / 12, 4 * 0.0745 / 400);  // and of the variance
  double chi_square = 0;
  for (const int count : cells)
    chi_square += (count - draws / 16.0) * (count - draws / 16.0) / (draws / 16.0);
  EXPECT_LT(chi_square, 37.7);  // 99.9 % point with 15 degrees of freedom
  EXPECT_GT(chi_square, 3.48);  // 0.1 % point: too even is wrong too
}

}  // namespace
}  // namespace muster
