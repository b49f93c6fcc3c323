// One PostgreSQL server: its state, sessions, locks, log and disk. Private to cluster_model/database/; what
// it does stands in the .cpp files of the folder.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cluster_model/database/commit_history.hpp"
#include "cluster_model/database/database_log.hpp"
#include "cluster_model/database/database_view.hpp"
#include "cluster_model/database/lock_table.hpp"
#include "cluster_model/database/session.hpp"
#include "cluster_model/database/wal_stream.hpp"

namespace muster {
inline namespace postgres {  // short names of this folder alone

/// A standby's two channels: over the network into its own log, and from there into its tables.
struct Standby {
  std::uint32_t upstream = no_index;
  bool synchronous = false;
  WalStream transport;
  WalStream apply;
};

/// Queries that take longer than they should.
struct PlanFlip {
  std::vector<int> operations;
  double factor = 1;
};

struct Instance {
  Instance(Engine& engine, const DatabaseProfile& profile, const InstanceProfile& own, std::uint32_t index_,
           std::function<void(std::uint32_t call)> computed);

  bool standby() const { return upstream_link != nullptr; }
  bool answers() const { return host_alive && !fenced; }
  int free_slots() const { return settings.max_connections - static_cast<int>(sessions.size()); }

  std::string name, host;
  std::uint32_t index;
  std::uint32_t address;  ///< its own
  bool failover_target, wants_synchronous;
  ServerState state = ServerState::up;
  bool host_alive = true;
  bool fenced = false;  ///< taken out by a failover: not to run as a primary again
  std::unique_ptr<Standby> upstream_link;

  SharedProcessor cpu;
  LockTable locks;
  std::vector<std::uint32_t> sessions;  // server ends
  std::uint32_t next_pid;
  ServerSettings settings;
  int pending_max_connections;  // from the next start on
  std::map<std::string, RoleProfile> roles;
  std::vector<double> plan_factor;        // [query class]
  std::map<std::string, PlanFlip> flips;  // [cause: "index NAME", "statistics TABLE"]

  WalPosition wal;
  Timeline timeline = 0;
  std::int64_t redo_from = 0, redo_from_before = 0;  // the last checkpoint's start, and the one before it
  SimTime checkpoint_at{};
  std::int64_t disk_bytes, data_bytes, other_bytes = 0;  // other: what does not belong to the database
  bool disk_full = false;

  double cold_factor = 1;  // on query times at cold_since, falling to 1 until cold_until
  SimTime cold_since{}, cold_until{};
  SimTime last_app_write = SimTime::min();
  SimTime state_since{};
  EventId life;  // end of a start, a recovery or a stop

  DatabaseLog log;
  InstanceCounters counters;
};

}  // namespace postgres
}  // namespace muster
