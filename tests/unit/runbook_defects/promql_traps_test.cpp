// What somebody falls into who types PromQL in an outage, each shown on a drill. Quantiles: defect_16, silent
// pods and errors per second: defect_15.
#include <gtest/gtest.h>

#include "tests/unit/runbook_defects/watched_drill.hpp"

namespace muster::test {
namespace {

TEST(PromqlTraps, ACounterWithoutRateTellsOfThePast) {
  WatchedDrill drill("database-outage");  // at minute 10; the standby has long taken over
  drill.run_to(40min);
  const std::string failures =
      "nginx_ingress_controller_requests{service=\"autonomous-dev\",status=~\"5..\"}";
  EXPECT_GT(drill.value("sum(" + failures + ")"), 1000) << "it looks like an outage";
  EXPECT_EQ(drill.value("sum(rate(" + failures + "[5m]))"), 0) << "which is over";
}

TEST(PromqlTraps, ASumOverCadvisorCountsTwice) {
  WatchedDrill drill("bad-deploy");
  drill.run_to(5min);
  const std::string memory = "sum(container_memory_working_set_bytes";
  EXPECT_EQ(drill.value(memory + ")"), 2 * drill.value(memory + "{container!=\"\",container!=\"POD\"})"));
}

TEST(PromqlTraps, ARateOfANewPodNeedsTwoScrapes) {
  WatchedDrill drill("memory-leak");  // a new version at minute 5
  drill.run_to(4min);
  const std::string pods = "count by (pod) (http_requests_total)";
  const std::string rates = "count by (pod) (rate(http_requests_total[1m]))";
  EXPECT_EQ(drill.query(rates).size(), 3u);
  bool lacking = false, of_the_dead = false;
  for (SimDuration at = 5min; at < 10min; at += 15s) {
    drill.run_to(at + 1s);
    lacking = lacking || !drill.query(pods + " unless on (pod) " + rates).empty();
    of_the_dead = of_the_dead || !drill.query(rates + " unless on (pod) " + pods).empty();
  }
  EXPECT_TRUE(lacking) << "for one scrape a new pod is there and has no rate";
  EXPECT_TRUE(of_the_dead) << "and a dead one has a rate as long as the window reaches back to it";
}

TEST(PromqlTraps, ARatioOfNothingIsNothing) {
  WatchedDrill drill("bad-deploy");
  drill.run_to(16min);
  EXPECT_TRUE(drill
                  .query("sum(rate(http_requests_total{status=~\"5..\"}[5m])) / "
                         "sum(rate(http_requests_total[5m])) > 0.1")
                  .empty());
  EXPECT_EQ(drill.value("sum(rate(http_requests_total[5m])) or vector(0)"), 0);
}

}  // namespace
}  // namespace muster::test
