// Decisions of the kubelet and of the disruption controller, as tables.
#include <gtest/gtest.h>

#include "cluster_model/controllers/disruption_controller.hpp"
#include "cluster_model/kubelet/eviction_order.hpp"
#include "cluster_model/kubelet/probe_runner.hpp"
#include "cluster_model/kubelet/registry.hpp"

namespace muster {
namespace {

PodUse pod(const char* uid, std::int64_t used, std::int64_t requested, std::int64_t priority = 0) {
  return {uid, priority, Qos::burstable, {{"app", used, requested}}, 0};
}

TEST(EvictionOrder, ExcessThenPriorityThenSize) {
  struct Case {
    const char* rule;
    std::vector<PodUse> pods;
    const char* first;
  };
  const Case cases[] = {
      {"above its request before below", {pod("a", 90, 100), pod("b", 11, 10)}, "b"},
      {"even with a higher priority", {pod("a", 90, 100), pod("b", 11, 10, 1000)}, "b"},
      {"lower priority first", {pod("a", 200, 10, 5), pod("b", 20, 10, 1)}, "b"},
      {"larger excess first", {pod("a", 20, 10), pod("b", 90, 70)}, "b"},
      {"else as they come", {pod("a", 20, 10), pod("b", 20, 10)}, "a"},
  };
  for (Case c : cases) {
    rank_for_eviction(c.pods);
    EXPECT_EQ(c.pods.front().uid, c.first) << c.rule;
  }
}

TEST(EvictionOrder, SaysWhoUsedWhat) {
  const PodUse use{"u", 0, Qos::burstable, {{"app", 812 << 20, 256 << 20}, {"side", 1 << 20, 2 << 20}}, 0};
  EXPECT_EQ(
      eviction_message("memory", "100Mi", "52Mi", use),
      "The node was low on resource: memory. Threshold quantity: 100Mi, available: 52Mi. Container app was "
      "using 812Mi, request is 256Mi, has larger consumption of memory. ");
}

TEST(EvictionOrder, QuantitiesArePowersOf1024) {
  EXPECT_EQ(binary_quantity(0), "0");
  EXPECT_EQ(binary_quantity(1000), "1000");
  EXPECT_EQ(binary_quantity(1 << 20), "1Mi");
  EXPECT_EQ(binary_quantity((1 << 20) + 4096), "1028Ki");
}

TEST(EvictionOrder, TheKernelPrefersWhoPromisedLeast) {
  const std::int64_t node = 1000;
  EXPECT_EQ(oom_score(Qos::best_effort, {"c", 100, 0}, node), 1100);
  EXPECT_EQ(oom_score(Qos::burstable, {"c", 100, 500}, node), 600);
  EXPECT_EQ(oom_score(Qos::guaranteed, {"c", 100, 100}, node), 0);
}

TEST(Registry, IsNamedByTheImage) {
  EXPECT_EQ(registry_host("nginx"), "docker.io");
  EXPECT_EQ(registry_host("team/app:v1"), "docker.io");
  EXPECT_EQ(registry_host("registry.example.com/team/app:v1"), "registry.example.com");
  EXPECT_EQ(registry_host("localhost:5000/app"), "localhost:5000");
  Registry registry;
  registry.set_down("docker.io", true);
  EXPECT_TRUE(registry.down("nginx"));
  EXPECT_FALSE(registry.down("registry.example.com/app"));
  registry.set_down("", true);
  EXPECT_TRUE(registry.down("registry.example.com/app"));
}

ObjectPtr sketch_pod(const std::string& name, bool ready, bool going = false) {
  Object object;
  object.kind = "Pod";
  object.meta.name = name;
  if (going) object.meta.deletion_at = sim_start;
  Pod body;
  body.status.conditions = {{"Ready", ready ? "True" : "False", "", "", {}, {}}};
  object.body = body;
  return std::make_shared<const Object>(object);
}

TEST(DisruptionBudget, CountsWhoMayGo) {
  const std::vector<ObjectPtr> pods{sketch_pod("a", true), sketch_pod("b", true), sketch_pod("c", true, true),
                                    sketch_pod("d", false)};
  struct Case {
    std::optional<IntOrPercent> min_available, max_unavailable;
    int desired, allowed, expected;
  };
  const Case cases[] = {
      {IntOrPercent{1, false}, {}, 1, 1, 4},  {IntOrPercent{2, false}, {}, 2, 0, 4},
      {IntOrPercent{30, true}, {}, 1, 1, 3},  // 30 % of 3 wanted, rounded up
      {IntOrPercent{34, true}, {}, 2, 0, 3},  {{}, IntOrPercent{1, false}, 2, 0, 3},
      {{}, IntOrPercent{50, true}, 1, 1, 3},  // two of three may be missing
      {{}, IntOrPercent{100, true}, 0, 2, 3},
  };
  for (const Case& c : cases) {
    Object budget;
    PodDisruptionBudget spec;
    spec.min_available = c.min_available;
    spec.max_unavailable = c.max_unavailable;
    budget.body = spec;
    const DisruptionStatus status = disruption_status(budget, pods, 3, sim_start);
    EXPECT_EQ(status.current_healthy, 2);
    EXPECT_EQ(status.desired_healthy, c.desired);
    EXPECT_EQ(status.disruptions_allowed, c.allowed);
    EXPECT_EQ(status.expected_pods, c.expected);
  }
}

TEST(DisruptionBudget, AnEvictedPodIsCountedOutUntilItGoes) {
  Object budget;
  PodDisruptionBudget spec;
  spec.min_available = IntOrPercent{1, false};
  spec.status.disrupted = {{"a", sim_start}};
  budget.body = spec;
  const std::vector<ObjectPtr> pods{sketch_pod("a", true), sketch_pod("b", true)};
  EXPECT_EQ(disruption_status(budget, pods, 2, sim_start + 1s).disruptions_allowed, 0);
  EXPECT_EQ(disruption_status(budget, pods, 2, sim_start + 120s).disruptions_allowed, 1);
}

/// Answers each attempt with the next of these, and notes what the runner tells.
struct Probed {
  explicit Probed(std::vector<bool> given) : answers(std::move(given)) {
    probe.failure_threshold = 2;
    runner = std::make_unique<ProbeRunner>(
        engine, probe,
        ProbeRunner::Callbacks{[this](const ProbeRunner::Done& done) { answer(done); },
                               [this](const std::string&) { told += "-"; }, [this] { told += "U"; },
                               [this] { told += "D"; }});
    runner->begin(sim_start);
  }
  void answer(const ProbeRunner::Done& done) {
    ++attempts;
    const bool ok = next < answers.size() ? answers[next++] : true;
    done({ok, ok ? "" : "refused", steady});
  }
  Engine engine;
  Probe probe;
  std::vector<bool> answers;
  std::size_t next = 0;
  int attempts = 0;
  bool steady = false;
  std::string told;
  std::unique_ptr<ProbeRunner> runner;
};

TEST(ProbeRunner, TellsEachTurnOnce) {
  Probed probed({false, false, false, true, true, false, true, false, false, true});
  probed.engine.run_until(sim_start + 95s);
  EXPECT_EQ(probed.told, "--D-U---DU");
  EXPECT_EQ(probed.attempts, 10);
}

TEST(ProbeRunner, RestsWhileNothingCanChange) {
  Probed probed({true});
  probed.steady = true;
  probed.engine.run_until(sim_start + 95s);
  EXPECT_EQ(probed.attempts, 1);
  probed.steady = false;
  probed.runner->wake();
  probed.engine.run_until(sim_start + 125s);
  EXPECT_EQ(probed.attempts, 4);
}

}  // namespace
}  // namespace muster
