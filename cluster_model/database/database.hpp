// A PostgreSQL cluster and the managed service around it, as mechanism: sessions, locks, cores, write-ahead
// log, standbys, failover, and the connection pools of the application's processes. Queries are plain structs
// in a slab; nothing is allocated per query. docs/database.md says what is modelled.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cluster_model/database/database_log.hpp"
#include "cluster_model/database/database_view.hpp"
#include "cluster_model/database/operations.hpp"
#include "cluster_model/profile/database.hpp"
#include "cluster_model/traffic/backend.hpp"
#include "journal/fact_sink.hpp"
#include "sim/engine.hpp"

namespace muster {

class Network;

/// A transaction that somebody began and did not end.
struct OpenTransaction {
  int table = 0;
  LockMode mode = LockMode::access_exclusive;
  std::string statement, user, application;
  bool rests = true;  ///< idle in transaction; else its statement goes on and on
};

class Database final : public Backend {
 public:
  /// Answers go to `sink`. All references outlive the database. `profile` has been checked by the loader
  /// (check_database).
  /// Without a network every pod reaches it.
  Database(Engine& engine, FactSink& facts, const DatabaseProfile& profile, std::uint64_t seed,
           CallSink& sink, const Network* network = nullptr);
  ~Database() override;

  // Backend
  int operation(const std::string& name) const override;
  void begin(CallToken token, const BackendCall& call) override;
  void abandon(CallToken token) override;
  void server_started(ServerId server, const ServerSpec& spec) override;
  void server_gone(ServerId server, Death death) override;
  std::string text(std::uint16_t code) const override;

  // ---- what can be seen ----
  const DatabaseProfile& profile() const;
  std::vector<InstanceView> instances() const;
  /// Index of an instance; -1 if there is none of that name.
  int find_instance(const std::string& name) const;
  InstanceView instance(int index) const;
  int primary() const;  ///< whom the endpoint leads to
  std::vector<SessionView> sessions(int instance) const;
  std::vector<LockView> locks(int instance) const;
  std::vector<ReplicationView> replication(int primary) const;
  std::vector<PoolView> pools() const;
  const DatabaseLog& log(int instance) const;
  /// What a living process has seen of its queries since its start: [query class of the profile]. Queries
  /// that nobody waited out are not in it. Empty if it is none of this database's clients.
  const std::vector<QueryTimes>& query_times(ServerId client) const;

  // ---- what can happen to it: conditions, set and taken back by faults ----
  /// The server process dies; with `restarts` the postmaster starts recovery at once.
  void crash(int instance, bool restarts);
  /// The machine vanishes: nobody answers, nobody resets. It comes back with crash recovery.
  void lose_host(int instance);
  void restore_host(int instance);
  void break_failover(bool automatic, bool manual);
  /// Query classes take `factor` times as long on every instance, for a cause: "index NAME" is undone by
  /// building the index again, "statistics TABLE" by ANALYZE.
  void slow_down(const std::vector<int>& operations, double factor, const std::string& cause);
  void clear_slowdown(const std::string& cause);
  bool slowed(int instance, const std::string& cause) const;
  /// Somebody's transaction takes (or waits for) a table lock and keeps it. Its pid; 0: no session to be had.
  std::uint32_t hold_lock(int instance, const OpenTransaction& held);
  /// Up to `count` idle sessions of a stranger, as many as the slots allow. Their pids.
  std::vector<std::uint32_t> occupy(int instance, int count, const std::string& user,
                                    const std::string& application);
  /// Bytes per second of a standby's two channels: the network, and redo. 0 = it stands still.
  void set_replication(int instance, double transport_rate, double apply_rate);
  /// Something that is not the database fills its disk.
  void fill_disk(int instance, bool full);

  // ---- what an administrator does, at once ----
  /// Why this user could not come in now ("FATAL:  ..."); empty: he could. A read: it takes no slot.
  std::string refusal(int instance, const std::string& user, const std::string& password,
                      const std::string& database) const;
  /// The instance that a host name leads to now; -1: no such host.
  int resolve(const std::string& host) const;
  /// Null: no such role.
  const RoleProfile* role(int instance, const std::string& name) const;
  int table(const std::string& name) const;  ///< -1: no such table
  const ServerSettings& settings(int instance) const;
  /// Existing sessions live on. Error: not_found, conflict (read-only).
  Result<void> set_password(int instance, const std::string& role, const std::string& password);
  void set_timeouts(int instance, const ServerSettings& changed);  ///< the three timeouts, for new statements
  void set_max_connections(int instance, int connections);         ///< from the next start on
  bool terminate(int instance, std::uint32_t pid);                 ///< pg_terminate_backend
  bool cancel(int instance, std::uint32_t pid);                    ///< pg_cancel_backend
  /// Begins a build (its pid); it takes a lock on the table and the time of a scan.
  Result<std::uint32_t> create_index(int instance, const std::string& index, const std::string& table,
                                     bool concurrently, const std::string& user);
  void analyze(int instance, const std::string& table);
  /// pg_promote(): nobody fences the old primary, the endpoint stays where it is.
  Result<void> promote(int instance);
  void set_disk(int instance, std::int64_t bytes);

  // ---- the managed service: operations that take time; their numbers ----
  // Errors: conflict (another operation runs on the instance), invalid_input, not_found.
  Result<std::uint64_t> failover(const std::string& by);
  Result<std::uint64_t> restart(int instance, const std::string& by);
  Result<std::uint64_t> promote_replica(int instance, const std::string& by);
  Result<std::uint64_t> resize(int instance, std::int64_t bytes, const std::string& by);
  Result<std::uint64_t> change_max_connections(int instance, int connections, const std::string& by);
  Result<std::uint64_t> back_up(int instance, const std::string& by);
  /// The instance's own content becomes that of the backup.
  Result<std::uint64_t> restore(int instance, std::uint64_t backup, const std::string& by);
  /// A new instance with the content of `instance` at `point`.
  Result<std::uint64_t> clone(int instance, const std::string& name, SimTime point, const std::string& by);
  const std::vector<CloudOperation>& operations() const;
  const std::vector<Backup>& backups() const;
  SimTime latest_restorable() const;

  /// Conservation: connections of both ends, locks, calls. Asserts.
  void check_invariants() const;
  /// The counters among them: connection slots, calls. Cheap enough behind every event. Asserts.
  void check_counters() const;

  struct State;

 private:
  std::unique_ptr<State> state_;
};

/// What is wrong with a profile; empty: nothing. `place` names the item.
std::string check_database(const DatabaseProfile& profile);

}  // namespace muster
