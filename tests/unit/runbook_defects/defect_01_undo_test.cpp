// "rollout undo" as the quick win: it takes back the pod template and nothing else, twice leads back to the
// bad one, and after a restart the previous revision is the same bad image (kubernetes/kubernetes
// pkg/controller/deployment; kubectl rollout undo picks the second-highest revision).
#include <gtest/gtest.h>

#include "tests/unit/cluster_model/transcript.hpp"

namespace muster {
namespace {

std::string image_of(Transcript& drill) {
  const ObjectPtr web = drill.world().objects().find(Kind::Deployment, "prod", "web");
  return web->as<Deployment>().pod_template->spec.containers[0].image;
}

int available(Transcript& drill) {
  return drill.world().objects().find(Kind::Deployment, "prod", "web")->as<Deployment>().status.available;
}

TEST(Defect1, UndoTwiceReturnsToTheBadImage) {
  Transcript drill("replicas=3");
  drill.run("image web:bad");
  drill.run("advance 2m");
  drill.run("undo");
  drill.run("advance 2m");
  EXPECT_EQ(image_of(drill), "web:v1");
  EXPECT_EQ(available(drill), 3);
  drill.run("undo");
  EXPECT_EQ(image_of(drill), "web:bad");
}

TEST(Defect1, UndoAfterARestartIsTheSameBadImage) {
  Transcript drill("replicas=3");
  drill.run("image web:bad");
  drill.run("advance 2m");
  drill.run("restart");
  drill.run("advance 2m");
  drill.run("undo");
  drill.run("advance 2m");
  EXPECT_EQ(image_of(drill), "web:bad");
}

TEST(Defect1, UndoDoesNotTakeBackTheConfigMap) {
  Transcript drill("replicas=3 recreate");
  drill.run("config broken");
  drill.run("restart");
  drill.run("advance 3m");
  EXPECT_EQ(available(drill), 0);
  drill.run("undo");
  drill.run("advance 5m");
  EXPECT_EQ(available(drill), 0);
  drill.run("config on");
  drill.run("advance 6m");  // a crash loop waits up to five minutes
  EXPECT_EQ(available(drill), 3);
}

}  // namespace
}  // namespace muster
