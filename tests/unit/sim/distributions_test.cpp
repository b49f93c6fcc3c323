#include "sim/distributions.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/random.hpp"
#include "sim/statistics.hpp"

namespace muster {
namespace {

struct Golden {
  double u, exponential_2, normal, lognormal_1_half;
};
// exponential(u, 2), standard_normal(u), lognormal(u, 1, 0.5): the bits, on every compiler.
constexpr Golden golden[] = {
    {0x1p-53, 0x1p-52, -0x1.06b48528cea51p+3, 0x1.6f49a20eb14cap-5},
    {0x1.0c6f7a0b5ed8dp-20, 0x1.0c6f82d74d23p-19, -0x1.30381a9799f7ep+2, 0x1.0276ff72e088dp-2},
    {0x1.47ae147ae147bp-7, 0x1.495453e6fd4bcp-6, -0x1.29c5c4630ff0ep+1, 0x1.b2ea3fac22873p-1},
    {0x1.999999999999ap-4, 0x1.af8e8210a415cp-3, -0x1.4813c36e26d34p+0, 0x1.6ea5d4f552a71p+0},
    {0x1.3333333333333p-2, 0x1.6d3c324e13f5p-1, -0x1.0c7e39582c5fap-1, 0x1.0bb0ab15cbdbep+1},
    {0x1p-1, 0x1.62e42fefa39efp+0, 0x0p+0, 0x1.5bf0a8b14576ap+1},
    {0x1.6666666666666p-1, 0x1.34378fcbda72p+1, 0x1.0c7e39582c5fap-1, 0x1.c43f778b3c58p+1},
    {0x1.ccccccccccccdp-1, 0x1.26bb1bbb55516p+2, 0x1.4813c36e26d34p+0, 0x1.4a2fd8dbf9121p+2},
    {0x1.fae147ae147aep-1, 0x1.26bb1bbb55514p+3, 0x1.29c5c4630ff0cp+1, 0x1.165bc67286908p+3},
    {0x1.ffffde7210be9p-1, 0x1.ba18a998fc064p+4, 0x1.30381a97985f1p+2, 0x1.d463ca9721f87p+4},
    {0x1.fffffffffffffp-1, 0x1.25e4f7b2737fap+6, 0x1.06b48528cea51p+3, 0x1.499c978979504p+7},
};

TEST(Distributions, GoldenVectors) {
  for (const Golden& row : golden) {
    EXPECT_EQ(exponential(row.u, 2), row.exponential_2) << row.u;
    EXPECT_EQ(standard_normal(row.u), row.normal) << row.u;
    EXPECT_EQ(lognormal(row.u, 1, 0.5), row.lognormal_1_half) << row.u;
  }
}

// Published quantiles (to 10 digits and more) and the smallest draw there is.
TEST(Distributions, NormalQuantilesAgreeWithTables) {
  const struct {
    double u, z;
  } rows[] = {{0.5, 0},
              {0.75, 0.674489750196082},
              {0.9, 1.2815515655446004},
              {0.975, 1.959963984540054},
              {0.995, 2.5758293035489004},
              {0.999, 3.090232306167813},
              {1e-5, -4.264890793922825},
              {1e-12, -7.034483825301131},
              {0x1p-53, -8.209536151601387}};
  for (const auto& row : rows) EXPECT_NEAR(standard_normal(row.u), row.z, 2e-15 * std::fabs(row.z)) << row.u;
  // The round trip through the distribution function, which the C library has.
  for (double u = 0.001; u < 1; u += 0.001) {
    EXPECT_NEAR(0.5 * std::erfc(-standard_normal(u) / std::sqrt(2.0)), u, 4e-16) << u;
  }
}

TEST(Distributions, GrowWithTheirDraw) {
  double last_normal = -40, last_exponential = -1;
  for (double u = 0.0005; u < 1; u += 0.0005) {
    EXPECT_GT(standard_normal(u), last_normal);
    EXPECT_GT(exponential(u, 1), last_exponential);
    last_normal = standard_normal(u);
    last_exponential = exponential(u, 1);
  }
}

struct Law {
  const char* name;
  double (*draw)(double u);
  double mean, variance, fourth_central;  // for the standard error of the variance
};

TEST(Distributions, MeanAndVarianceFollowTheory) {
  // Lognormal with sigma 0.5: w = e^0.25; mean sqrt(w), variance w (w - 1), excess kurtosis w^4+2w^3+3w^2-6.
  const double w = std::exp(0.25), variance = w * (w - 1);
  const double kurtosis = std::pow(w, 4) + 2 * std::pow(w, 3) + 3 * w * w - 3;
  const Law laws[] = {{"exponential", [](double u) { return exponential(u, 3); }, 3, 9, 9 * 81},
                      {"normal", standard_normal, 0, 1, 3},
                      {"lognormal", [](double u) { return lognormal(u, 0, 0.5); }, std::sqrt(w), variance,
                       kurtosis * variance * variance}};
  constexpr int draws = 200'000;
  for (const Law& law : laws) {
    RandomStream stream(11, law.name, "theory");
    Moments moments;
    for (int i = 0; i < draws; ++i) moments.add(law.draw(unit_interval(stream.next())));
    EXPECT_NEAR(moments.mean(), law.mean, 4 * std::sqrt(law.variance / draws)) << law.name;
    const double error = std::sqrt((law.fourth_central - law.variance * law.variance) / draws);
    EXPECT_NEAR(moments.variance(), law.variance, 4 * error) << law.name;
  }
}

}  // namespace
}  // namespace muster
