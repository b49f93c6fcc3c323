// The shipped drills do to a world what their first comment says. Nothing here knows of scores or responders.
#include <gtest/gtest.h>

#include "tests/unit/scenarios/drill_under_test.hpp"

namespace muster {
namespace {

void expect_healthy(DrillUnderTest& drill, SimDuration until) {
  drill.served.clear();
  drill.run_to(until);
  EXPECT_EQ(drill.available(), 3);
  EXPECT_EQ(drill.served.failed, 0u);
  EXPECT_GT(drill.served.ended, 10'000u);
  EXPECT_LT(drill.served.latency.quantile(0.95), 300ms);
}

void expect_outage(DrillUnderTest& drill, SimDuration until) {
  drill.served.clear();
  drill.run_to(until);
  EXPECT_EQ(drill.available(), 0);
  EXPECT_EQ(drill.served.failed, drill.served.ended);
}

TEST(ShippedDrills, BadDeployIsCuredByUndo) {
  DrillUnderTest drill("bad-deploy");
  expect_healthy(drill, 10min - 1ns);
  drill.run_to(11min);
  expect_outage(drill, 13min);
  drill.undo();
  drill.run_to(15min);
  expect_healthy(drill, 17min);
}

TEST(ShippedDrills, BadConfigIsNot) {
  DrillUnderTest drill("bad-config");
  expect_healthy(drill, 10min - 1ns);
  drill.run_to(11min);
  expect_outage(drill, 13min);
  drill.undo();
  drill.run_to(15min);
  expect_outage(drill, 17min);
}

}  // namespace
}  // namespace muster
