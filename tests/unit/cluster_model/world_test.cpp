// The world as a whole: what it promises to those who use it.
#include "cluster_model/world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cluster_model/control_plane.hpp"
#include "tests/unit/cluster_model/transcript.hpp"

namespace muster {
namespace {

template <class T>
std::vector<std::pair<SimTime, T>> facts_of(const FactList& list) {
  std::vector<std::pair<SimTime, T>> found;
  for (const auto& [at, fact] : list.facts) {
    if (const T* held = std::get_if<T>(&fact)) found.emplace_back(at, *held);
  }
  return found;
}

TEST(InitialState, IsWhatTheControllersWouldHaveMade) {
  Transcript drill("replicas=3 liveness startup");
  World& world = drill.world();
  const std::uint64_t version = world.objects().resource_version();
  drill.engine().run_until(sim_start + 1h);
  EXPECT_EQ(world.objects().resource_version(), version);
  world.control_plane().resync();
  drill.engine().run_until(sim_start + 2h);
  EXPECT_EQ(world.objects().resource_version(), version);
  world.check_invariants();
}

TEST(InitialState, HasAPast) {
  Transcript drill("replicas=3");
  for (const ObjectPtr& pod : drill.world().objects().list(Kind::Pod)) {
    EXPECT_LT(pod->meta.created, sim_start - 24h);
    EXPECT_GT(pod->as<Pod>().status.containers[0].state.started_at, pod->meta.created);
  }
  EXPECT_EQ(drill.world().requests().endpoints(0).size(), 3u);
  const auto told = facts_of<WorkloadFact>(drill.facts());
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].second.available, 3);
  EXPECT_TRUE(facts_of<PodFact>(drill.facts()).empty());
}

TEST(InitialState, PodsThatCannotRunAreNotPretended) {
  Transcript drill("replicas=2 mode=broken");
  EXPECT_TRUE(drill.world().objects().list(Kind::Pod).empty());
  drill.run("advance 30s");
  for (const ObjectPtr& pod : drill.world().objects().list(Kind::Pod)) {
    EXPECT_GT(pod->as<Pod>().status.containers[0].restarts, 0);
  }
}

TEST(InitialState, PodsWithoutAnOwnerRunToo) {
  SystemSpec system = small_system({{"replicas", "1"}});
  Object tool;
  tool.api_version = "v1";
  tool.kind = "Pod";
  tool.meta.namespace_ = "prod";
  tool.meta.name = "tool";
  Pod pod;
  pod.spec.containers.emplace_back();
  pod.spec.containers[0].name = "shell";
  pod.spec.containers[0].image = "busybox:1";
  tool.body = pod;
  system.objects.push_back(tool);
  Engine engine;
  FactList facts;
  World world(engine, facts, system, 1, Epoch{});
  EXPECT_EQ(world.objects().find(Kind::Pod, "prod", "tool")->as<Pod>().status.phase, "Running");
  const std::uint64_t version = world.objects().resource_version();
  engine.run_until(sim_start + 10min);
  EXPECT_EQ(world.objects().resource_version(), version);
}

TEST(Facts, TellACrashLoopWithItsWaits) {
  Transcript drill("replicas=1");
  drill.run("image web:bad");
  drill.run("advance 20m");
  std::vector<std::int64_t> waits;
  SimTime exited = sim_never;
  for (const auto& [at, fact] : facts_of<PodFact>(drill.facts())) {
    if (fact.change == PodChange::exited) {
      exited = at;
      EXPECT_EQ(fact.exit_code, 1);
    }
    if (fact.change == PodChange::started && exited != sim_never) waits.push_back((at - exited) / 1s);
  }
  EXPECT_EQ(waits, (std::vector<std::int64_t>{0, 10, 20, 40, 80, 160, 300, 300}));
}

TEST(Facts, TellARolloutAndWhoBeganIt) {
  Transcript drill("replicas=3");
  drill.run("image web:v2");
  drill.run("advance 3m");
  const auto written = facts_of<ObjectFact>(drill.facts());
  ASSERT_EQ(written.size(), 1u);
  EXPECT_EQ(written[0].second.by, "tester");
  EXPECT_EQ(written[0].second.change, "updated");
  std::vector<RolloutChange> changes;
  for (const auto& [at, fact] : facts_of<RolloutFact>(drill.facts())) changes.push_back(fact.change);
  EXPECT_EQ(changes, (std::vector{RolloutChange::began, RolloutChange::completed}));
  const auto counts = facts_of<WorkloadFact>(drill.facts());
  for (const auto& [at, fact] : counts) EXPECT_GE(fact.available, 3);
  EXPECT_EQ(counts.back().second.image, "web:v2");
  EXPECT_EQ(counts.back().second.revision, 2);
}

