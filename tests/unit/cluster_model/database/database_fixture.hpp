// A database with callers that are told what became of their calls.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cluster_model/database/database.hpp"

namespace muster::test {

struct CollectedFacts final : FactSink {
  void record(SimTime at, Fact fact) override {
    if (const auto* data = std::get_if<DataFact>(&fact)) {
      times.push_back(at);
      all.push_back(*data);
    }
  }
  std::vector<SimTime> times;
  std::vector<DataFact> all;
};

/// Constant times, so that a test can be worked out by hand: a query takes `takes` and needs no core.
inline QueryClassProfile query(const std::string& name, SimDuration takes, bool writes = false) {
  QueryClassProfile q;
  q.name = name;
  q.statement = writes ? "INSERT INTO tasks VALUES ($1)" : "SELECT * FROM tasks WHERE id = $1";
  q.time = {ServiceTime::Kind::deterministic, takes, 0};
  q.cpu_share = 0;
  q.writes = writes;
  q.locks = {{"tasks", writes ? LockMode::row_exclusive : LockMode::access_share}};
  return q;
}

/// Primary "db", standby "db-standby" that failover promotes, replica "db-replica". All laws are constant.
inline DatabaseProfile small_database() {
  DatabaseProfile profile;
  profile.name = "main";
  profile.database = "app";
  profile.endpoint = "db.example.internal";
  profile.instances = {{"db", "", true, false, false},
                       {"db-standby", "", false, true, false},
                       {"db-replica", "", false, false, false}};
  profile.roles = {{"app", "secret", false}, {"postgres", "root", true}};
  profile.tables = {{"tasks", 5'000'000'000, {"tasks_by_user"}}, {"runs", 1'000'000'000, {}}};
  profile.queries = {query("read", 10ms), query("write", 10ms, true)};
  profile.round_trip = 1ms;
  profile.connect_cpu = 2ms;
  profile.failover.takes = {30s, 0};
  profile.failover.rebuild = {600s, 0};
  profile.failover.cold_cache_least = profile.failover.cold_cache_most = 1;
  profile.backups.provision = {600s, 0};
  profile.backups.writes_per_second_before = 0;
  return profile;
}

struct DatabaseUnderTest : CallSink {
  virtual ~DatabaseUnderTest() = default;
  explicit DatabaseUnderTest(const DatabaseProfile& profile, std::uint64_t seed = 1)
      : database(engine, facts, profile, seed, *this) {}

  void finish(CallToken token, CallReply reply) override {
    MUSTER_ASSERT(ended.count(token) == 0, "a call was answered twice");
    ended[token] = {reply, engine.now()};
  }
  ServerId start(std::uint32_t index, const StringMap& environment = {}) {
    ServerSpec spec;
    spec.namespace_ = "prod";
    spec.pod = "api-" + std::to_string(index);
    if (!environment.empty()) spec.environment = std::make_shared<const StringMap>(environment);
    database.server_started({index, 0}, spec);
    return {index, 0};
  }
  CallToken call(ServerId server, const std::string& operation, std::uint64_t luck = 0) {
    const CallToken token = ++calls;
    database.begin(token, {server, 0, static_cast<std::uint32_t>(database.operation(operation)), luck});
    return token;
  }
  void run_to(SimDuration at) {
    engine.run_until(SimTime{at});
    database.check_invariants();
  }
  /// "ok at 12ms", "timed_out at 30s: text", "open".
  std::string fate(CallToken token) const;
  int pending() const { return static_cast<int>(calls - ended.size()); }
  int count(CallResult result) const {
    int n = 0;
    for (const auto& [token, end] : ended) n += end.first.result == result ? 1 : 0;
    return n;
  }

  Engine engine;
  CollectedFacts facts;
  CallToken calls = 0;
  std::map<CallToken, std::pair<CallReply, SimTime>> ended;
  Database database;
};

inline std::string DatabaseUnderTest::fate(CallToken token) const {
  static constexpr const char* words[] = {"ok", "failed", "throttled", "refused", "timed_out", "unavailable"};
  const auto end = ended.find(token);
  if (end == ended.end()) return "open";
  const auto& [reply, at] = end->second;
  const std::string text = database.text(reply.code);
  return std::string(words[static_cast<int>(reply.result)]) + " at " +
         format_duration(at.time_since_epoch()) + (text.empty() ? "" : ": " + text);
}

}  // namespace muster::test
