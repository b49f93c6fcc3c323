// Faults of the network, of disks, and the intruder's beginning; and the profile's sections for them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cluster_model/intruder/intruder.hpp"
#include "cluster_model/network/network.hpp"
#include "cluster_model/storage/node_disks.hpp"
#include "scenarios/faults/fault_kinds.hpp"
#include "scenarios/profile_file.hpp"
#include "scenarios/system_files.hpp"
#include "tests/unit/scenarios/scratch_folder.hpp"

namespace muster {
namespace {

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

class Struck {
 public:
  explicit Struck(const std::string& yaml) {
    const auto node = read_yaml("at: 1m\n" + yaml, "f.yaml");
    EXPECT_TRUE(node) << node.error().text();
    ReadContext context{"f.yaml", {}};
    fault = read_fault(*node, 1, shipped_system(), context);
    if (context.first_error) error = context.first_error->text();
  }
  NetworkPeer pod() { return pod_peer(world.objects().list(Kind::Pod, "autonomous-dev-prod").at(0)->key()); }
  Reach to_database() { return world.network().reach(pod(), host_peer("db.internal", 5432)); }

  ScheduledFault fault;
  std::string error;
  Engine engine;
  NoFacts facts;
  World world{engine, facts, shipped_system(), 1, Epoch{1'762'006'800}};
};

const std::string from_pods = "from: {pods: autonomous-dev-prod/*}\n";

TEST(SurroundingsFaults, LatencyAndBack) {
  Struck strike("kind: network/latency\nfor: 5m\ndelay: 20ms\nto: {host: '*.internal'}\n" + from_pods);
  ASSERT_EQ(strike.error, "");
  EXPECT_EQ(strike.fault.target, "pods autonomous-dev-prod/* - host *.internal");
  strike.fault.begin(strike.world);
  EXPECT_EQ(strike.to_database().delay, 20ms);
  strike.fault.end(strike.world);
  EXPECT_EQ(strike.to_database(), Reach{});
}

TEST(SurroundingsFaults, LossPartitionAndNames) {
  Struck loss("kind: network/loss\nloss: 2%\n" + from_pods);
  loss.fault.begin(loss.world);
  EXPECT_NEAR(loss.to_database().loss, 0.02, 1e-12);
  Struck cut("kind: network/partition\nfor: 1m\n" + from_pods);
  cut.fault.begin(cut.world);
  EXPECT_EQ(cut.to_database().verdict, Reach::Verdict::dropped);
  cut.fault.end(cut.world);
  EXPECT_TRUE(cut.to_database().open());
  Struck deaf("kind: network/dns-failure\nfor: 1m\n");
  EXPECT_EQ(deaf.fault.target, "everybody");
  deaf.fault.begin(deaf.world);
  EXPECT_EQ(deaf.to_database().verdict, Reach::Verdict::no_such_host);
}

TEST(SurroundingsFaults, ADiskIsFilledAndEmptied) {
  Struck strike("kind: disk/fill\nfor: 5m\nnode: node-1\nused: 95%\n");
  ASSERT_EQ(strike.error, "");
  strike.fault.begin(strike.world);
  const Disk& disk = *strike.world.disks().find("node-1");
  EXPECT_EQ(disk.used().bytes, disk.capacity().bytes * 95 / 100);
  strike.fault.end(strike.world);
  EXPECT_LT(disk.used().bytes, disk.capacity().bytes / 2);
}

TEST(SurroundingsFaults, TheIntruderBegins) {
  Struck strike("kind: intruder/start\ntarget: autonomous-dev-prod/autonomous-dev\nspeed: 2\n");
  ASSERT_EQ(strike.error, "");
  strike.fault.begin(strike.world);
  EXPECT_TRUE(strike.world.intruder().started());
}

TEST(SurroundingsFaults, Errors) {
  const std::pair<const char*, const char*> cases[] = {
      {"kind: network/latency\ndelay: 20ms\n", "\"from\""},
      {"kind: network/latency\ndelay: 90s\nfrom: {node: node-1}\n", "at most 60s"},
      {"kind: network/loss\nloss: 2%\nfrom: {pods: web}\n", "expected namespace/name, found \"web\""},
      {"kind: network/loss\nloss: 2%\nfrom: {nod: web}\n", "nod"},
      {"kind: network/partition\nfrom: {host: x, node: node-1}\n", "has no pods, labels or node"},
      {"kind: disk/fill\nnode: node-1\nclaim: a/b\n", "either \"node\" or \"claim\""},
      {"kind: disk/fill\n", "either \"node\" or \"claim\""},
      {"kind: intruder/start\ntarget: autonomous-dev-prod/nobody\n", "found \"autonomous-dev-prod/nobody\""},
      {"kind: intruder/start\ntarget: autonomous-dev-prod/autonomous-dev\nfor: 1m\n", "cannot be taken back"},
  };
  for (const auto& [yaml, words] : cases) EXPECT_THAT(Struck(yaml).error, testing::HasSubstr(words)) << yaml;
}

const char* profile_text = R"(muster: 1
name: x
services:
  - {name: a, namespace: n, traffic: {requestsPerSecond: 1, users: 1},
     endpoints: [{path: /, feature: f, share: 1, serviceTime: 1ms}]}
apps: [{namespace: n, workload: w}]
)";

TEST(ProfileSections, AgentsDisksNetworkIntruder) {
  const auto read = parse_profile(std::string(profile_text) + R"(
agents:
  - type: reviewer
    namespace: n
    workload: w
    concurrency: 3
    jobsPerMinute: 2.5
    duration: {median: 2m, sigma: 0.5}
    orphans: 10%
    worktrees: {volume: claim, claim: trees, claimBytes: 1000, path: /t, bytes: {median: 5e8, sigma: 0.4}, stale: 7}
disks: {nodeBytes: 20000000000}
network: {networkPolicy: ignored, hosts: {db.internal: 10.0.0.5}}
intruder: {vulnerable: ['x:v1*'], secret: n/s, permissions: [get secrets], tipOff: 50%}
)",
                                  "p.yaml");
  ASSERT_TRUE(read.has_value()) << read.error().text();
  const SystemProfile& profile = read->profile;
  ASSERT_EQ(profile.agents.size(), 1u);
  EXPECT_EQ(profile.agents[0].volume, AgentProfile::Volume::claim);
  EXPECT_EQ(profile.agents[0].duration, (LognormalTime{2min, 0.5}));
  EXPECT_EQ(profile.agents[0].stale_worktrees, 7);
  EXPECT_DOUBLE_EQ(profile.agents[0].bytes.median, 5e8);
  EXPECT_EQ(profile.disks.node_bytes, 20'000'000'000);
  EXPECT_FALSE(profile.network.enforces_policies);
  EXPECT_EQ(profile.network.hosts.at("db.internal"), "10.0.0.5");
  EXPECT_DOUBLE_EQ(profile.intruder.tip_off_probability, 0.5);
}

TEST(ProfileSections, Errors) {
  const std::pair<const char*, const char*> cases[] = {
      {"agents: [{type: a, namespace: n, workload: w}]\n", "jobsPerMinute"},
      {"agents: [{type: a, namespace: n, workload: w, jobsPerMinute: 1, worktrees: {volume: emptydir}}]\n",
       "did you mean \"emptyDir\"?"},
      {"network: {networkPolicy: ignore}\n", "did you mean \"ignored\"?"},
      {"network: {hosts: {db: nowhere}}\n", "\"nowhere\" is no IPv4 address"},
  };
  for (const auto& [section, words] : cases) {
    const auto read = parse_profile(std::string(profile_text) + section, "p.yaml");
    ASSERT_FALSE(read.has_value()) << section;
    EXPECT_THAT(read.error().text(), testing::HasSubstr(words)) << section;
  }
}

}  // namespace
}  // namespace muster
