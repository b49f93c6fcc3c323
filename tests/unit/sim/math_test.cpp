#include "sim/math.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "sim/random.hpp"

namespace muster {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Distance of `got` from the long double value, in units of the last place of the expected double.
double ulps(double got, long double expected) {
  const double rounded = static_cast<double>(expected);
  if (got == rounded) return 0;
  const double ulp = std::nextafter(std::fabs(rounded), infinity) - std::fabs(rounded);
  return static_cast<double>(std::fabs((static_cast<long double>(got) - expected) / ulp));
}

TEST(PortableMath, LogIsWithinTwoUlp) {
  const RandomStream stream(1, "math", "log");
  double worst = 0;
  for (std::uint64_t i = 0; i < 200'000; ++i) {
    const auto words = stream.block(i);
    const double x = std::ldexp(1 + unit_interval(words[0]), static_cast<int>(below(words[1], 2090)) - 1070);
    const double near_one = 1 + (unit_interval(words[2]) - 0.5) * unit_interval(words[3]);
    worst = std::max(worst, ulps(portable_log(x), std::log(static_cast<long double>(x))));
    worst = std::max(worst, ulps(portable_log(near_one), std::log(static_cast<long double>(near_one))));
  }
  EXPECT_LT(worst, 1.0);
}

TEST(PortableMath, ExpIsWithinTwoUlp) {
  const RandomStream stream(2, "math", "exp");
  double worst = 0;
  for (std::uint64_t i = 0; i < 200'000; ++i) {
    const auto words = stream.block(i);
    const double x = (unit_interval(words[0]) - 0.5) * 1416;
    const double small = (unit_interval(words[1]) - 0.5) * 2;
    worst = std::max(worst, ulps(portable_exp(x), std::exp(static_cast<long double>(x))));
    worst = std::max(worst, ulps(portable_exp(small), std::exp(static_cast<long double>(small))));
  }
  EXPECT_LT(worst, 1.0);
}

TEST(PortableMath, PowIsWithinTwoUlp) {
  const RandomStream stream(3, "math", "pow");
  double worst = 0;
  for (std::uint64_t i = 0; i < 200'000; ++i) {
    const auto words = stream.block(i);
    const double x = std::ldexp(1 + unit_interval(words[0]), static_cast<int>(below(words[1], 400)) - 200);
    const double y = (unit_interval(words[2]) - 0.5) * 1400 / (1 + std::fabs(std::log(x)));
    worst = std::max(worst, ulps(portable_pow(x, y), std::pow(static_cast<long double>(x), y)));
  }
  EXPECT_LT(worst, 1.0);
}

TEST(PortableMath, EdgesAreExact) {
  EXPECT_EQ(portable_log(1), 0);
  EXPECT_EQ(portable_log(0), -infinity);
  EXPECT_EQ(portable_log(infinity), infinity);
  EXPECT_TRUE(std::isnan(portable_log(-1)));
  EXPECT_EQ(portable_exp(0), 1);
  EXPECT_EQ(portable_exp(-infinity), 0);
  EXPECT_EQ(portable_exp(infinity), infinity);
  EXPECT_EQ(portable_exp(710), infinity);
  EXPECT_EQ(portable_exp(-746), 0);
  EXPECT_GT(portable_exp(709.78), 1e308);
  EXPECT_NEAR(portable_exp(-745.1), 5e-324, 5e-324);
  EXPECT_TRUE(std::isnan(portable_exp(std::nan(""))));
  EXPECT_EQ(portable_pow(0, 0), 1);
  EXPECT_EQ(portable_pow(0, 2), 0);
  EXPECT_EQ(portable_pow(0, -2), infinity);
  EXPECT_EQ(portable_pow(infinity, -1), 0);
  EXPECT_EQ(portable_pow(2, 10), 1024);
  EXPECT_EQ(portable_pow(10, 15), 1e15);
  EXPECT_EQ(portable_pow(4, 0.5), 2);
  EXPECT_EQ(portable_pow(2, 5000), infinity);
  EXPECT_EQ(portable_pow(2, -5000), 0);
  EXPECT_EQ(portable_pow(2, 1e300), infinity);
  EXPECT_TRUE(std::isnan(portable_pow(-2, 2)));
}

// The bits, so that every compiler and optimisation level is held to the same ones.
TEST(PortableMath, GoldenVectors) {
  EXPECT_EQ(portable_log(2), 0x1.62e42fefa39efp-1);
  EXPECT_EQ(portable_log(0.1), -0x1.26bb1bbb55515p+1);
  EXPECT_EQ(portable_log(1e-300), -0x1.5963447f87fb5p+9);
  EXPECT_EQ(portable_log(1.0000001), 0x1.ad7f2847b6492p-24);
  EXPECT_EQ(portable_exp(1), 0x1.5bf0a8b14576ap+1);
  EXPECT_EQ(portable_exp(-0.5), 0x1.368b2fc6f960ap-1);
  EXPECT_EQ(portable_exp(-700.25), 0x1.af5fe9a485c8ep-1011);
  EXPECT_EQ(portable_pow(1.1, 300), 0x1.30a90161ee3b5p+41);
  EXPECT_EQ(portable_pow(0.3, 0.7), 0x1.b8d809c615f41p-2);
}

}  // namespace
}  // namespace muster
