// Intervals, sequential tests and lognormal parameters against the tables of expected values (given with 10
// digits).
#include <gtest/gtest.h>

#include "sim/lognormal.hpp"
#include "sim/proportion.hpp"
#include "tests/unit/truth/truth_file.hpp"

namespace muster {
namespace {

constexpr double digits = 1e-8;  // relative; the tables ask for six digits

void expect_close(double actual, double expected, const std::string& what) {
  EXPECT_NEAR(actual, expected, digits * std::max(1.0, std::abs(expected))) << what;
}

class WilsonTruth : public testing::TestWithParam<TruthRow> {};
TEST_P(WilsonTruth, Interval) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const Interval interval =
      wilson_interval(static_cast<std::uint64_t>(row["k"]), static_cast<std::uint64_t>(row["n"]), 0.95);
  expect_close(interval.low, row.list("ci").at(0), row.title());
  expect_close(interval.high, row.list("ci").at(1), row.title());
}
INSTANTIATE_TEST_SUITE_P(Rows, WilsonTruth, testing::ValuesIn(truth_rows("wilson95")));

class ClopperPearsonTruth : public testing::TestWithParam<TruthRow> {};
TEST_P(ClopperPearsonTruth, Interval) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const Interval interval = clopper_pearson_interval(static_cast<std::uint64_t>(row["k"]),
                                                     static_cast<std::uint64_t>(row["n"]), 0.95);
  expect_close(interval.low, row.list("ci").at(0), row.title());
  expect_close(interval.high, row.list("ci").at(1), row.title());
}
INSTANTIATE_TEST_SUITE_P(Rows, ClopperPearsonTruth, testing::ValuesIn(truth_rows("clopper_pearson95")));

class SequentialTruth : public testing::TestWithParam<TruthRow> {};
TEST_P(SequentialTruth, Boundaries) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const SequentialTest test{row["p0"], row["p1"], row["alpha"], row["beta"]};
  expect_close(test.accept_good(), row["expect.log_A"], row.title());
  expect_close(test.accept_bad(), row["expect.log_B"], row.title());
  expect_close(test.step(true), row["expect.llr_pass"], row.title());
  expect_close(test.step(false), row["expect.llr_fail"], row.title());
  expect_close(test.mean_trials_if_bad(), row["expect.ASN_under_p0"], row.title());
  expect_close(test.mean_trials_if_good(), row["expect.ASN_under_p1"], row.title());
  EXPECT_EQ(test.fixed_trials(), static_cast<std::uint64_t>(row["expect.fixed_n_normal"])) << row.title();
}
INSTANTIATE_TEST_SUITE_P(Rows, SequentialTruth, testing::ValuesIn(truth_rows("sprt")));

class LognormalTruth : public testing::TestWithParam<TruthRow> {};
TEST_P(LognormalTruth, Parameters) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const LognormalLaw law = LognormalLaw::from_median_and_p95(row["median"], row["p95"]);
  expect_close(law.mu, row["expect.mu"], row.title());
  expect_close(law.sigma, row["expect.sigma"], row.title());
  expect_close(law.mean(), row["expect.mean"], row.title());
  expect_close(law.quantile(0.99), row["expect.p99"], row.title());
  expect_close(law.standard_deviation(), row["expect.sd"], row.title());
}
INSTANTIATE_TEST_SUITE_P(Rows, LognormalTruth, testing::ValuesIn(truth_rows("lognormal")));

TEST(Proportion, BinomialTailsAddUp) {
  for (const double p : {0.01, 0.3, 0.5, 0.97}) {
    double sum = 0, term = 1;  // P(X = k) for n = 40 by the plain product
    for (int i = 0; i < 40; ++i) term *= 1 - p;
    for (int k = 0; k <= 40; ++k) {
      sum += term;
      EXPECT_NEAR(binomial_at_most(static_cast<std::uint64_t>(k), 40, p), sum, 1e-12)
          << k << " of 40, p " << p;
      term *= (40.0 - k) / (k + 1.0) * p / (1 - p);
    }
  }
}

}  // namespace
}  // namespace muster
