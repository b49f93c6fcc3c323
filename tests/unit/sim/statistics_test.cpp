#include "sim/statistics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/distributions.hpp"
#include "sim/random.hpp"

namespace muster {
namespace {

TEST(Moments, CountMeanVariance) {
  Moments moments;
  EXPECT_EQ(moments.variance(), 0);
  for (const double x : {2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0}) moments.add(x);
  EXPECT_EQ(moments.count(), 8u);
  EXPECT_DOUBLE_EQ(moments.mean(), 5);
  EXPECT_DOUBLE_EQ(moments.variance(), 32.0 / 7);
}

TEST(Moments, MergeEqualsOnePass) {
  Moments all, left, right, empty;
  for (int i = 0; i < 1000; ++i) {
    const double x = 1e6 + std::sqrt(i);
    all.add(x);
    (i < 300 ? left : right).add(x);
  }
  left.merge(right);
  left.merge(empty);
  empty.merge(left);
  EXPECT_EQ(left.count(), 1000u);
  EXPECT_NEAR(left.mean(), all.mean(), 1e-9);
  EXPECT_NEAR(left.variance(), all.variance(), 1e-9 * all.variance());
  EXPECT_EQ(empty.mean(), left.mean());
}

TEST(LatencyHistogram, BucketsTileTheScale) {
  EXPECT_EQ(LatencyHistogram::bounds_of(0).first, 0us);
  for (std::uint16_t bucket = 0; bucket < LatencyHistogram::max_bucket; ++bucket) {
    const auto [lower, upper] = LatencyHistogram::bounds_of(bucket);
    ASSERT_LT(lower, upper) << bucket;
    EXPECT_EQ(LatencyHistogram::bucket_of(lower), bucket);
    EXPECT_EQ(LatencyHistogram::bucket_of(upper - 1ns), bucket);
    EXPECT_EQ(LatencyHistogram::bounds_of(static_cast<std::uint16_t>(bucket + 1)).first, upper);
    // The promise of the header: half a bucket is at most 1/32 of what lies in it (or half a microsecond).
    EXPECT_LE((upper - lower).count() / 2, std::max<std::int64_t>(500, lower.count() / 32)) << bucket;
  }
  EXPECT_EQ(LatencyHistogram::bucket_of(SimDuration::max()), LatencyHistogram::max_bucket);
  EXPECT_EQ(LatencyHistogram::bucket_of(-5s), 0);
}

TEST(LatencyHistogram, QuantileErrorIsBounded) {
  RandomStream stream(5, "test", "latency");
  LatencyHistogram histogram;
  std::vector<std::int64_t> exact;
  for (int i = 0; i < 50'000; ++i) {
    const SimDuration d = duration_from_seconds(lognormal(unit_interval(stream.next()), -4, 1.5));
    histogram.add(d);
    exact.push_back(d.count());
  }
  std::sort(exact.begin(), exact.end());
  for (const double q : {0.001, 0.01, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1.0}) {
    const auto rank = static_cast<std::size_t>(std::ceil(q * 50'000 - 1e-6));
    const auto truth = static_cast<double>(exact[rank - 1]);
    EXPECT_NEAR(static_cast<double>(histogram.quantile(q).count()), truth, std::max(truth / 32, 500.0)) << q;
  }
}

TEST(LatencyHistogram, NearestRank) {
  LatencyHistogram histogram;
  EXPECT_EQ(histogram.quantile(0.5), 0s);
  for (int us = 1; us <= 10; ++us) histogram.add(us * 1us);  // exact buckets, reported by their middle
  EXPECT_EQ(histogram.quantile(0.1), 1500ns);
  EXPECT_EQ(histogram.quantile(0.5), 5500ns);
  EXPECT_EQ(histogram.quantile(0.51), 6500ns);
  EXPECT_EQ(histogram.quantile(1), 10500ns);
  EXPECT_EQ(histogram.quantile(1e-9), 1500ns);
}

TEST(LatencyHistogram, MergesAndTravelsWithoutLoss) {
  LatencyHistogram left, right, all;
  left.add(3ms, 5), all.add(3ms, 5);
  right.add(40s), all.add(40s);
  right.add(7us, 2), all.add(7us, 2);
  left.merge(right);
  EXPECT_EQ(left, all);
  EXPECT_EQ(left.count(), 8u);
  const auto sparse = left.sparse();
  ASSERT_EQ(sparse.size(), 3u);
  EXPECT_EQ(sparse[0], (std::pair<std::uint16_t, std::uint32_t>{7, 2}));
  EXPECT_EQ(LatencyHistogram::from_sparse(sparse), left);
  left.clear();
  EXPECT_EQ(left, LatencyHistogram{});
  left.add(1s, 0);
  EXPECT_EQ(left, LatencyHistogram{});
}

}  // namespace
}  // namespace muster
