// Runbook: "Block network access: kubectl apply -f network-policy-lockdown.yaml". Established flows live on
// while conntrack remembers them (Calico), a wide selector cuts the application off from names and its
// database, and a CNI may ignore policies altogether.
#include "cluster_model/network/network.hpp"

#include "tests/unit/cluster_model/intruder_fixture.hpp"

namespace muster {
namespace {

TEST(Defect13, TheLockDownLeavesTheIntruderHisSession) {
  IntruderWorld world;
  world.break_in();
  world.lock_down("app", "web");
  world.advance(30min);
  EXPECT_EQ(world.him().footholds(), 1u) << "his shell is an established flow";
  EXPECT_TRUE(world.him().has_session()) << "and so is his dump";
  const double rows = world.him().rows_taken();
  world.advance(1min);
  EXPECT_GT(world.him().rows_taken(), rows);
}

TEST(Defect13, AWideSelectorIsAnOutageOfOnesOwn) {
  IntruderWorld world;
  const NetworkPeer pod = pod_peer(world.pods().at(0)->key());
  const NetworkPeer kubelet = node_peer(world.pods().at(0)->as<Pod>().spec.node_name);
  Network& network = world.world().network();
  ASSERT_TRUE(network.reach(pod, host_peer("db.internal", 5432)).open());
  world.lock_down("", "");
  world.advance(10s);
  EXPECT_EQ(network.reach(pod, host_peer("db.internal", 5432)).verdict, Reach::Verdict::no_such_host)
      << "names are cut off first";
  EXPECT_FALSE(network.reach(host_peer("user.example.com"), pod).open()) << "and users";
  EXPECT_TRUE(network.reach(kubelet, pod).open())
      << "while the kubelet's probes pass: everything looks ready";
}

TEST(Defect13, ALockDownBeforeHeComesKeepsHimOut) {
  IntruderWorld world;
  world.lock_down("app", "web");
  world.advance(10s);
  world.him().start("prod", "web", 5);
  world.advance(1h);
  EXPECT_FALSE(world.him().active());
}

}  // namespace
}  // namespace muster
