// Databases and providers: read from a profile, struck by their fault kinds.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cluster_model/database/database.hpp"
#include "cluster_model/provider/provider.hpp"
#include "cluster_model/traffic/server.hpp"
#include "scenarios/faults/fault_kinds.hpp"
#include "scenarios/profile_file.hpp"

namespace muster {
namespace {

using testing::HasSubstr;

const std::string head =
    "muster: 1\nname: shop\nservices:\n  - name: web\n    namespace: prod\n"
    "    traffic: {requestsPerSecond: 50, users: 200}\n    endpoints:\n"
    "      - {path: /a, feature: f, share: 1, steps: [{database: main tasks.read}]}\n"
    "apps:\n  - {namespace: prod, workload: web}\n";
const std::string database =
    "databases:\n"
    "  - name: main\n"
    "    database: shop\n"
    "    endpoint: db.shop.internal\n"
    "    cores: 8\n"
    "    instances:\n"
    "      - {name: db, role: primary}\n"
    "      - {name: db-standby, role: standby, synchronous: true}\n"
    "    roles: [{name: app, password: secret}, {name: postgres, password: root, superuser: true}]\n"
    "    tables: [{name: tasks, bytes: 5000000000, indexes: [tasks_by_user]}]\n"
    "    queries:\n"
    "      - {name: tasks.read, time: 8ms, cpuShare: 40%, locks: [{table: tasks}]}\n"
    "      - {name: tasks.write, time: {mean: 10ms, sigma: 0.6}, writes: true, walBytes: 2000, locks: "
    "[{table: tasks, mode: exclusive}]}\n"
    "    settings: {maxConnections: 200, lockTimeout: 5s}\n"
    "    pool: {processes: 4, size: 3, connectTimeout: 10s, prePing: true}\n"
    "    failover: {detect: 30s, takes: {median: 60s, sigma: 0.3}}\n"
    "    backups: {age: 6h}\n";
const std::string provider =
    "providers:\n"
    "  - name: llm\n"
    "    sides: [{name: vendor, keys: [k]}, {name: backup, requestsPerSecond: 20, warmUp: 3m, coldShare: "
    "50%}]\n"
    "    operations: [{name: complete, latency: {mean: 400ms, sigma: 0.6}}]\n";

Result<ProfileFile> read(const std::string& text) {
  return parse_profile(text, "p.yaml");
}

std::string error_of(const std::string& text) {
  const auto file = read(text);
  return file ? "" : file.error().text();
}

TEST(DatabaseProfile, IsReadWithItsDefaults) {
  const auto file = read(head + database + provider);
  ASSERT_TRUE(file) << file.error().text();
  const DatabaseProfile& main = file->profile.databases.at(0);
  EXPECT_EQ(main.cores, 8);
  EXPECT_TRUE(main.instances[0].primary);
  EXPECT_TRUE(main.instances[1].failover_target);
  EXPECT_TRUE(main.instances[1].synchronous);
  EXPECT_EQ(main.queries[0].time, (ServiceTime{ServiceTime::Kind::deterministic, 8ms, 0}));
  EXPECT_EQ(main.queries[0].locks[0].mode, LockMode::access_share);
  EXPECT_EQ(main.queries[1].locks[0].mode, LockMode::exclusive);
  EXPECT_EQ(main.settings.max_connections, 200);
  EXPECT_EQ(main.settings.superuser_reserved_connections, 3);
  EXPECT_EQ(main.settings.lock_timeout, 5s);
  EXPECT_EQ(main.settings.statement_timeout, 0s);
  EXPECT_EQ(main.pool.processes, 4);
  EXPECT_EQ(main.pool.overflow, 10);
  EXPECT_EQ(main.failover.detect, 30s);
  EXPECT_EQ(main.backups.age, 6h);
  const ProviderProfile& llm = file->profile.providers.at(0);
  EXPECT_EQ(llm.sides[1].cold_share, 0.5);
  EXPECT_EQ(llm.status_lag_most, 30min);
}

TEST(DatabaseProfile, SaysWhatIsWrongAndWhere) {
  const struct {
    std::string text, error;
  } cases[] = {
      {head + database + "    cors: 4\n", "unknown key \"cors\""},
      {head + "databases: [{name: main, endpoint: e, queries: [], instances: [{name: a, role: leader}]}]\n",
       "no such role \"leader\"; expected one of primary, standby, replica"},
      {head +
           "databases: [{name: main, endpoint: e, queries: [{name: tasks.read}], instances: [{name: a}]}]\n",
       "needs exactly one primary"},
      {head + "databases: [{name: main, endpoint: e, instances: [{name: a, role: primary}], queries: [{name: "
              "tasks.read, "
              "locks: [{table: t}]}]}]\n",
       "locks a table \"t\" that is not listed"},
      {head + "databases: [{name: other, endpoint: e, instances: [{name: a, role: primary}], queries: "
              "[{name: q}]}]\n",
       "no such database or provider \"main\""},
      {head + "databases: [{name: main, endpoint: e, instances: [{name: a, role: primary}], queries: [{name: "
              "tasks.raed}]}]\n",
       "\"main\" offers no \"tasks.read\""},
      {head + database + "providers: [{name: llm, sides: [], operations: [{name: x}]}]\n",
       "expected at least one"},
  };
  for (const auto& c : cases) EXPECT_THAT(error_of(c.text), HasSubstr(c.error)) << c.text;
}

struct NoFacts final : FactSink {
  void record(SimTime, Fact) override {}
};

/// A world with nothing but the database and the provider, and one fault.
struct Strike {
  explicit Strike(const std::string& yaml) : system(spec()), world(engine, facts, system, 1, Epoch{}) {
    const auto node = read_yaml(yaml, "f.yaml");
    ReadContext context{"f.yaml", {}};
    fault = read_fault(*node, 1, system, context);
    error = context.first_error ? context.first_error->text() : "";
  }
  static SystemSpec spec() {
    SystemSpec system;
    system.profile = read(head + database + provider)->profile;
    system.profile.services.clear();
    system.profile.apps.clear();
    return system;
  }
  void begin_and_run(SimDuration until) {
    ASSERT_EQ(error, "");
    fault.begin(world);
    engine.run_until(SimTime{until});
  }
  InstanceView instance(int index) { return world.database("main")->instance(index); }

