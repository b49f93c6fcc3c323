// kubectl rollout status and logs: commands that take time of their own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "responders/text/json_value.hpp"
#include "tests/unit/responders/sample_cluster.hpp"

namespace muster::test {
namespace {

/// A line of a watch: the sample deployment with other counts.
std::string modified(int updated, int total, int available,
                     const std::string& progressing = "ReplicaSetUpdated") {
  auto deployment = parse_json(sample_deployment());
  JsonValue& status = deployment->member("status");
  status.member("updatedReplicas") = updated;
  status.member("replicas") = total;
  status.member("availableReplicas") = available;
  for (auto& condition : status.member("conditions").mutable_items())
    if (condition["type"].text() == "Progressing") condition.member("reason") = progressing;
  return R"({"type":"MODIFIED","object":)" + to_json(*deployment) + "}";
}

const std::string watch_path =
    "GET "
    "/apis/apps/v1/namespaces/autonomous-dev-prod/"
    "deployments?allowWatchBookmarks=true&fieldSelector=metadata.name%3D"
    "autonomous-dev&resourceVersion=120&watch=true";
const std::string status_line = "kubectl rollout status deployment/autonomous-dev -n autonomous-dev-prod";

TEST(RolloutStatus, PrintsEachChangeUntilItIsDone) {
  FakeHost host;
  add_sample_cluster(host);
  host.answer_stream(watch_path, {{sim_start + 610s, modified(2, 4, 3)},
                                  {sim_start + 620s, modified(3, 4, 3)},
                                  {sim_start + 630s, modified(3, 3, 2)},
                                  {sim_start + 640s, R"({"type":"BOOKMARK","object":{}})"},
                                  {sim_start + 650s, modified(3, 3, 3)}});
  const CommandResult result = run_line(host, status_line);
  EXPECT_EQ(result.out,
            "Waiting for deployment \"autonomous-dev\" rollout to finish: 1 out of 3 new replicas have been "
            "updated...\n"
            "Waiting for deployment \"autonomous-dev\" rollout to finish: 2 out of 3 new replicas have been "
            "updated...\n"
            "Waiting for deployment \"autonomous-dev\" rollout to finish: 1 old replicas are pending "
            "termination...\n"
            "Waiting for deployment \"autonomous-dev\" rollout to finish: 2 of 3 updated replicas are "
            "available...\n"
            "deployment \"autonomous-dev\" successfully rolled out\n");
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(host.now(), sim_start + 650s);
}

TEST(RolloutStatus, FailsAtTheProgressDeadline) {
  FakeHost host;
  add_sample_cluster(host);
  host.answer_stream(watch_path, {{sim_start + 1200s, modified(1, 4, 3, "ProgressDeadlineExceeded")}}, true);
  const CommandResult result = run_line(host, status_line + " && echo not reached");
  EXPECT_EQ(result.err, "error: deployment \"autonomous-dev\" exceeded its progress deadline\n");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(host.now(), sim_start + 1200s);
}

TEST(RolloutStatus, TimeoutAndNoWatch) {
  FakeHost host;
  add_sample_cluster(host);
  host.answer_stream(watch_path, {}, true);
  EXPECT_EQ(run_line(host, status_line + " --timeout=30s").err,
            "error: timed out waiting for the condition\n");
  EXPECT_EQ(host.now(), sim_start + 630s);
  EXPECT_EQ(run_line(host, status_line + " --watch=false").exit_code, 0);
  EXPECT_EQ(host.now(), sim_start + 630s);
}

const std::string pods = "/api/v1/namespaces/autonomous-dev-prod/pods";

TEST(Logs, OfADeploymentReadsTheReadyPod) {
  FakeHost host;
  add_sample_cluster(host);
  host.answer("GET " + pods + "/autonomous-dev-6c8f-aaaaa/log?container=app&tailLines=100",
              "INFO up\nERROR bad\n");
  const CommandResult result =
      run_line(host, "kubectl logs -n autonomous-dev-prod deployment/autonomous-dev --tail=100 | grep ERROR");
  EXPECT_EQ(result.out, "ERROR bad\n");
  EXPECT_EQ(result.err, "Found 2 pods, using pod/autonomous-dev-6c8f-aaaaa\n");
}

TEST(Logs, OfAPodAndItsPreviousInstance) {
  FakeHost host;
  add_sample_cluster(host);
  host.answer("GET " + pods + "/autonomous-dev-7d9b-bbbbb/log?container=app&previous=true&sinceSeconds=300",
              "panic\n");
  EXPECT_EQ(
      run_line(host, "kubectl logs autonomous-dev-7d9b-bbbbb -n autonomous-dev-prod --previous --since=5m")
          .out,
      "panic\n");
  EXPECT_EQ(
      run_line(host, "kubectl logs -n autonomous-dev-prod deployment/autonomous-dev --previous").exit_code,
      1);
}

TEST(Logs, FollowingStopsByItself) {
  FakeHost host;
  add_sample_cluster(host);
  host.answer_stream("GET " + pods + "/autonomous-dev-7d9b-bbbbb/log?container=app&follow=true",
                     {{sim_start + 605s, "one"}, {sim_start + 700s, "two"}}, true);
  const CommandResult result =
      run_line(host, "kubectl logs -f autonomous-dev-7d9b-bbbbb -n autonomous-dev-prod");
  EXPECT_EQ(result.out, "one\n");
  EXPECT_EQ(result.exit_code, 130);
  EXPECT_EQ(host.now(), sim_start + 630s);
}

}  // namespace
}  // namespace muster::test
