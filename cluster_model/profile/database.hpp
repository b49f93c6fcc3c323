// PostgreSQL as the profile describes it: instances, what queries cost, how clients connect, and how the
// managed service around it fails over and backs up. A default without a source beside it is an assumption.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cluster_model/profile/steps.hpp"
#include "sim/distributions.hpp"

namespace muster {

/// PostgreSQL's table-level lock modes, weakest first (PostgreSQL docs, 13.3.1 Table-Level Locks).
enum class LockMode : std::uint8_t {
  access_share,
  row_share,
  row_exclusive,
  share_update_exclusive,
  share,
  share_row_exclusive,
  exclusive,
  access_exclusive
};
inline constexpr std::size_t lock_mode_count = 8;

struct TableLock {
  std::string table;
  LockMode mode = LockMode::access_share;
};

struct TableProfile {
  std::string name;
  std::int64_t bytes = 1'000'000'000;
  std::vector<std::string> indexes;
};

/// Queries of one kind: what an endpoint's call names.
struct QueryClassProfile {
  std::string name;                                          ///< "tasks.insert"
  std::string statement;                                     ///< as pg_stat_activity shows it
  ServiceTime time{ServiceTime::Kind::lognormal, 5ms, 0.5};  ///< on an idle server with warm caches
  double cpu_share = 0.3;                                    ///< of that time; the rest waits for I/O
  std::int64_t rows = 1;
  bool writes = false;
  std::int64_t wal_bytes = 1'000;  ///< per write, full-page images included
  std::vector<TableLock> locks;    ///< taken in this order, held to the end of the query
};

struct RoleProfile {
  std::string name, password;
  bool superuser = false;
};

struct InstanceProfile {
  std::string name;              ///< "autonomous-dev-db"
  std::string host;              ///< its own DNS name; empty: NAME.db.internal
  bool primary = false;          ///< exactly one is
  bool failover_target = false;  ///< a standby that failover promotes; others are read replicas
  bool synchronous = false;      ///< commits wait for it
};

/// The pool that each process of the application keeps. Defaults: SQLAlchemy's QueuePool (docs, "Connection
/// Pooling": pool_size 5, max_overflow 10, timeout 30; recycle and pre-ping off).
struct PoolProfile {
  int processes = 1;  ///< worker processes per pod, each with a pool of its own
  int size = 5, overflow = 10;
  SimDuration wait{30s};
  SimDuration recycle{};          ///< a connection older than this is replaced; 0 = never
  bool pre_ping = false;          ///< a connection is tried before it is used
  SimDuration connect_timeout{};  ///< 0 = the kernel's
  SimDuration read_timeout{};     ///< 0 = the kernel's
  // Environment variables of the pod, read at process start.
  std::string url_key = "DATABASE_URL";
  std::string size_key = "DATABASE_POOL_SIZE";
  std::string overflow_key = "DATABASE_MAX_OVERFLOW";
};

/// How the managed service replaces a primary. Cloud SQL: a heartbeat each second, failover begins after
/// about 60 s without one (cloud.google.com/sql/docs/postgres/high-availability); the whole takes 2 to 3
/// minutes.
struct FailoverProfile {
  bool automatic = true;
  SimDuration detect{60s};
  LognormalTime takes{90s, 0.6};     ///< fence, promote, move the endpoint; redo comes on top
  LognormalTime rebuild{600s, 0.3};  ///< a new standby in place of the old primary; copying comes on top
  double cold_cache_least = 1.5, cold_cache_most = 3;  ///< query times just after, falling back to 1
  SimDuration warm_up_least{300s}, warm_up_most{900s};
};

struct BackupProfile {
  SimDuration age{10h};                 ///< of the last one when the drill begins
  LognormalTime provision{600s, 0.35};  ///< a new machine
  double restore_bytes_per_second = 60e6;
  /// Write-ahead log is archived every so often; what is younger cannot be restored
  /// (repost.aws rds-point-in-time-restore: about 5 minutes).
  SimDuration archive_interval{300s};
  double writes_per_second_before = 50;  ///< committed before the drill; lost by restoring an old backup
};

/// Settings of the server. Defaults: PostgreSQL docs, chapter 20 Server Configuration. 0 = off.
struct ServerSettings {
  int max_connections = 100;
  int superuser_reserved_connections = 3;
  SimDuration statement_timeout{}, lock_timeout{}, idle_in_transaction_session_timeout{};
  SimDuration deadlock_timeout{1s};
  SimDuration checkpoint_timeout{300s};
  std::int64_t max_wal_size = std::int64_t{1} << 30;
};

struct DatabaseProfile {
  std::string name;      ///< as calls name it: "main"
  std::string database;  ///< in PostgreSQL: "autonomous_dev"
  std::string version = "14.12";
  std::string project = "production";   ///< of the cloud console
  std::string endpoint, read_endpoint;  ///< DNS names; of the primary, and of the replicas (may be empty)
  /// True: the endpoint is an address that moves (Cloud SQL); false: a DNS name that changes (RDS).
  bool endpoint_moves = false;
  SimDuration dns_ttl{5s};         ///< AWS: 5 s for RDS names
  SimDuration client_dns_cache{};  ///< if longer than the TTL, the client's resolver keeps names this long
  std::vector<InstanceProfile> instances;
  double cores = 4;
  std::int64_t disk_bytes = 100'000'000'000, data_bytes = 20'000'000'000;
  SimDuration round_trip{500us};  ///< between a pod and the server
  SimDuration connect_cpu{3ms};   ///< fork and authentication, on a core
  double redo_bytes_per_second = 50e6;
  double replication_bytes_per_second = 100e6;
  double apply_bytes_per_second = 80e6;
  ServerSettings settings;
  PoolProfile pool;
  FailoverProfile failover;
  BackupProfile backups;
  std::vector<RoleProfile> roles;
  std::vector<TableProfile> tables;
  std::vector<QueryClassProfile> queries;
};

}  // namespace muster
