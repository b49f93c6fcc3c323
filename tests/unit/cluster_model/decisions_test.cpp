// Decisions of the ReplicaSet controller, the scheduler and the kubelet, as tables.
#include <gtest/gtest.h>

#include "cluster_model/controllers/node_fit.hpp"
#include "cluster_model/controllers/replica_set_controller.hpp"
#include "cluster_model/controllers/scale_down_order.hpp"
#include "cluster_model/controllers/scheduler.hpp"
#include "cluster_model/kubelet/crash_backoff.hpp"
#include "cluster_model/kubelet/pod_phase.hpp"
#include "cluster_model/kubelet/probe_runner.hpp"
#include "cluster_model/pod_facts.hpp"

namespace muster {
namespace {

TEST(CrashBackoff, DoublesFromTenSecondsToFiveMinutes) {
  BackoffEntry entry;
  SimTime now = sim_start;
  std::vector<std::int64_t> waits;
  for (int crash = 0; crash < 9; ++crash) {
    now += 3s;  // the instance lived this long
    const SimDuration wait = crash_backoff(entry, now);
    waits.push_back(wait / 1s);
    entry = after_restart(entry, now, now + wait);
    now += wait;
  }
  EXPECT_EQ(waits, (std::vector<std::int64_t>{0, 10, 20, 40, 80, 160, 300, 300, 300}));
}

TEST(CrashBackoff, ForgivesAnInstanceThatRanLongerThanTenMinutes) {
  const BackoffEntry entry{true, 160s, sim_start};
  EXPECT_EQ(crash_backoff(entry, sim_start + 600s), 160s);
  EXPECT_EQ(crash_backoff(entry, sim_start + 601s), 0s);
  EXPECT_EQ(after_restart(entry, sim_start + 601s, sim_start + 601s).wait, 10s);
}

TEST(GoDuration, PrintsAsGoDoes) {
  EXPECT_EQ(go_duration(0s), "0s");
  EXPECT_EQ(go_duration(10s), "10s");
  EXPECT_EQ(go_duration(80s), "1m20s");
  EXPECT_EQ(go_duration(300s), "5m0s");
  EXPECT_EQ(go_duration(1661ms), "1.661s");
  EXPECT_EQ(go_duration(512ms), "512ms");
  EXPECT_EQ(go_duration(3600s), "1h0m0s");
}

TEST(SlowStart, DoublesTheBatches) {
  EXPECT_EQ(slow_start_batches(0), (std::vector<int>{}));
  EXPECT_EQ(slow_start_batches(1), (std::vector{1}));
  EXPECT_EQ(slow_start_batches(10), (std::vector{1, 2, 4, 3}));
}

struct PodSketch {
  const char* name;
  const char* node = "n1";
  const char* phase = "Running";
  bool ready = true;
  SimDuration ready_for = 1h;
  int restarts = 0;
  const char* cost = nullptr;
  SimDuration age = 2h;
};

ObjectPtr sketch(const PodSketch& given) {
  Object object;
  object.api_version = "v1";
  object.kind = "Pod";
  object.meta.name = given.name;
  object.meta.created = sim_start - given.age;
  if (given.cost) object.meta.annotations["controller.kubernetes.io/pod-deletion-cost"] = given.cost;
  Pod pod;
  pod.spec.node_name = given.node;
  pod.status.phase = given.phase;
  pod.status.containers.push_back({"app", "i", given.ready, true, given.restarts, {}, {}});
  set_pod_condition(pod.status, "Ready", given.ready, "", "", sim_start - given.ready_for);
  object.body = pod;
  return std::make_shared<const Object>(object);
}

TEST(ScaleDownOrder, TakesTheLeastUsefulPodFirst) {
  struct Case {
    const char* rule;
    std::vector<PodSketch> pods;  // the victim is "x"
  };
  const Case cases[] = {
      {"unscheduled", {{"a", "n1", "Pending", false}, {"x", "", "Pending", false}}},
      {"pending before running", {{"a", "n1", "Running", false}, {"x", "n2", "Pending", false}}},
      {"not ready", {{"a"}, {"x", "n2", "Running", false}}},
      {"lower deletion cost", {{"a", "n1"}, {"x", "n2", "Running", true, 1h, 0, "-5"}}},
      {"on a node with more of them",
       {{"a", "n1"}, {"x", "n2", "Running", true, 1h, 0, nullptr, 1h}, {"y", "n2"}}},
      {"ready for less time", {{"a", "n1", "Running", true, 10h}, {"x", "n2", "Running", true, 5s}}},
      {"more restarts", {{"a", "n1"}, {"x", "n2", "Running", true, 1h, 3}}},
      {"newer", {{"a", "n1"}, {"x", "n2", "Running", true, 1h, 0, nullptr, 1min}}},
  };
  for (const Case& c : cases) {
    std::vector<ObjectPtr> pods;
    for (const PodSketch& pod : c.pods) pods.push_back(sketch(pod));
    EXPECT_EQ(scale_down_order(pods, sim_start).front()->meta.name, "x") << c.rule;
  }
}

NodeRoom node(const char* name, std::int64_t cpu_used, std::int64_t memory_used, int same_set = 0) {
  return {name, {{"disk", "ssd"}}, false, {4000, 8000, 110}, {cpu_used, memory_used, 1}, same_set};
}

PodSpec asking(std::int64_t cpu, std::int64_t memory) {
  PodSpec spec;
  spec.containers.emplace_back();
  spec.containers[0].resources.cpu_request = cpu;
  spec.containers[0].resources.memory_request = memory;
  return spec;
}

TEST(NodeFit, NamesWhatIsShort) {
  using Reasons = std::vector<std::string>;
  EXPECT_EQ(misfits(asking(100, 100), node("n", 0, 0)), Reasons{});
  EXPECT_EQ(misfits(asking(100, 9000), node("n", 0, 0)), Reasons{"Insufficient memory"});
  EXPECT_EQ(misfits(asking(1001, 9000), node("n", 3000, 0)),
            (Reasons{"Insufficient cpu", "Insufficient memory"}));
  EXPECT_EQ(misfits(asking(1000, 8000), node("n", 3000, 0)), Reasons{});
  PodSpec picky = asking(1, 1);
  picky.node_selector = {{"disk", "tape"}};
  EXPECT_EQ(misfits(picky, node("n", 0, 0)), Reasons{"node(s) didn't match Pod's node affinity/selector"});
  NodeRoom cordoned = node("n", 0, 0);
  cordoned.unschedulable = true;
  EXPECT_EQ(misfits(picky, cordoned), Reasons{"node(s) were unschedulable"});
  NodeRoom full = node("n", 0, 0);
  full.used.pods = 110;
  EXPECT_EQ(misfits(asking(1, 1), full), Reasons{"Too many pods"});
}

TEST(NodeFit, PrefersSpreadThenRoomThenTheFirstName) {
  EXPECT_EQ(best_node(asking(1, 1), {node("a", 0, 0), node("b", 0, 0)}), 0);
  EXPECT_EQ(best_node(asking(1, 1), {node("a", 2000, 0), node("b", 0, 0)}), 1);
  EXPECT_EQ(best_node(asking(1, 1), {node("a", 0, 0, 1), node("b", 2000, 4000, 0)}), 1);
  EXPECT_EQ(best_node(asking(5000, 1), {node("a", 0, 0)}), -1);
}

TEST(NodeFit, SaysWhyNothingFits) {
  EXPECT_EQ(unschedulable_message(asking(100, 9000), {node("a", 0, 0), node("b", 0, 0), node("c", 4000, 0)}),
            "0/3 nodes are available: 1 Insufficient cpu, 3 Insufficient memory. preemption: 0/3 nodes are "
            "available: "
            "3 No preemption victims found for incoming pod.");
  EXPECT_EQ(unschedulable_message(asking(1, 1), {}), "no nodes available to schedule pods");
}

TEST(SchedulingBackoff, DoublesToTenSeconds) {
  EXPECT_EQ(scheduling_backoff(1), 1s);
  EXPECT_EQ(scheduling_backoff(3), 4s);
  EXPECT_EQ(scheduling_backoff(9), 10s);
}

TEST(Probes, BeginOnTheirGridAfterTheInitialDelay) {
  Probe probe;  // every 10 s
  const SimTime start = sim_start + 100s;
  EXPECT_EQ(first_attempt(probe, start, 3s), start + 3s);
  probe.initial_delay = 3s;
  EXPECT_EQ(first_attempt(probe, start, 3s), start + 3s);
  probe.initial_delay = 4s;
  EXPECT_EQ(first_attempt(probe, start, 3s), start + 13s);
  probe.initial_delay = 30s;
  EXPECT_EQ(first_attempt(probe, start, 3s), start + 33s);
}

TEST(Probes, CountFailuresInARow) {
  Probe probe;
  probe.success_threshold = 2;
  ProbeCount count(probe);
  using V = ProbeCount::Verdict;
  std::vector<V> verdicts;
  for (const bool ok : {false, false, true, false, false, false, true, true})
    verdicts.push_back(count.count(ok));
  EXPECT_EQ(verdicts, (std::vector{V::undecided, V::undecided, V::undecided, V::undecided, V::undecided,
                                   V::failed, V::undecided, V::succeeded}));
}

TEST(PodPhase, FollowsTheContainers) {
  using Phase = ContainerState::Phase;
  const auto container = [](Phase state, int exit_code, bool ran_before) {
    ContainerStatus status;
    status.state.phase = state;
    status.state.exit_code = exit_code;
    if (ran_before) status.last_state.phase = Phase::terminated;
    return status;
  };
  struct Case {
    const char* policy;
    std::vector<ContainerStatus> containers;
    const char* expected;
  };
  const Case cases[] = {
      {"Always", {container(Phase::waiting, 0, false)}, "Pending"},
      {"Always", {container(Phase::running, 0, false), container(Phase::waiting, 0, false)}, "Pending"},
      {"Always", {container(Phase::running, 0, false)}, "Running"},
      {"Always", {container(Phase::waiting, 0, true)}, "Running"},  // CrashLoopBackOff
      {"Always", {container(Phase::terminated, 1, false)}, "Running"},
      {"Never", {container(Phase::terminated, 0, false)}, "Succeeded"},
      {"Never", {container(Phase::terminated, 1, false)}, "Failed"},
      {"OnFailure", {container(Phase::terminated, 1, false)}, "Running"},
  };
  for (const Case& c : cases) {
    PodSpec spec;
    spec.restart_policy = c.policy;
    EXPECT_EQ(pod_phase(spec, c.containers), c.expected);
  }
}

}  // namespace
}  // namespace muster
