// The table against the exact quantile functions.
#include "cluster_model/traffic/quantile_table.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/distributions.hpp"

namespace muster {
namespace {

double exponential_quantile(double u, double mean, double) {
  return exponential(u, mean);
}

TEST(QuantileTable, FollowsTheExactQuantilesAndKeepsTheMean) {
  struct Law {
    const char* name;
    QuantileTable::Quantile exact;
    double first, second;
  };
  for (const Law& law :
       {Law{"exponential", exponential_quantile, 3.0, 0}, Law{"lognormal 0.3", lognormal, 1.0, 0.3},
        Law{"lognormal 0.6", lognormal, 1.0, 0.6}, Law{"lognormal 1.2", lognormal, 1.0, 1.2}}) {
    SCOPED_TRACE(law.name);
    const QuantileTable table(law.exact, law.first, law.second);
    constexpr std::uint64_t points = 200'003;
    double worst = 0, table_sum = 0, exact_sum = 0, before = 0;
    for (std::uint64_t i = 0; i < points; ++i) {
      const std::uint64_t word = UINT64_MAX / points * i + UINT64_MAX / points / 2;
      const double exact = law.exact(unit_interval(word), law.first, law.second), value = table.draw(word);
      ASSERT_GE(value, before) << "a larger word gives a larger value";
      before = value;
      worst = std::max(worst, std::fabs(value / exact - 1));
      table_sum += value;
      exact_sum += exact;
    }
    EXPECT_LT(worst, 1.0 / 5'000);
    EXPECT_NEAR(table_sum / exact_sum, 1, 1.0 / 200'000);
  }
}

}  // namespace
}  // namespace muster