TEST(Facts, TellADeadline600SecondsAfterTheLastProgress) {
  Transcript drill("replicas=3");
  drill.run("image web:bad");
  drill.run("advance 11m");
  SimTime progress{}, deadline{};
  for (const auto& [at, fact] : facts_of<WorkloadFact>(drill.facts())) progress = at;
  for (const auto& [at, fact] : facts_of<RolloutFact>(drill.facts())) {
    if (fact.change == RolloutChange::deadline_exceeded) deadline = at;
  }
  EXPECT_EQ(deadline - progress, SimDuration(600s));
}

TEST(Facts, WarningsStayFew) {
  Transcript drill("replicas=10 unavailable=100%");
  drill.run("image web:bad");
  drill.run("advance 75m");
  // Ten pods, at most 25 events at once and one more per 5 min each.
  EXPECT_LT(facts_of<WarningFact>(drill.facts()).size(), 450u);
}

TEST(Events, AreGoneAnHourAfterTheirLastRepeat) {
  Transcript drill("replicas=1");
  drill.run("image web:v2");
  drill.run("advance 1m");
  EXPECT_FALSE(drill.world().objects().list(Kind::Event).empty());
  drill.run("advance 61m");
  EXPECT_TRUE(drill.world().objects().list(Kind::Event).empty());
}

TEST(Termination, EndsWithSigkillWhenTheGraceIsOver) {
  std::map<std::string, std::string> options{{"replicas", "1"}};
  SystemSpec system = small_system(options);
  system.profile.services[0].traffic.deadline = 5min;
  system.profile.services[0].endpoints[0].service_time = {ServiceTime::Kind::deterministic, 2min, 0};
  Engine engine;
  FactList facts;
  World world(engine, facts, system, 1, Epoch{});
  engine.run_until(sim_start + 10s);
  const ObjectPtr pod = world.objects().list(Kind::Pod).front();
  ASSERT_TRUE(world.remove(pod->key(), std::nullopt, "tester"));
  EXPECT_EQ(*world.objects().find(pod->key())->meta.deletion_at, sim_start + 40s);
  engine.run_until(sim_start + 1min);
  EXPECT_EQ(world.objects().find(pod->key()), nullptr);
  const auto pods = facts_of<PodFact>(facts);
  const auto exit = std::find_if(pods.begin(), pods.end(),
                                 [](const auto& fact) { return fact.second.change == PodChange::exited; });
  ASSERT_NE(exit, pods.end());
  EXPECT_EQ(exit->second.exit_code, 137);
  EXPECT_EQ(exit->first, sim_start + 40s);
  world.check_invariants();
}

// Found by the random-world campaign, seed 474: the pod lived on for ever.
TEST(GarbageCollection, AnOwnerThatIsNotThereIsNoOwner) {
  Transcript drill("replicas=2");
  World& world = drill.world();
  Object orphan = *world.objects().list(Kind::Pod).front();
  orphan.meta.owners.front().uid = "";
  const auto refused = world.update(orphan, "tester");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().where, "/metadata/ownerReferences/0/uid");
  orphan.meta.owners.front().uid = "no-such-uid";
  ASSERT_TRUE(world.update(orphan, "tester"));
  drill.run("advance 1m");
  EXPECT_EQ(world.objects().find(orphan.key()), nullptr);
  EXPECT_EQ(world.objects().list(Kind::Pod).size(), 2u);
}

std::vector<std::string> pod_names(const World& world) {
  std::vector<std::string> names;
  for (const ObjectPtr& pod : world.objects().list(Kind::Pod))
    names.push_back(pod->meta.name + pod->meta.uid);
  return names;
}

TEST(Determinism, EqualInputsGiveEqualRuns) {
  const auto run = [] {
    Transcript drill("replicas=3");
    drill.run("image web:bad");
    drill.run("advance 10m");
    return std::pair(drill.engine().fingerprint().value(), pod_names(drill.world()));
  };
  EXPECT_EQ(run(), run());
}

TEST(Determinism, NamesDoNotDependOnWhatElseHappened) {
  const auto run = [](bool edit) {
    Transcript drill("replicas=3");
    if (edit) drill.run("config off");
    if (edit) drill.run("advance 1m");
    drill.run("image web:v2");
    drill.run("advance 3m");
    return pod_names(drill.world());
  };
  EXPECT_EQ(run(false), run(true));
}

