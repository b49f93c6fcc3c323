// histogram_quantile(0.95, http_request_duration_seconds_bucket): without rate() it is the quantile of the
// process' whole life; it ends at the last bound; and what never ends is not in it.
#include <gtest/gtest.h>

#include "tests/unit/runbook_defects/watched_drill.hpp"

namespace muster::test {
namespace {

constexpr const char* of_life =
    "histogram_quantile(0.95, sum by (le) (http_request_duration_seconds_bucket))";

std::string of_window(const std::string& quantile, const std::string& window,
                      const std::string& labels = "") {
  return "histogram_quantile(" + quantile + ", sum by (le) (rate(http_request_duration_seconds_bucket" +
         labels + "[" + window + "])))";
}

TEST(Defect16, TheQuantileOfALifeHardlyMovesWhenThingsGetSlow) {
  WatchedDrill drill("third-party-outage");  // from minute 10 to 50
  drill.run_to(9min + 50s);
  const double quiet = drill.value(of_life);
  EXPECT_NEAR(drill.value(of_window("0.95", "5m")), quiet, 0.05);
  drill.run_to(10min + 35s);
  EXPECT_LT(drill.value(of_life), 2 * quiet);
  EXPECT_GT(drill.value(of_window("0.95", "30s")), 4 * quiet) << "the last half minute knows better";
}

TEST(Defect16, AndStaysWhenTheyAreWellAgain) {
  WatchedDrill drill("node-loss");  // at minute 10; served again from minute 20 on
  drill.run_to(9min);
  const double quiet = drill.value(of_life);
  drill.run_to(35min);
  EXPECT_LT(drill.value(of_window("0.95", "5m")), 1.5 * quiet) << "over for a quarter of an hour";
  EXPECT_GT(drill.value(of_life), 4 * quiet);
}

TEST(Defect16, AsTheRunbookTypesItItIsOneValuePerPodAndEndpoint) {
  WatchedDrill drill("third-party-outage");
  drill.run_to(5min);
  EXPECT_EQ(drill.query("histogram_quantile(0.95, http_request_duration_seconds_bucket)").size(), 21u)
      << "three pods with seven endpoints: which of them is \"the\" latency?";
}

TEST(Defect16, TheHistogramEndsAtItsLastBound) {
  WatchedDrill drill("third-party-outage");
  drill.run_to(30min);
  EXPECT_EQ(drill.value(of_window("0.99", "5m")), 10) << "the last bound, not the latency";
  EXPECT_GT(drill.value("max(rate(http_request_duration_seconds_sum[5m]) / "
                        "rate(http_request_duration_seconds_count[5m]))"),
            10)
      << "where even the mean is above it";
}

TEST(Defect16, WhatNeverEndsIsNeverCounted) {
  WatchedDrill drill("database-outage");  // the primary's machine vanishes at minute 10
  drill.run_to(9min);
  const double before = drill.value("sum(rate(http_request_duration_seconds_count[1m]))");
  drill.run_to(12min);
  EXPECT_LT(drill.value("sum(rate(http_request_duration_seconds_count[1m]))"), 0.1 * before)
      << "nearly nobody gets through";
  EXPECT_GE(drill.value("sum(http_requests_in_flight)"), 30) << "all workers hang";
  const auto seen = drill.query(of_window("0.95", "1m") + " > 1");
  EXPECT_TRUE(seen.empty()) << "and the latency of those who are counted is fine, or nothing at all";
}

}  // namespace
}  // namespace muster::test
