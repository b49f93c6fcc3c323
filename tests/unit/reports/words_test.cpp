#include "reports/words.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace muster::reports {
namespace {

TEST(Words, Points) {
  EXPECT_EQ(points_text(1000), "100");
  EXPECT_EQ(points_text(875), "87.5");
  EXPECT_EQ(points_text(0), "0");
  EXPECT_EQ(points_text(-120), "-12");
}

TEST(Words, Numbers) {
  const struct {
    double value;
    const char* text;
  } rows[] = {{0, "0"},          {12, "12"},        {1204.5, "1,204.5"}, {1234567, "1,234,567"},
              {-1204, "-1,204"}, {999.96, "1,000"}, {0.12345, "0.123"},  {99.949, "99.9"},
              {-0.5, "-0.5"},    {100, "100"}};
  for (const auto& row : rows) EXPECT_EQ(number_text(row.value), row.text);
  EXPECT_EQ(number_text(std::numeric_limits<double>::infinity()), "not a number");
}

TEST(Words, MetricValues) {
  const auto text = [](std::optional<double> value, const char* unit) {
    return value_text({"m", "g", value, unit, "", {}});
  };
  EXPECT_EQ(text(90.0, "s"), "1m30s");
  EXPECT_EQ(text(0.123, "ratio"), "12.3 %");
  EXPECT_EQ(text(3.0, "count"), "3");
  EXPECT_EQ(text(48210.5, "user-minutes"), "48,210.5 user-minutes");
  EXPECT_EQ(text(std::nullopt, "s"), "not defined");
  EXPECT_EQ(text(std::numeric_limits<double>::quiet_NaN(), "s"), "not a number s");
}

TEST(Words, DurationsAreRounded) {
  EXPECT_EQ(duration_text(200s + 600ms), "3m21s");
  EXPECT_EQ(duration_text(-90s), "-1m30s");
  EXPECT_EQ(duration_text(1s + 260ms), "1.3s");
  EXPECT_EQ(duration_text(0s), "0s");
}

TEST(Words, MilestonesInTheOrderOfTime) {
  Timestamps t;
  t.tP = sim_start + 2min;
  t.tD = sim_start + 1min;
  t.tC = {sim_start + 3min};
  const std::vector<Milestone> all = milestones_by_time(t);
  EXPECT_EQ(all[0].sign, "tD");
  EXPECT_EQ(all[1].sign, "tP");
  EXPECT_EQ(all[2].sign, "tC1");
  EXPECT_EQ(all[3].sign, "t0");
  EXPECT_FALSE(all[3].at);
  EXPECT_EQ(all.size(), 11u);
}

TEST(Words, StretchesNeedBothEnds) {
  Timestamps t;
  t.tI = sim_start + 1min;
  t.tD = sim_start + 3min;
  EXPECT_EQ(stretches(t)[0].time, SimDuration{2min});
  EXPECT_FALSE(stretches(t)[4].time);
}

}  // namespace
}  // namespace muster::reports
