// rate(http_requests_total{status=~"5.."}[5m]) as "the error rate": it counts errors per second, and it is
// silent when all pods are down.
#include <gtest/gtest.h>

#include "tests/unit/runbook_defects/watched_drill.hpp"

namespace muster::test {
namespace {

constexpr const char* runbooks = "sum(rate(http_requests_total{status=~\"5..\"}[5m]))";
constexpr const char* all = "sum(rate(http_requests_total[5m]))";

/// The drill of the bad release, but this one starts, and fails a fifth of the requests.
Scenario failing_release() {
  Scenario scenario = WatchedDrill::load("bad-deploy");
  for (AppProfile& app : scenario.system.profile.apps) {
    ImageBehaviour failing;
    failing.pattern = "*/autonomous-dev:v1.2.3";
    failing.error_probability = 0.2;
    app.images.insert(app.images.begin(), failing);
  }
  return scenario;
}

TEST(Defect15, ErrorsPerSecondAreNoRatio) {
  WatchedDrill drill(failing_release());
  drill.run_to(20min);
  const double errors = drill.value(runbooks);
  const double ratio = drill.value(std::string(runbooks) + " / " + all);
  EXPECT_GT(errors, 1) << "read as a ratio this would be more than everybody";
  EXPECT_NEAR(ratio, 0.2, 0.01);
  EXPECT_NEAR(errors / ratio, drill.value(all), 1e-6) << "they differ by the traffic";
}

TEST(Defect15, WithAllPodsDownTheSeriesAreGoneAndNoAlertOnThemCanFire) {
  WatchedDrill drill("bad-deploy");
  drill.run_to(9min);
  EXPECT_EQ(drill.value(runbooks), 0) << "zero, while there is somebody to count";
  drill.run_to(16min);
  EXPECT_TRUE(drill.query(std::string(runbooks) + " > 0").empty());
  EXPECT_TRUE(drill.query("http_requests_total").empty()) << "a dead pod takes its counters with it";
  EXPECT_EQ(drill.value("absent(http_requests_total)"), 1);
  // What is left to notice it by: the balancer, the prober, the cluster's own books.
  const std::string service = "{service=\"autonomous-dev\"";
  EXPECT_GT(
      drill.value("sum(rate(nginx_ingress_controller_requests" + service + ",status=~\"5..\"}[5m])) / " +
                  "sum(rate(nginx_ingress_controller_requests" + service + "}[5m]))"),
      0.95);
  EXPECT_EQ(drill.value("max(probe_success)"), 0);
  EXPECT_EQ(drill.value("kube_deployment_status_replicas_available{deployment=\"autonomous-dev\"}"), 0);
}

}  // namespace
}  // namespace muster::test
