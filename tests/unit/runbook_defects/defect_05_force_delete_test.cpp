// "delete pod --force --grace-period=0": the object goes at once, and nothing says that the process went too.
// On a node that is only cut off it works on beside its replacement; on a dead one it is the way to get a
// replacement before the 300 s are over.
#include <gtest/gtest.h>

#include <algorithm>

#include "cluster_model/kubelet/node_health.hpp"
#include "cluster_model/traffic/request_path.hpp"
#include "tests/unit/cluster_model/transcript.hpp"

namespace muster {
namespace {

bool process_lives(Transcript& drill, const std::string& pod) {
  const std::vector<ServerId> living = drill.world().requests().servers(0);
  return std::any_of(living.begin(), living.end(),
                     [&](ServerId server) { return drill.world().requests().spec(server).pod == pod; });
}

int ready_pods(Transcript& drill) {
  return drill.world().objects().find(Kind::Deployment, "prod", "web")->as<Deployment>().status.ready;
}

TEST(Defect5, TheProcessWorksOnBesideItsReplacement) {
  Transcript drill("replicas=3");
  drill.run("partition node-1");
  drill.run("advance 2m");
  const std::string cut_off = drill.real_name("pod-1");
  drill.run("delete pod pod-1 0s");
  drill.run("advance 30s");
  EXPECT_FALSE(drill.world().objects().find(Kind::Pod, "prod", cut_off));
  EXPECT_EQ(ready_pods(drill), 3);             // the replacement is there
  EXPECT_TRUE(process_lives(drill, cut_off));  // and so is what it replaces
  EXPECT_EQ(drill.world().requests().servers(0).size(), 4u);
  drill.run("advance 30m");
  EXPECT_TRUE(process_lives(drill, cut_off)) << "nobody tells it to stop while its node is cut off";
  drill.run("heal node-1");
  drill.run("advance 10s");
  EXPECT_FALSE(process_lives(drill, cut_off)) << "its kubelet hears of the deletion at last";
}

TEST(Defect5, OnADeadNodeItIsRight) {
  Transcript drill("replicas=3");
  drill.run("crash node-1");
  drill.run("advance 60s");
  EXPECT_EQ(ready_pods(drill), 2);
  drill.run("delete pod pod-1 0s");
  drill.run("advance 30s");
  EXPECT_EQ(ready_pods(drill), 3);
  EXPECT_EQ(drill.world().requests().servers(0).size(), 3u);
}

TEST(Defect5, OrderlyDeletionOfAPodOnALostNodeNeverEnds) {
  Transcript drill("replicas=3");
  drill.run("crash node-1");
  drill.run("advance 60s");
  drill.run("delete pod pod-1");
  drill.run("advance 10m");
  const ObjectPtr pod = drill.world().objects().find(Kind::Pod, "prod", drill.real_name("pod-1"));
  ASSERT_TRUE(pod);
  EXPECT_TRUE(pod->meta.deletion_at);
}

}  // namespace
}  // namespace muster
