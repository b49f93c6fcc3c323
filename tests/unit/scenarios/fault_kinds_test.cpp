// Each fault kind strikes a real world and takes back what it can.
#include "scenarios/faults/fault_kinds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "cluster_model/kubelet/node_health.hpp"
#include "cluster_model/kubelet/registry.hpp"
#include "cluster_model/network/network.hpp"
#include "cluster_model/traffic/request_path.hpp"
#include "scenarios/system_files.hpp"
#include "tests/unit/scenarios/scratch_folder.hpp"

namespace muster {
namespace {

const ObjectKey struck_key{Kind::Deployment, "autonomous-dev-prod", "autonomous-dev"};
const ObjectKey config_key{Kind::ConfigMap, "autonomous-dev-prod", "autonomous-dev-config"};
const ObjectKey secret_key{Kind::Secret, "autonomous-dev-prod", "autonomous-dev-secrets"};

const SystemSpec& shipped_system() {
  static const SystemSpec spec = [] {
    InputFiles files;
    auto system = read_system(std::string(MUSTER_SOURCE_DIR) + "/scenarios/systems/autonomous-dev",
                              Epoch{1'762'006'800}, files);
    EXPECT_TRUE(system) << system.error().text();
    return system ? system->spec : SystemSpec{};
  }();
  return spec;
}

/// Remembers who wrote which object.
struct Writers final : FactSink {
  void record(SimTime, Fact fact) override {
    if (const auto* object = std::get_if<ObjectFact>(&fact)) {
      if (object->by == "fault-1")
        written.push_back(object->change + " " + object->kind + " " + object->name);
    }
  }
  std::vector<std::string> written;
};

/// A world, and one fault read from YAML.
class KindStrike {
 public:
  explicit KindStrike(const std::string& yaml) {
    const auto node = read_yaml(yaml, "f.yaml");
    EXPECT_TRUE(node) << node.error().text();
    ReadContext context{"f.yaml", {}};
    fault = read_fault(*node, 1, shipped_system(), context);
    EXPECT_FALSE(context.first_error) << context.first_error->text();
  }
  const Object& object(const ObjectKey& key) { return *world.objects().find(key); }
  const Deployment& deployment() { return object(struck_key).as<Deployment>(); }
  std::string image() { return deployment().pod_template->spec.containers[0].image; }
  std::string setting(const char* name) {
    const StringMap& data = object(config_key).as<ConfigData>().data;
    return data.count(name) ? data.at(name) : "(none)";
  }
  void set(const char* name, const char* value) {
    Object changed = object(config_key);
    changed.as<ConfigData>().data[name] = value;
    EXPECT_TRUE(world.update(std::move(changed), "responder-1"));
  }

  ScheduledFault fault;
  Engine engine;
  Writers facts;
  World world{engine, facts, shipped_system(), 1, Epoch{1'762'006'800}};
};

const std::string at = "at: 1m\n";
const std::string to_deployment = "deployment: autonomous-dev-prod/autonomous-dev\n";
const std::string to_config = "configMap: autonomous-dev-prod/autonomous-dev-config\n";

TEST(FaultKinds, SetImageAndBack) {
  KindStrike strike(
      at + "for: 5m\nkind: deployment/set-image\nimage: r/autonomous-dev:v1.2.3\nchangeCause: release\n" +
      to_deployment);
  EXPECT_EQ(strike.fault.end_at, sim_start + 6min);
  strike.fault.begin(strike.world);
  EXPECT_EQ(strike.image(), "r/autonomous-dev:v1.2.3");
  EXPECT_EQ(strike.object(struck_key).meta.annotations.at("kubernetes.io/change-cause"), "release");
  EXPECT_THAT(strike.facts.written, testing::ElementsAre("updated Deployment autonomous-dev"));
  strike.fault.end(strike.world);
  EXPECT_EQ(strike.image(), "registry.example.com/autonomous-dev:v1.2.2");
}

TEST(FaultKinds, Restart) {
  KindStrike strike(at + "kind: deployment/restart\n" + to_deployment);
  strike.engine.run_until(sim_start + 1min);
  strike.fault.begin(strike.world);
  EXPECT_EQ(strike.deployment().pod_template->annotations.at("kubectl.kubernetes.io/restartedAt"),
            "2025-11-01T14:21:00Z");
  EXPECT_FALSE(strike.fault.end);
}

TEST(FaultKinds, SetStrategyAndBack) {
  KindStrike strike(at + "for: 5m\nkind: deployment/set-strategy\nmaxUnavailable: 25%\nmaxSurge: 1\n" +
                    to_deployment);
  EXPECT_EQ(strike.fault.detail, "strategy RollingUpdate, maxUnavailable 25%, maxSurge 1");
  strike.fault.begin(strike.world);
  EXPECT_EQ(strike.deployment().max_unavailable, (IntOrPercent{25, true}));
  EXPECT_EQ(strike.deployment().max_surge, (IntOrPercent{1, false}));
  strike.fault.end(strike.world);
  EXPECT_EQ(strike.deployment().max_unavailable, (IntOrPercent{100, true}));
  EXPECT_EQ(strike.deployment().max_surge, (IntOrPercent{0, false}));
}

TEST(FaultKinds, TrafficSpikeAndBack) {
  KindStrike strike(at +
                    "for: 1m\nkind: traffic/spike\nfactor: 3\nservice: autonomous-dev-prod/autonomous-dev\n");
  EXPECT_EQ(strike.fault.detail, "3 times the usual rate");
  const auto begun_by = [&](SimDuration end) {
    strike.engine.run_until(sim_start + end);
    return static_cast<double>(strike.world.requests().requests_begun());
  };
  const double calm = begun_by(60s);
  strike.fault.begin(strike.world);
  const double spike = begun_by(120s) - calm;
  strike.fault.end(strike.world);
  const double after = begun_by(180s) - calm - spike;
  EXPECT_NEAR(calm, 270 * 60, 5 * 127) << "five standard deviations of a Poisson count";
  EXPECT_GT(spike, 2.5 * calm);
  EXPECT_LT(after, 1.5 * calm);
}

TEST(FaultKinds, Recreate) {
  KindStrike strike(at + "kind: deployment/set-strategy\ntype: Recreate\n" + to_deployment);
  strike.fault.begin(strike.world);
  EXPECT_TRUE(strike.deployment().recreate);
}

TEST(FaultKinds, ConfigMapSetAndBack) {
  KindStrike strike(
      at + "for: 5m\nkind: configmap/set\ndata: {LOG_LEVEL: null, WORKER_CONCURRENCY: eight, NEW: x}\n" +
      to_config);
  EXPECT_EQ(strike.fault.detail, "set LOG_LEVEL, NEW, WORKER_CONCURRENCY");
  strike.fault.begin(strike.world);
  EXPECT_EQ(strike.setting("WORKER_CONCURRENCY"), "eight");
  EXPECT_EQ(strike.setting("LOG_LEVEL"), "(none)");
  EXPECT_EQ(strike.setting("NEW"), "x");
  strike.fault.end(strike.world);
  EXPECT_EQ(strike.setting("WORKER_CONCURRENCY"), "10");
  EXPECT_EQ(strike.setting("LOG_LEVEL"), "INFO");
  EXPECT_EQ(strike.setting("NEW"), "(none)");
}

TEST(FaultKinds, TheEndLeavesAloneWhatSomebodyHasChangedMeanwhile) {
  KindStrike strike(
      at + "for: 5m\nkind: configmap/set\ndata: {LOG_LEVEL: DEBUG, WORKER_CONCURRENCY: eight}\n" + to_config);
  strike.fault.begin(strike.world);
  strike.set("WORKER_CONCURRENCY", "12");
  strike.fault.end(strike.world);
  EXPECT_EQ(strike.setting("WORKER_CONCURRENCY"), "12");
  EXPECT_EQ(strike.setting("LOG_LEVEL"), "INFO");
}

TEST(FaultKinds, SecretSet) {
  KindStrike strike(
      at + "kind: secret/set\nsecret: autonomous-dev-prod/autonomous-dev-secrets\ndata: {session-key: x}\n");
  strike.fault.begin(strike.world);
  EXPECT_EQ(strike.object(secret_key).as<ConfigData>().data.at("session-key"), "x");
}

TEST(FaultKinds, SecretDeleteAndBack) {
  KindStrike strike(at +
                    "for: 5m\nkind: secret/delete\nsecret: autonomous-dev-prod/autonomous-dev-secrets\n");
  const StringMap before = strike.object(secret_key).as<ConfigData>().data;
  strike.fault.begin(strike.world);
  EXPECT_FALSE(strike.world.objects().find(secret_key));
  strike.fault.end(strike.world);
  ASSERT_TRUE(strike.world.objects().find(secret_key));
  EXPECT_EQ(strike.object(secret_key).as<ConfigData>().data, before);
  EXPECT_THAT(strike.facts.written, testing::ElementsAre("deleted Secret autonomous-dev-secrets",
                                                         "created Secret autonomous-dev-secrets"));
}

TEST(FaultKinds, PodDelete) {
  KindStrike strike(at + "kind: pod/delete\ncount: 2\ngracePeriod: 0s\n" + to_deployment);
  const auto pods = [&strike] {
    const auto all = strike.world.objects().list(Kind::Pod);
    return std::count_if(all.begin(), all.end(),
                         [](const ObjectPtr& pod) { return pod->meta.labels.at("app") == "autonomous-dev"; });
  };
  ASSERT_EQ(pods(), 3);
  strike.fault.begin(strike.world);
  EXPECT_EQ(pods(), 1);
  strike.engine.run_until(sim_start + 2min);
  EXPECT_EQ(pods(), 3);
}

TEST(FaultKinds, AMissingObjectIsLeftAlone) {
  KindStrike strike(at + "for: 5m\nkind: configmap/set\ndata: {LOG_LEVEL: DEBUG}\n" + to_config);
  ASSERT_TRUE(strike.world.remove(config_key, std::nullopt, "responder-1"));
  strike.fault.begin(strike.world);
  strike.fault.end(strike.world);
  EXPECT_FALSE(strike.world.objects().find(config_key));
}

// ---- parameters
// -------------------------------------------------------------------------------------------------

std::string kind_error(const std::string& yaml) {
  const auto node = read_yaml(yaml, "f.yaml");
  ReadContext context{"f.yaml", {}};
  read_fault(*node, 1, shipped_system(), context);
  return context.first_error ? context.first_error->text() : "";
}

TEST(FaultParameters, Errors) {
  struct {
    std::string yaml, error;
  } const cases[] = {
      {at + "kind: deployment/restart\nfor: 5m\n" + to_deployment,
       "f.yaml:3:6: deployment/restart cannot be taken back, so it has no \"for\""},
      {at + "kind: pod/delete\nfor: 5m\n" + to_deployment,
       "f.yaml:3:6: pod/delete cannot be taken back, so it has no \"for\""},
      {at + "kind: pod/delete\ncount: 0\n" + to_deployment,
       "f.yaml:3:8: \"count\" of a fault: expected a whole number from 1 to 10000, found \"0\""},
      {at + "kind: configmap/set\ndata: []\n" + to_config,
       "f.yaml:3:7: \"data\": expected a map of keys and values, found a list"},
      {at + "kind: configmap/set\ndata: {A: [b]}\n" + to_config,
       "f.yaml:3:11: \"A\": expected a text or null, found a list"},
      {at + "kind: configmap/set\n" + to_config,
       "f.yaml:1:1: a fault needs the key \"data\": a map of keys and their new values; null takes a key "
       "away"},
      {at + "kind: configmap/set\ndata: {A: b}\nconfigMap: autonomous-dev-prod/autonomous-dev-secrets\n",
       "f.yaml:4:12: no ConfigMap \"autonomous-dev-prod/autonomous-dev-secrets\" in the system; expected one "
       "of "
       "autonomous-dev-prod/autonomous-dev-config; did you mean "
       "\"autonomous-dev-prod/autonomous-dev-config\"?"},
      {at + "kind: deployment/set-strategy\ntype: Recreat\n" + to_deployment,
       "f.yaml:3:7: no such strategy \"Recreat\"; expected one of Recreate, RollingUpdate; did you mean "
       "\"Recreate\"?"},
      {at + "kind: deployment/set-strategy\ntype: Recreate\nmaxSurge: 1\n" + to_deployment,
       "f.yaml:3:7: \"Recreate\" has no maxSurge and no maxUnavailable"},
      {at + "kind: deployment/set-strategy\nmaxSurge: 0\nmaxUnavailable: 0%\n" + to_deployment,
       "f.yaml:3:11: maxSurge and maxUnavailable cannot both be 0: nothing could ever move"},
      {at + "kind: deployment/set-strategy\nmaxSurge: few\n" + to_deployment,
       "f.yaml:3:11: \"maxSurge\": expected a number of pods or a percentage such as 25%"},
  };
  for (const auto& c : cases) EXPECT_EQ(kind_error(c.yaml), c.error) << c.yaml;
}

TEST(FaultKinds, NodesGoAndComeBack) {
  KindStrike crash(at + "for: 5m\nkind: node/crash\nnode: node-2\n");
  crash.fault.begin(crash.world);
  EXPECT_EQ(crash.world.nodes().state("node-2"), NodeState::down);
  crash.fault.end(crash.world);
  EXPECT_EQ(crash.world.nodes().state("node-2"), NodeState::booting);
  KindStrike partition(at + "for: 5m\nkind: node/partition\nnode: node-1\n");
  partition.fault.begin(partition.world);
  EXPECT_EQ(partition.world.nodes().state("node-1"), NodeState::partitioned);
  EXPECT_TRUE(partition.world.network().isolated("node-1"));
  partition.fault.end(partition.world);
  EXPECT_EQ(partition.world.nodes().state("node-1"), NodeState::up);
  EXPECT_FALSE(partition.world.network().isolated("node-1"));
  EXPECT_THAT(kind_error(at + "kind: node/crash\nnode: node-9\n"), testing::HasSubstr("no Node \"node-9\""));
}

TEST(FaultKinds, RegistriesGoDownByHost) {
  KindStrike strike(at + "for: 5m\nkind: registry/down\nhost: registry.example.com\n");
  strike.fault.begin(strike.world);
  EXPECT_TRUE(strike.world.registry().down("registry.example.com/app:v1"));
  EXPECT_FALSE(strike.world.registry().down("nginx:1"));
  strike.fault.end(strike.world);
  EXPECT_FALSE(strike.world.registry().down("registry.example.com/app:v1"));
}

TEST(FaultParameters, TheTableIsSortedAndNamesWhatIsRead) {
  const std::string page = project_file("docs/scenario.md");
  std::string last;
  for (const FaultKind& kind : fault_kinds()) {
    EXPECT_LT(last, kind.name);
    last = kind.name;
    EXPECT_THAT(page, testing::HasSubstr("### " + last + "\n"));
    for (const FaultParameter& parameter : kind.parameters) {
      EXPECT_THAT(page, testing::HasSubstr("| `" + std::string(parameter.name) + "` |"));
      // A parameter that the table names is one that the kind asks for: leaving a needed one out is an error,
      // and none is unknown.
      const std::string error = kind_error(at + "kind: " + last + "\n" + parameter.name + ": {}\n");
      EXPECT_THAT(error, testing::Not(testing::HasSubstr("unknown key"))) << last << " " << parameter.name;
    }
  }
}

}  // namespace
}  // namespace muster