TEST(Traffic, FollowsThePods) {
  Transcript drill("replicas=3 recreate");
  drill.run("image web:bad");
  drill.run("advance 3m");
  EXPECT_TRUE(drill.world().requests().endpoints(0).empty());
  std::uint64_t failed_late = 0, failed_early = 0;
  drill.run("undo");
  drill.run("advance 2m");
  for (const auto& [at, fact] : facts_of<TrafficFact>(drill.facts())) {
    if (at > sim_start + 30s && at < sim_start + 3min) failed_early += fact.failed();
    if (at > sim_start + 4min) failed_late += fact.failed();
  }
  EXPECT_GT(failed_early, 300u);
  EXPECT_EQ(failed_late, 0u);
}

TEST(ApiServer, RefusesWhatKubernetesRefuses) {
  Transcript drill("replicas=1");
  World& world = drill.world();
  const Object web = *world.objects().find(Kind::Deployment, "prod", "web");
  const auto refusal = [&](const std::function<void(Object&, Deployment&, PodTemplate&)>& change) {
    Object object = web;
    PodTemplate pod_template = *object.as<Deployment>().pod_template;
    change(object, object.as<Deployment>(), pod_template);
    object.as<Deployment>().pod_template = std::make_shared<const PodTemplate>(pod_template);
    const Result<ObjectPtr> done = world.update(object, "tester");
    return done ? std::string("accepted") : done.error().where;
  };
  EXPECT_EQ(refusal([](Object&, Deployment& d, PodTemplate&) { d.replicas = -1; }), "/spec/replicas");
  EXPECT_EQ(refusal([](Object&, Deployment&, PodTemplate& t) { t.spec.containers[0].image = ""; }),
            "/spec/template/spec/containers/0/image");
  EXPECT_EQ(refusal([](Object&, Deployment&, PodTemplate& t) { t.labels = {}; }),
            "/spec/template/metadata/labels");
  EXPECT_EQ(refusal([](Object&, Deployment&, PodTemplate& t) {
              t.spec.containers.push_back(t.spec.containers[0]);
            }),
            "/spec/template/spec/containers/1/name");
  EXPECT_EQ(refusal([](Object&, Deployment& d, PodTemplate& t) {
              d.selector.match_labels["tier"] = "x";
              t.labels["tier"] = "x";
            }),
            "/spec/selector");
  EXPECT_EQ(refusal([](Object& o, Deployment&, PodTemplate&) { o.meta.labels["x"] = "no blanks"; }),
            "/metadata/labels");
  EXPECT_EQ(refusal([](Object&, Deployment& d, PodTemplate&) { d.replicas = 2; }), "accepted");
}

TEST(ApiServer, CountsGenerationsAndLeavesNoOpsAlone) {
  Transcript drill("replicas=1");
  World& world = drill.world();
  Object web = *world.objects().find(Kind::Deployment, "prod", "web");
  const std::uint64_t version = web.meta.resource_version;
  EXPECT_EQ(world.update(web, "tester").value()->meta.resource_version, version);
  web.meta.annotations["note"] = "x";
  EXPECT_EQ(world.update(web, "tester").value()->meta.generation, 1);
  web.as<Deployment>().replicas = 2;
  EXPECT_EQ(world.update(web, "tester").value()->meta.generation, 2);
  EXPECT_EQ(world.update(web, "tester", version).error().code, ErrorCode::conflict);
  Object stray = web;
  stray.meta.namespace_ = "nowhere";
  EXPECT_EQ(world.create(stray, "tester").error().message, "namespaces \"nowhere\" not found");
}

TEST(ApiServer, FillsInDefaults) {
  Transcript drill("replicas=1");
  const auto& store = drill.world().objects();
  const auto& web = store.find(Kind::Deployment, "prod", "web")->as<Deployment>();
  EXPECT_EQ(web.pod_template->spec.containers[0].image_pull_policy, "IfNotPresent");
  EXPECT_EQ(store.find(Kind::Secret, "prod", "keys")->as<ConfigData>().type, "Opaque");
  EXPECT_THAT(store.find(Kind::Service, "prod", "web")->as<Service>().cluster_ip,
              testing::StartsWith("10.96."));
  drill.run("limits 4");
  drill.run("advance 3s");
  const ObjectPtr pod = store.find(Kind::Pod, "prod", drill.real_name("pod-2"));
  EXPECT_EQ(pod->as<Pod>().spec.containers[0].resources.memory_request, std::int64_t{4} << 30);
}

TEST(CheckObjects, NamesTheObject) {
  std::vector<Object> objects = small_system({}).objects;
  EXPECT_TRUE(check_objects(objects));
  objects.push_back(objects[0]);
  EXPECT_EQ(check_objects(objects).error().message, "ConfigMap \"settings\": it is defined twice");
}

}  // namespace
}  // namespace muster
