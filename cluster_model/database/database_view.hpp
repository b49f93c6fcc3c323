// What everybody may see of a database: states, sessions, locks, replication. Values; reading changes
// nothing.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/time.hpp"

namespace muster {

enum class ServerState : std::uint8_t {
  up,
  shutting_down,
  starting,    ///< after an orderly stop
  recovering,  ///< redo after a crash
  crashed,     ///< the process is gone and does not come back by itself
  stopped
};
const char* to_string(ServerState state);

struct InstanceCounters {
  std::uint64_t commits = 0, rollbacks = 0, deadlocks = 0, connections = 0, refused_connections = 0;
  std::int64_t rows_written = 0, rows_read = 0;
};

/// A row of pg_stat_activity.
struct SessionView {
  std::uint32_t pid = 0;
  std::string user, application, state, wait_event_type, wait_event, query;
  SimTime backend_start{}, xact_start{}, query_start{}, state_change{};
  bool in_transaction = false;
  std::vector<std::uint32_t> blocked_by;  ///< pg_blocking_pids
};

/// A row of pg_locks for a relation.
struct LockView {
  std::uint32_t pid = 0;
  std::string relation, mode;
  bool granted = false;
};

/// A row of pg_stat_replication, seen from the primary.
struct ReplicationView {
  std::string standby;
  std::string state;  ///< "streaming", "catchup"
  bool synchronous = false;
  std::int64_t sent_bytes = 0, received_bytes = 0, replayed_bytes = 0;  ///< positions in the log
  double replay_lag_seconds = 0;
};

struct InstanceView {
  std::string name, host, address;
  ServerState state = ServerState::up;
  bool host_alive = true, standby = false, fenced = false, failover_target = false;
  std::string upstream;  ///< of a standby
  int max_connections = 0, reserved_connections = 0, connections = 0;
  std::int64_t disk_bytes = 0, used_bytes = 0;
  double cpu_cores = 0, cpu_busy_seconds = 0;
  double replication_lag_seconds = 0;  ///< of a standby: age of the oldest commit that it does not show
  std::int64_t replication_lag_bytes = 0;
  InstanceCounters counters;
};

struct Backup {
  std::uint64_t number = 0;
  std::string instance;
  SimTime at{};  ///< the state that it holds
  std::int64_t bytes = 0;
  std::string type;  ///< "AUTOMATED", "ON_DEMAND"
};

/// How long the queries of one class took a process of the application, waits for a connection included.
struct QueryTimes {
  /// Upper bounds in seconds; the last bucket is +Inf.
  static constexpr std::array<double, 12> bounds{0.001, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                 0.25,  0.5,   1,    2.5,   5,    10};
  std::array<std::uint64_t, 13> buckets{};  ///< not cumulative
  double sum = 0;                           ///< seconds
};

/// The pools of one process of the application together.
struct PoolView {
  std::string namespace_, pod;
  int size = 0, overflow = 0;  ///< of one pool
  int pools = 0;               ///< one per worker process
  int open = 0, in_use = 0, waiting = 0;
  std::uint64_t checkouts = 0, timeouts = 0, errors = 0;
};

}  // namespace muster
