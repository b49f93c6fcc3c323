// Decisions about nodes, as tables.
#include <gtest/gtest.h>

#include "cluster_model/controllers/node_fit.hpp"
#include "cluster_model/controllers/node_taints.hpp"
#include "cluster_model/controllers/taint_eviction.hpp"
#include "cluster_model/controllers/zone_evictions.hpp"
#include "cluster_model/objects/qos.hpp"

namespace muster {
namespace {

TEST(Tolerations, MatchByKeyValueAndEffect) {
  const Taint taint{"team", "blue", "NoSchedule", {}};
  struct Case {
    Toleration toleration;
    bool expected;
  };
  const Case cases[] = {
      {{"team", "", "blue", "", {}}, true},
      {{"team", "Equal", "blue", "NoSchedule", {}}, true},
      {{"team", "Equal", "red", "", {}}, false},
      {{"team", "Exists", "", "", {}}, true},
      {{"team", "Exists", "", "NoExecute", {}}, false},
      {{"", "Exists", "", "", {}}, true},
      {{"other", "Exists", "", "", {}}, false},
      {{"", "", "blue", "", {}}, false},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(tolerates(c.toleration, taint), c.expected)
        << c.toleration.key << " " << c.toleration.op << " " << c.toleration.value;
  }
}

TEST(Tolerations, SayHowLongAPodMayStay) {
  const std::vector<Taint> lost{{taint_unreachable, "", "NoSchedule", {}},
                                {taint_unreachable, "", "NoExecute", {}}};
  const Toleration five_minutes{taint_unreachable, "Exists", "", "NoExecute", 300s};
  const Toleration for_ever{taint_unreachable, "Exists", "", "NoExecute", {}};
  EXPECT_EQ(tolerated_for({five_minutes}, lost), SimDuration(300s));
  EXPECT_EQ(tolerated_for({for_ever}, lost), std::nullopt);
  EXPECT_EQ(tolerated_for({}, lost), SimDuration(0s));
  EXPECT_EQ(tolerated_for({}, {lost[0]}), std::nullopt);  // NoSchedule drives nobody away
}

TEST(ZoneEvictions, OneNodePerTenSeconds) {
  ZoneEvictions zone;
  zone.add("a");
  zone.add("b");
  zone.add("a");
  EXPECT_EQ(zone.take(sim_start), "a");
  EXPECT_EQ(zone.take(sim_start + 9s), "");
  EXPECT_EQ(zone.take(sim_start + 10s), "b");
  EXPECT_EQ(zone.take(sim_start + 20s), "");
}

TEST(ZoneEvictions, SlowDownWhenMuchOfTheZoneIsGone) {
  struct Case {
    int ready, not_ready;
    ZoneState state;
    SimDuration interval;
  };
  const Case cases[] = {
      {3, 0, ZoneState::normal, 10s},
      {1, 2, ZoneState::normal, 10s},  // two are too few to speak of a large fault
      {2, 3, ZoneState::partial_disruption, evictions_stopped},
      {5, 5, ZoneState::normal, 10s},
      {40, 60, ZoneState::partial_disruption, 100s},
      {0, 3, ZoneState::full_disruption, 10s},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(zone_state(c.ready, c.not_ready), c.state) << c.ready << "/" << c.not_ready;
    EXPECT_EQ(eviction_interval(c.state, c.ready + c.not_ready), c.interval) << c.ready << "/" << c.not_ready;
  }
}

TEST(NodeTaints, FollowFromConditions) {
  Node node;
  node.conditions = {{"MemoryPressure", "True", "", "", {}, {}}, {"Ready", "Unknown", "", "", {}, {}}};
  node.unschedulable = true;
  node.taints = {{"team", "blue", "NoSchedule", {}}, {taint_not_ready, "", "NoSchedule", {}}};
  std::vector<std::string> keys;
  for (const Taint& taint : with_no_schedule_taints(node, sim_start)) keys.push_back(taint.key);
  EXPECT_EQ(keys, (std::vector<std::string>{"team", taint_unreachable, taint_memory_pressure,
                                            taint_unschedulable}));
  node.taints = with_no_execute_taint(node, "Unknown", sim_start);
  EXPECT_TRUE(find_taint(node.taints, taint_unreachable, "NoExecute"));
  node.taints = with_no_execute_taint(node, "True", sim_start);
  EXPECT_FALSE(find_taint(node.taints, taint_unreachable, "NoExecute"));
}

TEST(NodeFit, TaintsKeepPodsAway) {
  PodSpec spec;
  spec.containers.emplace_back();
  NodeRoom node{"n", {}, false, {4000, 8000, 110}, {}, 0, {{taint_memory_pressure, "", "NoSchedule", {}}}};
  EXPECT_EQ(misfits(spec, node), std::vector<std::string>{"node(s) had untolerated taint "
                                                          "{node.kubernetes.io/memory-pressure: }"});
  spec.containers[0].resources.memory_request = 1;
  EXPECT_TRUE(misfits(spec, node).empty());  // only BestEffort is kept away
  node.taints = {{"team", "blue", "NoExecute", {}}};
  EXPECT_EQ(misfits(spec, node), std::vector<std::string>{"node(s) had untolerated taint {team: blue}"});
  spec.tolerations = {{"team", "", "blue", "", {}}};
  EXPECT_TRUE(misfits(spec, node).empty());
  EXPECT_EQ(best_node(spec, {NodeRoom{"a", {}, false, {1, 8, 1}, {}, 0, {{"x", "", "PreferNoSchedule", {}}}},
                             NodeRoom{"b", {}, false, {1, 8, 1}, {}, 0, {}}}),
            1);
}

TEST(Qos, FollowsFromRequestsAndLimits) {
  PodSpec spec;
  spec.containers.emplace_back();
  EXPECT_EQ(qos_of(spec), Qos::best_effort);
  spec.containers[0].resources.memory_request = 5;
  EXPECT_EQ(qos_of(spec), Qos::burstable);
  spec.containers[0].resources = {1, 1, 5, 5};
  EXPECT_EQ(qos_of(spec), Qos::guaranteed);
  spec.containers[0].resources.memory_request = 4;
  EXPECT_EQ(qos_of(spec), Qos::burstable);
}

}  // namespace
}  // namespace muster
