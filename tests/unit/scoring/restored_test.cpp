// "Restored" is judged at the user, in every minute of the last fifteen.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/scoring/drill_builder.hpp"

namespace muster {
namespace {

using namespace drills;
using testing::HasSubstr;

Restored restored(const Drill& drill) {
  const Journal journal = drill.journal();
  return restored_at_end(UserSeries(journal), parse_rubric(rubric_text).value());
}

TEST(RestoredAtEnd, FifteenGoodMinutes) {
  const Restored result = restored(Drill(minutes(20)).users(60, 300, failing(10)));
  EXPECT_TRUE(result.restored) << result.why;
  EXPECT_FALSE(result.records.empty());
}

TEST(RestoredAtEnd, OneSecondEarlierIsOneBadMinute) {
  const Restored result = restored(Drill(minutes(20)).users(60, 301, failing(10)));
  EXPECT_FALSE(result.restored);
  EXPECT_EQ(result.why, "in the minute from 05:00: 1.67% of requests failed (limit: below 1%)");
  EXPECT_EQ(result.records.size(), 1u);
}

TEST(RestoredAtEnd, OneBadMinuteInTheMiddle) {
  const Restored result = restored(Drill(minutes(20)).users(minutes(12), minutes(12) + 6, failing(1)));
  EXPECT_FALSE(result.restored);
  EXPECT_EQ(result.why, "in the minute from 12:00: 1.00% of requests failed (limit: below 1%)");
  EXPECT_TRUE(restored(Drill(minutes(20)).users(minutes(12), minutes(12) + 5, failing(1))).restored);
}

TEST(RestoredAtEnd, NoTrafficIsNotHealth) {
  const Restored result = restored(Drill(minutes(20)).users(minutes(19), minutes(20), quiet()));
  EXPECT_FALSE(result.restored);
  EXPECT_EQ(result.why, "in the minute from 19:00: no request ended; no traffic is not health");
}

TEST(RestoredAtEnd, AShortDrillCannotShowIt) {
  const Restored result = restored(Drill(minutes(14)));
  EXPECT_FALSE(result.restored);
  EXPECT_THAT(result.why, HasSubstr("the drill lasted 14m, less than the 15m"));
}

struct LatencyCase {
  const char* what;
  Second users;
  bool healthy;
};

// 100 requests a second; the bucket of the limit is decided by the exact count of slow replies.
TEST(RestoredAtEnd, P95BelowTheLimit) {
  const auto [lower, upper] = LatencyHistogram::bounds_of(LatencyHistogram::bucket_of(500ms));
  ASSERT_LE(lower, 500ms);
  ASSERT_GT(upper, 500ms);
  const LatencyCase cases[] = {
      {"5% far too slow", {100, 0, 5}, true},
      {"6% far too slow", {100, 0, 6}, false},
      {"all in the bucket of the limit, none over it", {100, 0, 0, 500ms}, true},
      {"all in the bucket of the limit, 5% over it", {100, 0, 5, 500ms, 500ms + 1us}, true},
      {"all in the bucket of the limit, 6% over it", {100, 0, 6, 500ms, 500ms + 1us}, false},
      {"all one bucket below", {100, 0, 0, lower - 1us}, true},
      {"all one bucket above, though nobody counted them as slow", {100, 0, 0, upper}, false},
  };
  for (const LatencyCase& c : cases) {
    const Restored result = restored(Drill(minutes(15)).users(0, minutes(15), c.users));
    EXPECT_EQ(result.restored, c.healthy) << c.what << ": " << result.why;
  }
}

TEST(RestoredAtEnd, SaysHowSlow) {
  const Restored result = restored(Drill(minutes(15)).users(60, 120, {10, 0, 10, 100ms, 2s}));
  EXPECT_THAT(result.why, HasSubstr("in the minute from 01:00: p95 was "));
  EXPECT_THAT(result.why, HasSubstr("(limit: below 500ms)"));
}

}  // namespace
}  // namespace muster
