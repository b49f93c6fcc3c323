// "set resources --limits=memory=16Gi,cpu=8" on a container without requests: new pods request what they are
// limited to (pkg/apis/core/v1/defaults.go, pods only), fit nowhere, and the rollout stalls while the old
// pods go on serving.
#include <gtest/gtest.h>

#include "tests/unit/cluster_model/transcript.hpp"

namespace muster {
namespace {

TEST(Defect4, LimitsBecomeRequestsAndFitNowhere) {
  Transcript drill("replicas=3");
  Object next = *drill.world().objects().find(Kind::Deployment, "prod", "web");
  PodTemplate pods = *next.as<Deployment>().pod_template;
  Resources& resources = pods.spec.containers[0].resources;
  resources = {};
  resources.memory_limit = std::int64_t{16} << 30;
  resources.cpu_limit = 8000;
  next.as<Deployment>().pod_template = std::make_shared<const PodTemplate>(pods);
  ASSERT_TRUE(drill.world().update(next, "responder").has_value());
  drill.run("advance 11m");
  const DeploymentStatus status =
      drill.world().objects().find(Kind::Deployment, "prod", "web")->as<Deployment>().status;
  EXPECT_EQ(status.available, 3);  // safe: the old ones stay
  EXPECT_EQ(status.updated, 1);
  EXPECT_EQ(find_condition(status.conditions, "Progressing")->reason, "ProgressDeadlineExceeded");
  int pending = 0;
  for (const ObjectPtr& pod : drill.world().objects().list(Kind::Pod, "prod")) {
    const auto& body = pod->as<Pod>();
    if (body.status.phase != "Pending") continue;
    ++pending;
    EXPECT_EQ(body.spec.containers[0].resources.cpu_request, 8000);
    EXPECT_EQ(find_condition(body.status.conditions, "PodScheduled")->message.substr(0, 51),
              "0/3 nodes are available: 3 Insufficient cpu. preemp");
  }
  EXPECT_EQ(pending, 1);
}

// With requests present the limits change nothing about where a pod fits.
TEST(Defect4, WithRequestsItRollsOut) {
  Transcript drill("replicas=3");
  Object next = *drill.world().objects().find(Kind::Deployment, "prod", "web");
  PodTemplate pods = *next.as<Deployment>().pod_template;
  pods.spec.containers[0].resources.memory_limit = std::int64_t{16} << 30;
  pods.spec.containers[0].resources.cpu_limit = 8000;
  next.as<Deployment>().pod_template = std::make_shared<const PodTemplate>(pods);
  ASSERT_TRUE(drill.world().update(next, "responder").has_value());
  drill.run("advance 5m");
  EXPECT_EQ(drill.world().objects().find(Kind::Deployment, "prod", "web")->as<Deployment>().status.updated,
            3);
}

}  // namespace
}  // namespace muster
