// "rollout restart" first: it makes a revision of its own, so that a later undo leads only to where the
// system was before the restart; and while it lasts, pods that were warm are gone before new ones serve.
#include <gtest/gtest.h>

#include <algorithm>

#include "cluster_model/controllers/deployment_revisions.hpp"
#include "tests/unit/cluster_model/transcript.hpp"

namespace muster {
namespace {

ObjectPtr web(Transcript& drill) {
  return drill.world().objects().find(Kind::Deployment, "prod", "web");
}

TEST(Defect2, ARestartIsARevision) {
  Transcript drill("replicas=3");
  drill.run("image web:v2");
  drill.run("advance 3m");
  drill.run("restart");
  drill.run("advance 3m");
  EXPECT_EQ(revision_of(web(drill)->meta), 3);
  drill.run("undo");
  EXPECT_EQ(web(drill)->as<Deployment>().pod_template->spec.containers[0].image, "web:v2");
}

// Four replicas at 25 %: one may be missing, and a pod of this image needs 45 s before it serves.
TEST(Defect2, ARestartTakesCapacityAway) {
  Transcript drill("replicas=4 image=web:slow");
  drill.run("advance 10s");
  ASSERT_EQ(web(drill)->as<Deployment>().status.available, 4);
  drill.run("restart");
  int least = 4;
  for (int second = 0; second < 120; ++second) {
    drill.run("advance 1s");
    least = std::min(least, web(drill)->as<Deployment>().status.available);
  }
  EXPECT_EQ(least, 3);
}

}  // namespace
}  // namespace muster
