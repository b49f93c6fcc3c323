// What can be seen of a database. Nothing here changes it: standbys are brought up to now, which they are
// anyway.
#include "cluster_model/database/database_state.hpp"

namespace muster {
namespace {

const char* state_text(SessionState state) {
  switch (state) {
    case SessionState::starting:
      return "";
    case SessionState::idle:
      return "idle";
    case SessionState::active:
      return "active";
    case SessionState::idle_in_transaction:
      return "idle in transaction";
  }
  return "";
}

// PostgreSQL docs, tables 28.4 to 28.12: wait event types and events.
std::pair<const char*, const char*> wait_text(const Session& session) {
  if (session.state == SessionState::idle || session.state == SessionState::idle_in_transaction)
    return {"Client", "ClientRead"};
  switch (session.wait) {
    case Wait::relation_lock:
      return {"Lock", "relation"};
    case Wait::data_file_read:
      return {"IO", "DataFileRead"};
    case Wait::sync_rep:
      return {"IPC", "SyncRep"};
    default:
      return {"", ""};
  }
}

}  // namespace

InstanceView Database::instance(int index) const {
  Instance& server = state_->at(index);
  InstanceView view;
  view.name = server.name;
  view.host = server.host;
  view.address = private_address(server.address);
  view.state = server.state;
  view.host_alive = server.host_alive;
  view.standby = server.standby();
  view.fenced = server.fenced;
  view.failover_target = server.failover_target;
  view.max_connections = server.settings.max_connections;
  view.reserved_connections = server.settings.superuser_reserved_connections;
  view.connections = static_cast<int>(server.sessions.size());
  view.disk_bytes = server.disk_bytes;
  view.used_bytes = state_->used_bytes(server);
  view.cpu_cores = server.cpu.cores();
  view.cpu_busy_seconds = server.cpu.busy_seconds();
  view.counters = server.counters;
  if (!server.standby()) return view;
  view.upstream = state_->instances[server.upstream_link->upstream]->name;
  view.replication_lag_seconds = state_->replay_lag_seconds(server);
  view.replication_lag_bytes = state_->instances[server.upstream_link->upstream]->wal.bytes -
                               server.upstream_link->apply.arrived().bytes;
  return view;
}

std::vector<InstanceView> Database::instances() const {
  std::vector<InstanceView> all;
  for (const auto& server : state_->instances) all.push_back(instance(static_cast<int>(server->index)));
  return all;
}

std::vector<SessionView> Database::sessions(int index) const {
  std::vector<SessionView> rows;
  const Instance& server = state_->at(index);
  for (const std::uint32_t slot : server.sessions) {
    const Session& session = state_->sessions[slot];
    SessionView row;
    row.pid = session.pid;
    row.user = state_->texts[session.user];
    row.application = state_->texts[session.application];
    row.state = state_text(session.state);
    std::tie(row.wait_event_type, row.wait_event) = wait_text(session);
    row.query = state_->texts[session.statement];
    row.backend_start = session.began;
    row.xact_start = session.transaction_began;
    row.query_start = session.query_began;
    row.state_change = session.state_changed;
    row.in_transaction =
        session.state == SessionState::active || session.state == SessionState::idle_in_transaction;
    for (const std::uint32_t blocker : state_->blockers_of(slot))
      row.blocked_by.push_back(state_->sessions[blocker].pid);
    rows.push_back(std::move(row));
  }
  std::sort(rows.begin(), rows.end(),
            [](const SessionView& a, const SessionView& b) { return a.pid < b.pid; });
  return rows;
}

std::vector<LockView> Database::locks(int index) const {
  std::vector<LockView> rows;
  for (const std::uint32_t slot : state_->at(index).sessions) {
    const Session& session = state_->sessions[slot];
    if (!session.locks) continue;
    for (std::size_t i = 0; i < session.held + (session.queued ? 1u : 0u); ++i) {
      const CompiledLock& lock = (*session.locks)[i];
      rows.push_back({session.pid, state_->profile.tables[lock.table].name, lock_mode_name(lock.mode),
                      i < session.held});
    }
  }
  std::sort(rows.begin(), rows.end(), [](const LockView& a, const LockView& b) {
    return std::tie(a.pid, a.relation, a.mode) < std::tie(b.pid, b.relation, b.mode);
  });
  return rows;
}

std::vector<ReplicationView> Database::replication(int primary) const {
  std::vector<ReplicationView> rows;
  const Instance& server = state_->at(primary);
  for (const auto& other : state_->instances) {
    if (!other->standby() || other->upstream_link->upstream != server.index || !other->host_alive) continue;
    state_->catch_up(*other);
    const Standby& link = *other->upstream_link;
    ReplicationView row;
    row.standby = other->name;
    row.synchronous = link.synchronous;
    row.sent_bytes = server.wal.bytes;
    row.received_bytes = link.transport.arrived().bytes;
    row.replayed_bytes = link.apply.arrived().bytes;
    row.state = row.received_bytes == row.sent_bytes ? "streaming" : "catchup";
    row.replay_lag_seconds = state_->replay_lag_seconds(*other);
    rows.push_back(std::move(row));
  }
  return rows;
}

const std::vector<QueryTimes>& Database::query_times(ServerId client) const {
  static const std::vector<QueryTimes> none;
  const auto& clients = state_->clients;
  const bool known = client.index < clients.size() && clients[client.index].present &&
                     clients[client.index].generation == client.generation;
  return known ? clients[client.index].times : none;
}

std::vector<PoolView> Database::pools() const {
  std::vector<PoolView> rows;
  for (const ClientProcess& client : state_->clients) {
    if (!client.present) continue;
    if (state_->shared_pool != no_index && !rows.empty()) break;  // it is one pool, whoever uses it
    PoolView row;
    row.namespace_ = client.namespace_;
    row.pod = state_->shared_pool == no_index ? client.pod : "pgbouncer";
    row.pools = static_cast<int>(client.pools.size());
    for (const std::uint32_t index : client.pools) {
      const ClientPool& pool = state_->pools[index];
      row.size = pool.size;
      row.overflow = pool.overflow;
      row.open += pool.total;
      row.in_use += pool.total - static_cast<int>(pool.idle.size());
      row.waiting += pool.waiters;
      row.checkouts += pool.checkouts;
      row.timeouts += pool.timeouts;
      row.errors += pool.errors;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace muster
