// postgres_exporter, one target per instance, under its names (prometheus-community/postgres_exporter,
// collector/ and cmd/postgres_exporter/queries.go), and what the application knows of its providers.
#include <algorithm>
#include <map>

#include "cluster_model/database/database.hpp"
#include "cluster_model/database/lock_table.hpp"
#include "cluster_model/exporters/exporters.hpp"

namespace muster {
namespace {

constexpr const char* database_id = "16401";

void expose_activity(const Database& database, int instance, SampleSink& sink) {
  std::map<std::string, int> counts{{"active", 0}, {"idle", 0}, {"idle in transaction", 0}};
  for (const SessionView& row : database.sessions(instance))
    if (!row.state.empty()) ++counts[row.state];
  Labels labels{{"datname", database.profile().database}, {"state", ""}};
  for (const auto& [state, count] : counts) {
    labels.back().second = state;
    sink.sample("pg_stat_activity_count", labels, count);
  }
}

/// The longest transaction of each state, in seconds; 0 where there is none.
void expose_transactions(const ExpositionView& view, const Database& database, int instance,
                         SampleSink& sink) {
  std::map<std::string, double> longest{{"active", 0}, {"idle", 0}, {"idle in transaction", 0}};
  for (const SessionView& row : database.sessions(instance)) {
    if (!row.in_transaction) continue;
    double& most = longest[row.state];
    most = std::max(most, seconds_of(view.now - row.xact_start));
  }
  Labels labels{{"datname", database.profile().database}, {"state", ""}};
  for (const auto& [state, seconds] : longest) {
    labels.back().second = state;
    sink.sample("pg_stat_activity_max_tx_duration", labels, seconds);
  }
}

void expose_settings(const ServerSettings& settings, SampleSink& sink) {
  sink.sample("pg_settings_statement_timeout_seconds", {}, seconds_of(settings.statement_timeout));
  sink.sample("pg_settings_lock_timeout_seconds", {}, seconds_of(settings.lock_timeout));
  sink.sample("pg_settings_idle_in_transaction_session_timeout_seconds", {},
              seconds_of(settings.idle_in_transaction_session_timeout));
}

void expose_locks(const Database& database, int instance, SampleSink& sink) {
  std::map<std::string, int> counts;
  for (std::size_t mode = 0; mode < lock_mode_count; ++mode)
    counts[lock_mode_name(static_cast<LockMode>(mode))] = 0;
  for (const LockView& row : database.locks(instance))
    if (row.granted) ++counts[row.mode];
  Labels labels{{"datname", database.profile().database}, {"mode", ""}};
  for (const auto& [mode, count] : counts) {
    std::string lower = mode;
    for (char& letter : lower)
      letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    labels.back().second = lower;
    sink.sample("pg_locks_count", labels, count);
  }
}

bool expose_instance(const ExpositionView& view_of, const Database& database, int instance,
                     SampleSink& sink) {
  const InstanceView view = database.instance(instance);
  const bool up = view.host_alive && view.state == ServerState::up;
  sink.sample("pg_up", {}, up ? 1 : 0);
  sink.sample("pg_exporter_last_scrape_error", {}, up ? 0 : 1);
  if (!up) return true;  // the exporter answers all the same
  const Labels labels{{"datid", database_id}, {"datname", database.profile().database}};
  expose_activity(database, instance, sink);
  expose_transactions(view_of, database, instance, sink);
  expose_locks(database, instance, sink);
  expose_settings(database.settings(instance), sink);
  sink.sample("pg_settings_max_connections", {}, view.max_connections);
  sink.sample("pg_settings_superuser_reserved_connections", {}, view.reserved_connections);
  sink.sample("pg_stat_database_numbackends", labels, view.connections);
  sink.sample("pg_stat_database_xact_commit", labels, static_cast<double>(view.counters.commits));
  sink.sample("pg_stat_database_xact_rollback", labels, static_cast<double>(view.counters.rollbacks));
  sink.sample("pg_stat_database_deadlocks", labels, static_cast<double>(view.counters.deadlocks));
  sink.sample("pg_replication_is_replica", {}, view.standby ? 1 : 0);
  sink.sample("pg_replication_lag_seconds", {}, view.replication_lag_seconds);
  return true;
}

void add_instances(const ExpositionView& view, const Database& database, std::vector<ScrapeTarget>& targets) {
  const int count = static_cast<int>(database.instances().size());
  for (int i = 0; i < count; ++i) {
    targets.push_back(
        {"postgres-exporter",
         database.instance(i).name + ":9187",
         {},
         [view, &database, i](SampleSink& sink) { return expose_instance(view, database, i, sink); }});
  }
}

// The pools of every process, and its providers, as the application's own client libraries count them.
bool expose_clients(const ExpositionView& view, SampleSink& sink) {
  for (const Database* database : view.databases) {
    for (const PoolView& pool : database->pools()) {
      Labels labels{
          {"database", database->profile().name}, {"namespace", pool.namespace_}, {"pod", pool.pod}};
      sink.sample("database_pool_size", labels, pool.pools * (pool.size + pool.overflow));
      sink.sample("database_pool_connections_open", labels, pool.open);
      sink.sample("database_pool_connections_in_use", labels, pool.in_use);
      sink.sample("database_pool_waiting", labels, pool.waiting);
      sink.sample("database_pool_checkouts_total", labels, static_cast<double>(pool.checkouts));
      sink.sample("database_pool_timeouts_total", labels, static_cast<double>(pool.timeouts));
      sink.sample("database_errors_total", labels, static_cast<double>(pool.errors));
    }
  }
  expose_provider_calls(view, sink);
  return true;
}

}  // namespace

void add_database_targets(const ExpositionView& view, std::vector<ScrapeTarget>& targets) {
  for (const Database* database : view.databases) add_instances(view, *database, targets);
  if (view.databases.empty() && view.providers.empty()) return;
  targets.push_back({"backend-clients", "backend-clients:9100", {}, [view](SampleSink& sink) {
                       return expose_clients(view, sink);
                     }});
}

}  // namespace muster
