// kubectl get events: repeats are one line with a count, and an hour after the last one there is none.
#include <gtest/gtest.h>

#include "tests/unit/runbook_defects/watched_drill.hpp"

namespace muster::test {
namespace {

constexpr const char* events = "kubectl get events -A --sort-by=.lastTimestamp";

TEST(Defect18, WhoComesAnHourLaterFindsNothing) {
  WatchedDrill drill("node-loss");  // node-2 dies at minute 10
  drill.run_to(12min);
  EXPECT_NE(drill.type(events).find("NodeNotReady"), std::string::npos);
  drill.run_to(70min);
  EXPECT_NE(drill.type(events).find("NodeNotReady"), std::string::npos);
  drill.run_to(74min);
  EXPECT_EQ(drill.type(events).find("NodeNotReady"), std::string::npos);
}

TEST(Defect18, ManyRestartsAreOneEventWithACount) {
  WatchedDrill drill("bad-deploy");
  drill.run_to(20min);
  const std::string lines = drill.type(std::string(events) + " | grep BackOff | grep restarting");
  const auto count = std::count(lines.begin(), lines.end(), '\n');
  EXPECT_GE(count, 1) << lines;
  EXPECT_LE(count, 3) << "one per pod, not one per restart\n" << lines;
}

}  // namespace
}  // namespace muster::test
