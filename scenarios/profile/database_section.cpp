// Databases: instances, settings, queries, and how the application connects.
#include <fmt/format.h>

#include "cluster_model/database/database.hpp"
#include "scenarios/profile/sections.hpp"

namespace muster {
namespace {

constexpr std::int64_t data_bytes_max = std::int64_t{1} << 50;
constexpr std::int64_t connections_max = 100'000;
constexpr double byte_rate_max = 1e12;  // bytes per second

const std::vector<std::string>& lock_words() {
  static const std::vector<std::string> words{
      "access share", "row share",           "row exclusive", "share update exclusive",
      "share",        "share row exclusive", "exclusive",     "access exclusive"};
  return words;
}

SimDuration time_or_off(MapReader& map, const std::string& key, SimDuration fallback) {
  const SimDuration value = map.duration(key, fallback);
  if (value < SimDuration::zero() || value > 24h)
    map.fail(key, fmt::format("\"{}\": expected 0s (off) to 24h", key));
  return value;
}

std::int64_t bytes(MapReader& map, const std::string& key, std::int64_t fallback) {
  return map.whole(key, 1, data_bytes_max, fallback);
}

InstanceProfile read_instance(const YamlNode& node, ProfileContext& context) {
  MapReader map(node, "an instance", context.errors);
  InstanceProfile instance;
  instance.name = map.text("name");
  instance.host = map.text("host", "");
  const std::string role = map.text("role", "replica");
  if (role != "primary" && role != "standby" && role != "replica")
    map.fail("role", fmt::format("no such role \"{}\"{}", role,
                                 expected_one_of(role, {"primary", "standby", "replica"})));
  instance.primary = role == "primary";
  instance.failover_target = role == "standby";
  instance.synchronous = map.flag("synchronous", false);
  map.finish();
  return instance;
}

QueryClassProfile read_query(const YamlNode& node, ProfileContext& context) {
  MapReader map(node, "a query", context.errors);
  QueryClassProfile query;
  query.name = map.text("name");
  query.statement = map.text("statement", query.name);
  if (map.node("time")) query.time = service_time(map, "time");
  query.cpu_share = map.share("cpuShare", query.cpu_share);
  query.rows = map.whole("rows", 0, data_bytes_max, query.rows);
  query.writes = map.flag("writes", false);
  query.wal_bytes = bytes(map, "walBytes", query.wal_bytes);
  for (const YamlNode& item : map.items("locks")) {
    MapReader lock(item, "a lock", context.errors);
    const std::string table = lock.text("table");
    const std::string mode = lock.text("mode", query.writes ? "row exclusive" : "access share");
    std::size_t at = 0;
    while (at < lock_words().size() && lock_words()[at] != mode) ++at;
    if (at == lock_words().size())
      lock.fail("mode", fmt::format("no such lock mode \"{}\"{}", mode, expected_one_of(mode, lock_words())));
    query.locks.push_back({table, static_cast<LockMode>(at % lock_mode_count)});
    lock.finish();
  }
  map.finish();
  return query;
}

TableProfile read_table(const YamlNode& node, ProfileContext& context) {
  MapReader map(node, "a table", context.errors);
  TableProfile table;
  table.name = map.text("name");
  table.bytes = bytes(map, "bytes", table.bytes);
  table.indexes = map.texts("indexes");
  map.finish();
  return table;
}

RoleProfile read_role(const YamlNode& node, ProfileContext& context) {
  MapReader map(node, "a role", context.errors);
  RoleProfile role;
  role.name = map.text("name");
  role.password = map.text("password");
  role.superuser = map.flag("superuser", false);
  map.finish();
  return role;
}

void read_pool(const YamlNode& node, PoolProfile& pool, ProfileContext& context) {
  MapReader map(node, "the pool", context.errors);
  pool.processes = static_cast<int>(map.whole("processes", 0, 1'000, pool.processes));
  pool.size = static_cast<int>(map.whole("size", 1, 10'000, pool.size));
  pool.overflow = static_cast<int>(map.whole("overflow", 0, 10'000, pool.overflow));
  pool.wait = positive_time(map, "wait", pool.wait);
  pool.recycle = time_or_off(map, "recycle", pool.recycle);
  pool.pre_ping = map.flag("prePing", pool.pre_ping);
  pool.connect_timeout = time_or_off(map, "connectTimeout", pool.connect_timeout);
  pool.read_timeout = time_or_off(map, "readTimeout", pool.read_timeout);
  pool.url_key = map.text("urlKey", pool.url_key);
  pool.size_key = map.text("sizeKey", pool.size_key);
  pool.overflow_key = map.text("overflowKey", pool.overflow_key);
  map.finish();
}

void read_settings(const YamlNode& node, ServerSettings& settings, ProfileContext& context) {
  MapReader map(node, "the settings", context.errors);
  settings.max_connections =
      static_cast<int>(map.whole("maxConnections", 1, connections_max, settings.max_connections));
  settings.superuser_reserved_connections = static_cast<int>(
      map.whole("superuserReservedConnections", 0, connections_max, settings.superuser_reserved_connections));
  settings.statement_timeout = time_or_off(map, "statementTimeout", settings.statement_timeout);
  settings.lock_timeout = time_or_off(map, "lockTimeout", settings.lock_timeout);
  settings.idle_in_transaction_session_timeout =
      time_or_off(map, "idleInTransactionSessionTimeout", settings.idle_in_transaction_session_timeout);
  settings.deadlock_timeout = positive_time(map, "deadlockTimeout", settings.deadlock_timeout);
  settings.checkpoint_timeout = positive_time(map, "checkpointTimeout", settings.checkpoint_timeout);
  settings.max_wal_size = bytes(map, "maxWalSize", settings.max_wal_size);
  map.finish();
}

void read_failover(const YamlNode& node, FailoverProfile& failover, ProfileContext& context) {
  MapReader map(node, "the failover", context.errors);
  failover.automatic = map.flag("automatic", failover.automatic);
  failover.detect = positive_time(map, "detect", failover.detect);
  failover.takes = lognormal_time(map, "takes", failover.takes);
  failover.rebuild = lognormal_time(map, "rebuild", failover.rebuild);
  failover.cold_cache_least = map.number("coldCacheLeast", 1, 1'000, failover.cold_cache_least);
  failover.cold_cache_most = map.number("coldCacheMost", failover.cold_cache_least, 1'000,
                                        std::max(failover.cold_cache_least, failover.cold_cache_most));
  failover.warm_up_least = positive_time(map, "warmUpLeast", failover.warm_up_least);
  failover.warm_up_most =
      std::max(failover.warm_up_least, positive_time(map, "warmUpMost", failover.warm_up_most));
  map.finish();
}

void read_backups(const YamlNode& node, BackupProfile& backups, ProfileContext& context) {
  MapReader map(node, "the backups", context.errors);
  backups.age = positive_time(map, "age", backups.age);
  backups.provision = lognormal_time(map, "provision", backups.provision);
  backups.restore_bytes_per_second =
      map.number("restoreBytesPerSecond", 1, byte_rate_max, backups.restore_bytes_per_second);
  backups.archive_interval = positive_time(map, "archiveInterval", backups.archive_interval);
  backups.writes_per_second_before =
      map.number("writesPerSecondBefore", 0, 1e6, backups.writes_per_second_before);
  map.finish();
}

void read_machine(MapReader& map, DatabaseProfile& database) {
  database.cores = map.number("cores", 0.1, 1'000, database.cores);
  database.disk_bytes = bytes(map, "diskBytes", database.disk_bytes);
  database.data_bytes = bytes(map, "dataBytes", database.data_bytes);
  database.round_trip = time_or_off(map, "roundTrip", database.round_trip);
  database.connect_cpu = time_or_off(map, "connectCpu", database.connect_cpu);
  database.redo_bytes_per_second =
      map.number("redoBytesPerSecond", 1, byte_rate_max, database.redo_bytes_per_second);
  database.replication_bytes_per_second =
      map.number("replicationBytesPerSecond", 1, byte_rate_max, database.replication_bytes_per_second);
  database.apply_bytes_per_second =
      map.number("applyBytesPerSecond", 1, byte_rate_max, database.apply_bytes_per_second);
}

}  // namespace

void read_database(const YamlNode& node, ProfileContext& context) {
  MapReader map(node, "a database", context.errors);
  DatabaseProfile database;
  database.name = map.text("name");
  database.database = map.text("database", database.name);
  database.version = map.text("version", database.version);
  database.project = map.text("project", database.project);
  database.endpoint = map.text("endpoint");
  database.read_endpoint = map.text("readEndpoint", "");
  database.endpoint_moves = map.flag("endpointMoves", database.endpoint_moves);
  database.dns_ttl = time_or_off(map, "dnsTtl", database.dns_ttl);
  database.client_dns_cache = time_or_off(map, "clientDnsCache", database.client_dns_cache);
  read_machine(map, database);
  for (const YamlNode& item : map.items("instances", "a list of instances"))
    database.instances.push_back(read_instance(item, context));
  for (const YamlNode& item : map.items("roles")) database.roles.push_back(read_role(item, context));
  for (const YamlNode& item : map.items("tables")) database.tables.push_back(read_table(item, context));
  for (const YamlNode& item : map.items("queries", "a list of query classes"))
    database.queries.push_back(read_query(item, context));
  if (const YamlNode* part = map.node("settings")) read_settings(*part, database.settings, context);
  if (const YamlNode* part = map.node("pool")) read_pool(*part, database.pool, context);
  if (const YamlNode* part = map.node("failover")) read_failover(*part, database.failover, context);
  if (const YamlNode* part = map.node("backups")) read_backups(*part, database.backups, context);
  map.finish();
  if (const std::string wrong = check_database(database); !wrong.empty() && !context.errors.first_error)
    map.fail("instances", wrong);
  context.result.profile.databases.push_back(std::move(database));
}

}  // namespace muster
