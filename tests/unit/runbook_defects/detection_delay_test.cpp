// How late the signals are, link by link: scrape, rule, `for`, group wait.
#include <gtest/gtest.h>

#include "tests/unit/runbook_defects/watched_drill.hpp"

namespace muster::test {
namespace {

TEST(DetectionDelay, IsScrapePlusForPlusGroupWait) {
  WatchedDrill drill("bad-deploy");  // at minute 10 all pods are replaced by ones that cannot start
  const SimTime fault = sim_start + 10min;
  drill.run_to(20min);
  const SimTime pending = drill.signals.first("AllPodsDown", "pending");
  const SimTime firing = drill.signals.first("AllPodsDown", "firing");
  ASSERT_NE(firing, sim_never);
  ASSERT_FALSE(drill.signals.pages.empty());
  const SimTime page = drill.signals.pages.front().first;
  EXPECT_GT(pending, fault);
  EXPECT_LE(pending - fault, 45s) << "the last pod's end, the next scrape, the rules";
  EXPECT_GE(firing - pending, 60s) << "for: 1m";
  EXPECT_LE(firing - pending, 75s);
  EXPECT_GE(page - firing, 0s);
  EXPECT_LE(page - firing, 30s) << "group_wait, from the first alert of the group";
  EXPECT_GE(page - fault, 90s) << "nobody can know sooner";
}

TEST(DetectionDelay, AStepInARatioHasToFillItsWindow) {
  WatchedDrill drill("bad-deploy");
  drill.run_to(25min);
  const SimTime ratio = drill.signals.first("HighErrorRatio", "firing");
  ASSERT_NE(ratio, sim_never);
  // All fail at once: 10 % of a window of five minutes are half a minute; then for: 2m.
  EXPECT_GE(ratio - (sim_start + 10min), 150s);
  EXPECT_LE(ratio - (sim_start + 10min), 240s);
}

}  // namespace
}  // namespace muster::test
