// kubectl logs deployment/NAME: one pod, the one that has been ready for longest. The sick ones are the
// others.
#include <gtest/gtest.h>

#include "tests/unit/runbook_defects/watched_drill.hpp"

namespace muster::test {
namespace {

TEST(Defect17, TheLogOfADeploymentIsThatOfTheHealthyPod) {
  WatchedDrill drill("memory-leak");
  drill.run_to(4min);
  const std::string name = "autonomous-dev";
  // A new version that cannot start, in place of one pod: the strategy keeps the others.
  (void)drill.type("kubectl patch deployment " + name +
                   " -n autonomous-dev-prod --type merge -p "
                   "'{\"spec\":{\"strategy\":{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxSurge\":0,"
                   "\"maxUnavailable\":1}}}}'");
  (void)drill.type("kubectl set env deployment/" + name + " -n autonomous-dev-prod WORKER_CONCURRENCY=many");
  drill.run_to(4min + 50s);
  const std::string pods =
      drill.type("kubectl get pods -n autonomous-dev-prod -l app=autonomous-dev --no-headers");
  ASSERT_NE(pods.find("CrashLoopBackOff"), std::string::npos) << pods;
  const std::string log =
      drill.type("kubectl logs -n autonomous-dev-prod deployment/" + name + " --tail=100");
  EXPECT_NE(log.find("Found 3 pods, using pod/"), std::string::npos) << log.substr(0, 300);
  EXPECT_EQ(log.find("ValueError"), std::string::npos) << "the healthy pod knows nothing of it";
  const std::size_t line = pods.rfind('\n', pods.find("CrashLoopBackOff"));
  const std::string sick = pods.substr(line == std::string::npos ? 0 : line + 1);
  const std::string own =
      drill.type("kubectl logs -n autonomous-dev-prod --previous " + sick.substr(0, sick.find(' ')));
  EXPECT_NE(own.find("ValueError"), std::string::npos) << "the sick one says it plainly";
}

}  // namespace
}  // namespace muster::test