  SystemSpec system;
  Engine engine;
  NoFacts facts;
  World world;
  ScheduledFault fault;
  std::string error;
};

TEST(DatabaseFaults, Crash) {
  Strike strike("at: 1m\nkind: database/crash\n");
  strike.begin_and_run(500ms);
  EXPECT_EQ(strike.instance(0).state, ServerState::recovering);
  Strike stays("at: 1m\nkind: database/crash\nrestarts: false\ninstance: db-standby\n");
  stays.begin_and_run(300s);
  EXPECT_EQ(stays.instance(1).state, ServerState::crashed);
}

TEST(DatabaseFaults, HostLossAndBack) {
  Strike strike("at: 1m\nfor: 10m\nkind: database/host-loss\ninstance: db-standby\n");
  strike.begin_and_run(60s);
  EXPECT_FALSE(strike.instance(1).host_alive);
  strike.fault.end(strike.world);
  strike.engine.run_until(SimTime{200s});
  EXPECT_EQ(strike.instance(1).state, ServerState::up);
}

TEST(DatabaseFaults, BrokenFailover) {
  Strike strike("at: 1m\nkind: database/failover-broken\nmanual: true\n");
  strike.begin_and_run(1s);
  strike.world.database("main")->lose_host(0);
  strike.engine.run_until(SimTime{600s});
  EXPECT_EQ(strike.world.database("main")->primary(), 0);
  EXPECT_NE(strike.world.database("main")->operations().at(0).error, "");
}

TEST(DatabaseFaults, SlowQueriesUntilTheIndexIsBack) {
  Strike strike(
      "at: 1m\nkind: database/slow-queries\nqueries: [tasks.read]\nindex: tasks_by_user\nfactor: 40\n");
  strike.begin_and_run(1s);
  Database& main = *strike.world.database("main");
  EXPECT_TRUE(main.slowed(0, "index tasks_by_user"));
  ASSERT_TRUE(main.create_index(0, "tasks_by_user", "tasks", true, "postgres"));
  strike.engine.run_until(SimTime{300s});
  EXPECT_FALSE(main.slowed(0, "index tasks_by_user"));
  Strike statistics("at: 1m\nkind: database/slow-queries\nqueries: [tasks.read]\n");
  statistics.begin_and_run(1s);
  statistics.world.database("main")->analyze(0, "tasks");
  EXPECT_FALSE(statistics.world.database("main")->slowed(0, "statistics tasks"));
}

TEST(DatabaseFaults, LockAndStrangers) {
  Strike lock("at: 1m\nfor: 5m\nkind: database/lock\ntable: tasks\n");
  lock.begin_and_run(1s);
  ASSERT_EQ(lock.world.database("main")->locks(0).size(), 1u);
  EXPECT_EQ(lock.world.database("main")->locks(0)[0].mode, "AccessExclusiveLock");
  lock.fault.end(lock.world);
  EXPECT_TRUE(lock.world.database("main")->locks(0).empty());
  Strike strangers("at: 1m\nfor: 5m\nkind: database/max-connections\n");
  strangers.begin_and_run(1s);
  EXPECT_EQ(strangers.instance(0).connections, 197);
  strangers.fault.end(strangers.world);
  EXPECT_EQ(strangers.instance(0).connections, 0);
}

TEST(DatabaseFaults, ReplicationLagAndFullDisk) {
  Strike lag("at: 1m\nfor: 5m\nkind: database/replication-lag\ninstance: db-standby\n");
  lag.begin_and_run(1s);
  lag.fault.end(lag.world);
  Strike disk("at: 1m\nfor: 5m\nkind: database/disk-full\n");
  disk.begin_and_run(1s);
  EXPECT_EQ(disk.instance(0).used_bytes, disk.instance(0).disk_bytes);
  disk.fault.end(disk.world);
  EXPECT_LT(disk.instance(0).used_bytes, disk.instance(0).disk_bytes);
}

TEST(ProviderFaults, SetTheirOwnPartOfTheCondition) {
  Strike slow("at: 1m\nfor: 5m\nkind: provider/slow\nfactor: 20\n");
  slow.begin_and_run(1s);
  Provider& llm = *slow.world.provider("llm");
  EXPECT_EQ(llm.condition(0).slowness, 20);
  slow.fault.end(slow.world);
  EXPECT_TRUE(llm.condition(0).healthy());
  Strike errors("at: 1m\nkind: provider/errors\nshare: 40%\nside: backup\n");
  errors.begin_and_run(1s);
  EXPECT_EQ(errors.world.provider("llm")->condition(1).errors, 0.4);
  Strike limit("at: 1m\nkind: provider/rate-limit\nrequestsPerSecond: 3\n");
  limit.begin_and_run(1s);
  EXPECT_EQ(limit.world.provider("llm")->condition(0).rate_limit, 3);
  Strike down("at: 1m\nkind: provider/down\nsilent: true\n");
  down.begin_and_run(1s);
  EXPECT_EQ(down.world.provider("llm")->condition(0).down, ProviderCondition::Down::silent);
}

TEST(DatabaseFaults, NameTheirPartsRightly) {
  EXPECT_THAT(Strike("at: 1m\nkind: database/crash\ninstance: dbb\n").error,
              HasSubstr("no instance \"dbb\""));
  EXPECT_THAT(Strike("at: 1m\nkind: database/crash\ndatabase: orders\n").error,
              HasSubstr("no database \"orders\""));
  EXPECT_THAT(Strike("at: 1m\nkind: database/slow-queries\nqueries: [tasks.reed]\n").error,
              HasSubstr("no query \"tasks.reed\""));
  EXPECT_THAT(Strike("at: 1m\nkind: provider/slow\nside: vendr\n").error, HasSubstr("no side \"vendr\""));
}

}  // namespace
}  // namespace muster
