// Sessions that no call of the application uses: somebody's open transaction, an index build, strangers that
// fill the slots; and what an administrator does to sessions.
#include <fmt/format.h>

#include "cluster_model/database/database_state.hpp"

namespace muster {
namespace {

constexpr double index_bytes_per_second = 50e6;  // of the table: one scan and a sort

}  // namespace

std::uint32_t Database::State::begin_errand(Instance& server, Errand errand, const std::string& user,
                                            const std::string& application) {
  const std::uint32_t slot = open_session(server, intern(user), intern(application));
  auto& kept = errands[slot];
  kept = std::make_unique<Errand>(std::move(errand));
  Session& session = sessions[slot];
  session.state = SessionState::active;
  session.statement = intern(kept->statement);
  session.query_began = session.transaction_began = engine.now();
  session.locks = &kept->locks;
  const CompiledLock& lock = kept->locks.front();
  if (server.locks.acquire(lock.table, lock.mode, slot)) {
    session.held = 1;
    granted_without_call(slot);
  } else {
    session.queued = true;
    session.wait = Wait::relation_lock;
  }
  return slot;
}

void Database::State::granted_without_call(std::uint32_t slot) {
  Session& session = sessions[slot];
  const Errand& errand = *errands.at(slot);
  Instance& server = *instances[session.instance];
  session.wait = Wait::nothing;
  if (errand.builds_index) {
    session.wait = Wait::data_file_read;
    session.timer = engine.schedule_in(errand.takes, Lane::model, [this, slot] { index_built(slot); });
    return;
  }
  if (!errand.rests) return;
  session.state = SessionState::idle_in_transaction;
  session.wait = Wait::client_read;
  const SimDuration limit = server.settings.idle_in_transaction_session_timeout;
  if (limit <= SimDuration::zero()) return;
  session.timer = engine.schedule_in(limit, Lane::model, [this, slot] {
    Instance& there = *instances[sessions[slot].instance];
    print(there, "FATAL", "terminating connection due to idle-in-transaction timeout", sessions[slot].pid);
    sessions[slot].timer = {};
    drop_server_end(slot, Link::reset, {});
  });
}

void Database::State::index_built(std::uint32_t slot) {
  sessions[slot].timer = {};
  const std::string index = errands.at(slot)->index;
  Instance& server = *instances[sessions[slot].instance];
  for (const auto& other : instances) {  // a standby gets it through the log
    const bool follows = other->standby() && other->upstream_link->upstream == server.index;
    if (other.get() == &server || follows) clear_flip(*other, "index " + index);
  }
  drop_server_end(slot, Link::reset, {});
}

void Database::State::clear_flip(Instance& server, const std::string& cause) {
  server.flips.erase(cause);
  std::fill(server.plan_factor.begin(), server.plan_factor.end(), 1.0);
  for (const auto& [name, flip] : server.flips)
    for (const int operation : flip.operations)
      server.plan_factor[static_cast<std::size_t>(operation)] *= flip.factor;
}

std::uint32_t Database::State::find_pid(int instance, std::uint32_t pid) {
  for (const std::uint32_t slot : at(instance).sessions)
    if (sessions[slot].pid == pid) return slot;
  return no_index;
}

int Database::table(const std::string& name) const {
  const auto& tables = state_->profile.tables;
  for (std::size_t i = 0; i < tables.size(); ++i)
    if (tables[i].name == name) return static_cast<int>(i);
  return -1;
}

void Database::slow_down(const std::vector<int>& operations, double factor, const std::string& cause) {
  for (const auto& server : state_->instances) {
    server->flips[cause] = {operations, factor};
    state_->clear_flip(*server, "");
  }
}

void Database::clear_slowdown(const std::string& cause) {
  for (const auto& server : state_->instances) state_->clear_flip(*server, cause);
}

bool Database::slowed(int instance, const std::string& cause) const {
  return state_->at(instance).flips.count(cause) > 0;
}

std::uint32_t Database::hold_lock(int instance, const OpenTransaction& held) {
  Instance& server = state_->at(instance);
  if (server.state != ServerState::up || server.free_slots() <= 0) return 0;
  Errand errand;
  errand.statement = held.statement;
  errand.locks = {{static_cast<std::uint32_t>(held.table), held.mode}};
  errand.rests = held.rests;
  return state_->sessions[state_->begin_errand(server, std::move(errand), held.user, held.application)].pid;
}

std::vector<std::uint32_t> Database::occupy(int instance, int count, const std::string& user,
                                            const std::string& application) {
  Instance& server = state_->at(instance);
  std::vector<std::uint32_t> pids;
  for (int i = 0; i < count && server.state == ServerState::up; ++i) {
    if (server.free_slots() <= server.settings.superuser_reserved_connections) break;
    const std::uint32_t slot =
        state_->open_session(server, state_->intern(user), state_->intern(application));
    state_->sessions[slot].state = SessionState::idle;
    state_->sessions[slot].wait = Wait::client_read;
    pids.push_back(state_->sessions[slot].pid);
  }
  return pids;
}

bool Database::terminate(int instance, std::uint32_t pid) {
  const std::uint32_t slot = state_->find_pid(instance, pid);
  if (slot == no_index) return false;
  state_->print(state_->at(instance), "FATAL", "terminating connection due to administrator command", pid);
  state_->drop_server_end(slot, Link::reset, state_->reply(CallResult::failed, terminated_text));
  return true;
}

bool Database::cancel(int instance, std::uint32_t pid) {
  const std::uint32_t slot = state_->find_pid(instance, pid);
  if (slot == no_index) return false;
  const Session& session = state_->sessions[slot];
  if (session.call != no_index && session.state == SessionState::active) {
    state_->statement_fails(session.call, CallResult::failed, "QueryCanceled",
                            "canceling statement due to user request");
  } else if (session.state == SessionState::active) {
    state_->print(state_->at(instance), "ERROR", "canceling statement due to user request", pid);
    state_->drop_server_end(slot, Link::reset, {});
  }
  return true;  // one that runs nothing ignores it, as in PostgreSQL
}

Result<std::uint32_t> Database::create_index(int instance, const std::string& index,
                                             const std::string& table_name, bool concurrently,
                                             const std::string& user) {
  Instance& server = state_->at(instance);
  const int found = table(table_name);
  if (found < 0)
    return Error{ErrorCode::not_found, fmt::format("relation \"{}\" does not exist", table_name), {}};
  if (server.standby())
    return Error{ErrorCode::conflict, "cannot execute CREATE INDEX in a read-only transaction", {}};
  const TableProfile& profile = state_->profile.tables[static_cast<std::size_t>(found)];
  const bool known =
      std::find(profile.indexes.begin(), profile.indexes.end(), index) != profile.indexes.end();
  if (known && server.flips.count("index " + index) == 0)
    return Error{ErrorCode::conflict, fmt::format("relation \"{}\" already exists", index), {}};
  Errand errand;
  errand.statement =
      fmt::format("CREATE INDEX {}{} ON {}", concurrently ? "CONCURRENTLY " : "", index, table_name);
  // PostgreSQL docs, 13.3.1: CREATE INDEX takes SHARE, CONCURRENTLY takes SHARE UPDATE EXCLUSIVE and scans
  // twice.
  errand.locks = {
      {static_cast<std::uint32_t>(found), concurrently ? LockMode::share_update_exclusive : LockMode::share}};
  errand.builds_index = true;
  errand.index = index;
  errand.takes = duration_from_seconds((concurrently ? 2 : 1) * static_cast<double>(profile.bytes) /
                                       index_bytes_per_second);
  return state_->sessions[state_->begin_errand(server, std::move(errand), user, "psql")].pid;
}

}  // namespace muster
