#include "sim/trigonometry.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <numbers>

#include "sim/random.hpp"

namespace muster {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

using Ours = double (*)(double);
using Exact = long double (*)(long double);

/// Largest relative error over 20,000 draws of draw(u), u uniform in [0, 1).
template <class Draw>
double worst_error(const char* name, Ours ours, Exact exact, Draw&& draw) {
  const RandomStream stream(3, "trigonometry", name);
  double worst = 0;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    const double x = draw(unit_interval(stream.block(i)[0]));
    const long double expected = exact(static_cast<long double>(x));
    if (expected == 0) continue;
    worst = std::max(worst, static_cast<double>(std::fabs((ours(x) - expected) / expected)));
  }
  return worst;
}

TEST(Trigonometry, CircularFunctionsAreExactEnoughForEverySize) {
  const auto near = [](double u) { return (u - 0.5) * 20; };
  const auto far = [](double u) { return std::ldexp(1 + u, static_cast<int>(u * 60)); };
  for (const auto& draw : {+near, +far}) {
    EXPECT_LT(worst_error("sin", portable_sin, std::sin, draw), 1e-14);
    EXPECT_LT(worst_error("cos", portable_cos, std::cos, draw), 1e-14);
    EXPECT_LT(worst_error("tan", portable_tan, std::tan, draw), 1e-14);
    EXPECT_LT(worst_error("atan", portable_atan, std::atan, draw), 1e-14);
  }
  const auto within = [](double u) { return 2 * u - 1; };
  EXPECT_LT(worst_error("asin", portable_asin, std::asin, within), 1e-14);
  EXPECT_LT(worst_error("acos", portable_acos, std::acos, within), 1e-14);
}

// Known to any number of digits: sin(10^22) is a classic test of the reduction (Ng 1992).
TEST(Trigonometry, HugeAnglesAreReducedExactly) {
  EXPECT_DOUBLE_EQ(portable_sin(1e22), -0.8522008497671888);
  EXPECT_DOUBLE_EQ(portable_cos(1e22), 0.5232147853951389);
  EXPECT_NEAR(portable_sin(std::numbers::pi), 1.2246467991473532e-16, 1e-30);
  EXPECT_NEAR(portable_sin(6381956970095103 * 0x1p797), 1, 1e-15);  // the double next to a multiple of pi/2
}

TEST(Trigonometry, HyperbolicFunctions) {
  const auto small = [](double u) { return (u - 0.5) * 4; };
  const auto large = [](double u) { return 1 + u * 700; };
  for (const auto& draw : {+small, +large}) {
    EXPECT_LT(worst_error("sinh", portable_sinh, std::sinh, draw), 1e-14);
    EXPECT_LT(worst_error("cosh", portable_cosh, std::cosh, draw), 1e-14);
    EXPECT_LT(worst_error("tanh", portable_tanh, std::tanh, draw), 1e-14);
    EXPECT_LT(worst_error("asinh", portable_asinh, std::asinh, draw), 1e-14);
  }
  EXPECT_LT(worst_error("acosh", portable_acosh, std::acosh, large), 1e-14);
  EXPECT_LT(worst_error("atanh", portable_atanh, std::atanh, [](double u) { return 1.999 * u - 1; }), 1e-14);
  EXPECT_DOUBLE_EQ(portable_sinh(710.2), std::sinh(710.2));
}

TEST(Trigonometry, SpecialValues) {
  for (const double none : {nan, infinity, -infinity}) {
    EXPECT_TRUE(std::isnan(portable_sin(none)));
    EXPECT_TRUE(std::isnan(portable_cos(none)));
    EXPECT_TRUE(std::isnan(portable_tan(none)));
    EXPECT_TRUE(std::isnan(portable_asin(none)));
    EXPECT_TRUE(std::isnan(portable_acos(none)));
    EXPECT_TRUE(std::isnan(portable_atanh(none)));
  }
  EXPECT_TRUE(std::isnan(portable_acosh(0.9)));
  EXPECT_TRUE(std::isnan(portable_asin(1.1)));
  for (const Ours odd : {portable_sin, portable_tan, portable_asin, portable_atan, portable_sinh,
                         portable_tanh, portable_asinh, portable_atanh})
    EXPECT_TRUE(std::signbit(odd(-0.0)) && odd(-0.0) == 0 && !std::signbit(odd(0.0)));
  EXPECT_EQ(portable_atan(infinity), std::numbers::pi / 2);
  EXPECT_EQ(portable_asin(-1), -std::numbers::pi / 2);
  EXPECT_EQ(portable_atanh(1), infinity);
  EXPECT_EQ(portable_sinh(-infinity), -infinity);
  EXPECT_EQ(portable_cosh(-infinity), infinity);
  EXPECT_EQ(portable_tanh(-infinity), -1);
  EXPECT_EQ(portable_asinh(-infinity), -infinity);
  EXPECT_EQ(portable_acosh(infinity), infinity);
}

TEST(Trigonometry, Atan2KnowsAllQuadrants) {
  for (const double y : {-infinity, -2.5, -0.0, 0.0, 1e-300, 3.0, infinity, nan}) {
    for (const double x : {-infinity, -7.0, -0.0, 0.0, 1e300, 0.1, infinity, nan}) {
      const double expected = std::atan2(y, x), got = portable_atan2(y, x);
      if (std::isnan(expected)) {
        EXPECT_TRUE(std::isnan(got));
      } else {
        EXPECT_NEAR(got, expected, 1e-15) << y << ' ' << x;
        EXPECT_EQ(std::signbit(got), std::signbit(expected)) << y << ' ' << x;
      }
    }
  }
}

// Pinned bits: the same with every compiler and optimisation.
TEST(Trigonometry, GoldenVectors) {
  std::uint64_t mixed = 0;
  for (const Ours function :
       {portable_sin, portable_cos, portable_tan, portable_asin, portable_acos, portable_atan, portable_sinh,
        portable_cosh, portable_tanh, portable_asinh, portable_acosh, portable_atanh}) {
    for (const double x : {0.1, -0.7, 0.999, 1.5, 20.25, -3e5, 1e200}) {
      const double value = function(x);
      mixed = std::rotl(mixed, 7) ^ (std::isnan(value) ? 0 : std::bit_cast<std::uint64_t>(value));
    }
  }
  EXPECT_EQ(mixed, 15113633014549541978u);
}

}  // namespace
}  // namespace muster
