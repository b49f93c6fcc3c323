// Rolling updates and crash loops, exactly, by the real controllers and kubelets: every latency of the
// cluster is zero but the one that the row names.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "cluster_model/world.hpp"
#include "tests/unit/truth/truth_file.hpp"

namespace muster {
namespace {

class FactLog final : public FactSink {
 public:
  void record(SimTime at, Fact fact) override { facts.emplace_back(at, std::move(fact)); }
  std::vector<std::pair<SimTime, Fact>> facts;
};

Object named(const char* api_version, const char* kind, const char* name) {
  Object object;
  object.api_version = api_version;
  object.kind = kind;
  object.meta.name = name;
  return object;
}

Object roomy_node() {
  Object node = named("v1", "Node", "node-1");
  Node body;
  body.cpu_millis = 1'000'000;
  body.memory_bytes = std::int64_t{1} << 40;
  body.pods = 1'000'000;
  node.body = body;
  return node;
}

Object web(int replicas, IntOrPercent surge, IntOrPercent unavailable) {
  Object object = named("apps/v1", "Deployment", "web");
  object.meta.namespace_ = "prod";
  Container app;
  app.name = "app";
  app.image = "web:v1";
  PodTemplate pods;
  pods.labels = {{"app", "web"}};
  pods.spec.containers = {app};
  Deployment spec;
  spec.replicas = replicas;
  spec.selector = {{"app", "web"}};
  spec.max_surge = surge;
  spec.max_unavailable = unavailable;
  spec.pod_template = std::make_shared<const PodTemplate>(pods);
  object.body = spec;
  return object;
}

/// Containers run and are ready `start` after they are bound, and crash `life` later if it is given.
SystemSpec instant_system(SimDuration start, std::optional<SimDuration> life) {
  SystemSpec system;
  ClusterProfile& cluster = system.profile.cluster;
  cluster.controller = {0s, 0};
  cluster.schedule = {0s, 0};
  cluster.sandbox = {start, 0};
  cluster.endpoint_propagation = {0s, 0};
  AppProfile app;
  app.namespace_ = "prod";
  app.workload = "web";
  app.container = "app";
  ImageBehaviour image;
  image.pattern = "*";
  image.boot = {0s, 0};
  if (life) image.crash_after = LognormalTime{*life, 0};
  app.images = {image};
  system.profile.apps = {app};
  system.objects = {roomy_node()};
  return system;
}

struct Rollout {
  std::set<SimTime> waves;
  SimTime end{};
  int least_available = 0;
};

Rollout roll(int replicas, int surge, int unavailable, SimDuration ready) {
  SystemSpec system = instant_system(ready, std::nullopt);
  system.objects.push_back(web(replicas, {surge, true}, {unavailable, true}));
  Engine engine;
  FactLog log;
  World world(engine, log, system, 1, Epoch{});
  engine.run_until(sim_start + 60s);
  const SimTime begun = engine.now();
  log.facts.clear();
  Object next = *world.objects().find(Kind::Deployment, "prod", "web");
  PodTemplate pods = *next.as<Deployment>().pod_template;
  pods.annotations["restartedAt"] = "now";  // the image is on the node already
  next.as<Deployment>().pod_template = std::make_shared<const PodTemplate>(pods);
  EXPECT_TRUE(world.update(next, "tester").has_value());
  engine.run_until(begun + 3600s);
  world.check_invariants();
  Rollout seen;
  seen.least_available = replicas;
  for (const auto& [at, fact] : log.facts) {
    const auto* pod = std::get_if<PodFact>(&fact);
    if (pod && pod->change == PodChange::ready) seen.waves.insert(at);
    if (const auto* counts = std::get_if<WorkloadFact>(&fact))
      seen.least_available = std::min(seen.least_available, counts->available);
    const auto* rollout = std::get_if<RolloutFact>(&fact);
    if (rollout && rollout->change == RolloutChange::completed) seen.end = at;
  }
  seen.end = seen.end == SimTime{} ? SimTime{} : SimTime{seen.end - begun};
  return seen;
}

class RollingUpdateTruth : public testing::TestWithParam<TruthRow> {};

TEST_P(RollingUpdateTruth, WavesAndTimes) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const Rollout seen = roll(row.whole("n"), row.whole("surge_pct"), row.whole("unav_pct"),
                            duration_from_seconds(row["ready_s"]));
  EXPECT_EQ(static_cast<int>(seen.waves.size()), row.whole("expect.waves")) << row.title();
  EXPECT_EQ(seen.end, SimTime{duration_from_seconds(row["expect.total_s"])}) << row.title();
  EXPECT_EQ(seen.least_available, row.whole("expect.min_available")) << row.title();
}

INSTANTIATE_TEST_SUITE_P(Rows, RollingUpdateTruth, testing::ValuesIn(truth_rows("rolling_update")));

class CrashLoopTruth : public testing::TestWithParam<TruthRow> {};

TEST_P(CrashLoopTruth, StartTimes) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  SystemSpec system = instant_system(0s, duration_from_seconds(row["run_s"]));
  system.objects.push_back(web(1, {1, false}, {0, false}));
  Engine engine;
  FactLog log;
  World world(engine, log, system, 1, Epoch{});
  const std::vector<double>& expected = row.list("starts");
  engine.run_until(sim_start + 60s + duration_from_seconds(expected.back()));
  std::vector<double> starts;
  for (const auto& [at, fact] : log.facts) {
    const auto* pod = std::get_if<PodFact>(&fact);
    if (pod && pod->change == PodChange::started) starts.push_back(seconds_of(at - sim_start));
  }
  ASSERT_GE(starts.size(), expected.size()) << row.title();
  const double first = starts.front();
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_DOUBLE_EQ(starts[i] - first, expected[i]) << row.title() << " start " << i;
}

INSTANTIATE_TEST_SUITE_P(Rows, CrashLoopTruth, testing::ValuesIn(truth_rows("crashloop_starts")));

}  // namespace
}  // namespace muster
