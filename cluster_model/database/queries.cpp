// A query on its server: locks, I/O, a core, the log, the reply.
#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/database/database_state.hpp"

namespace muster {

void Database::State::use(std::uint32_t slot, std::uint32_t session) {
  DatabaseCall& call = calls[slot];
  call.session = session;
  call.stage = Stage::connecting;  // out of the line, whatever comes next
  sessions[session].call = slot;
  if (sessions[session].link == Link::open && !cut_off(call.pool)) return execute(slot);
  if (sessions[session].link != Link::reset) return hang(slot, Stage::unanswered);
  ++pools[call.pool].errors;
  invalidate(call.pool);
  end_call(slot, reply(CallResult::failed, server_closed_text), After::close);
}

void Database::State::execute(std::uint32_t slot) {
  DatabaseCall& call = calls[slot];
  Session& session = sessions[call.session];
  const QueryClass& query = queries[call.operation];
  const Instance& server = *instances[session.instance];
  session.state = SessionState::active;
  session.statement = query.statement;
  session.query_began = session.transaction_began = session.state_changed = engine.now();
  session.locks = &query.locks;
  session.held = 0;
  if (server.settings.statement_timeout > SimDuration::zero()) {
    call.limit = engine.schedule_in(server.settings.statement_timeout, Lane::model, [this, slot] {
      calls[slot].limit = {};
      statement_fails(slot, CallResult::timed_out, "QueryCanceled",
                      "canceling statement due to statement timeout");
    });
  }
  if (query.writes && server.standby()) {
    call.stage = Stage::input_output;
    call.event = engine.schedule_in(profile.round_trip, Lane::model, [this, slot] {
      calls[slot].event = {};
      statement_fails(
          slot, CallResult::unavailable, "ReadOnlySqlTransaction",
          fmt::format("cannot execute {} in a read-only transaction", queries[calls[slot].operation].verb));
    });
    return;
  }
  take_locks(slot);
}

void Database::State::take_locks(std::uint32_t slot) {
  Session& session = sessions[calls[slot].session];
  const std::vector<CompiledLock>& wanted = *session.locks;
  LockTable& locks = instances[session.instance]->locks;
  while (session.held < wanted.size()) {
    const CompiledLock& lock = wanted[session.held];
    if (!locks.acquire(lock.table, lock.mode, calls[slot].session)) return wait_for_lock(slot);
    ++session.held;
  }
  run(slot);
}

void Database::State::wait_for_lock(std::uint32_t slot) {
  DatabaseCall& call = calls[slot];
  Session& session = sessions[call.session];
  session.queued = true;
  session.wait = Wait::relation_lock;
  call.stage = Stage::lock_wait;
  call.sent = engine.now();
  const ServerSettings& settings = instances[session.instance]->settings;
  const bool impatient = settings.lock_timeout > SimDuration::zero();
  const SimDuration first =
      impatient ? std::min(settings.lock_timeout, settings.deadlock_timeout) : settings.deadlock_timeout;
  call.event = engine.schedule_in(first, Lane::model, [this, slot] { lock_time_passed(slot); });
}

// The deadlock check runs once, deadlock_timeout after the wait began; then only lock_timeout can end it.
void Database::State::lock_time_passed(std::uint32_t slot) {
  DatabaseCall& call = calls[slot];
  call.event = {};
  Instance& server = *instances[sessions[call.session].instance];
  const SimDuration waited = engine.now() - call.sent;
  const SimDuration limit = server.settings.lock_timeout;
  if (limit > SimDuration::zero() && waited >= limit)
    return statement_fails(slot, CallResult::timed_out, "LockNotAvailable",
                           "canceling statement due to lock timeout");
  if (deadlocked(call.session)) {
    ++server.counters.deadlocks;
    return statement_fails(slot, CallResult::failed, "DeadlockDetected", "deadlock detected");
  }
  if (limit <= SimDuration::zero()) return;
  call.event = engine.schedule_in(limit - waited, Lane::model, [this, slot] { lock_time_passed(slot); });
}

double Database::State::slowness(const Instance& server, std::uint32_t operation) const {
  double factor = server.plan_factor[operation];
  if (engine.now() < server.cold_until) {
    const double left =
        seconds_of(server.cold_until - engine.now()) / seconds_of(server.cold_until - server.cold_since);
    factor *= 1 + (server.cold_factor - 1) * left;
  }
  return factor;
}

void Database::State::run(std::uint32_t slot) {
  DatabaseCall& call = calls[slot];
  Session& session = sessions[call.session];
  const QueryClass& query = queries[call.operation];
  const SimDuration whole =
      query.time.draw(call.luck, slowness(*instances[session.instance], call.operation));
  call.compute = SimDuration{static_cast<std::int64_t>(static_cast<double>(whole.count()) * query.cpu_share)};
  const SimDuration waits = whole - call.compute + profile.round_trip;
  session.wait = Wait::data_file_read;
  call.stage = Stage::input_output;
  if (waits <= SimDuration::zero()) return compute(slot);
  call.event = engine.schedule_in(waits, Lane::model, [this, slot] {
    calls[slot].event = {};
    compute(slot);
  });
}

void Database::State::compute(std::uint32_t slot) {
  DatabaseCall& call = calls[slot];
  Session& session = sessions[call.session];
  session.wait = Wait::nothing;
  if (call.compute <= SimDuration::zero()) return commit(slot);
  call.stage = Stage::computing;
  call.job = instances[session.instance]->cpu.begin(slot, call.compute);
}

void Database::State::computed(std::uint32_t slot) {
  calls[slot].job = {};
  calls[slot].stage == Stage::authenticating ? authenticate(slot) : commit(slot);
}

void Database::State::commit(std::uint32_t slot) {
  DatabaseCall& call = calls[slot];
  const QueryClass& query = queries[call.operation];
  Instance& server = *instances[sessions[call.session].instance];
  if (!query.writes) {
    server.counters.rows_read += query.rows;
    ++server.counters.commits;
    return complete(slot);
  }
  if (!write_log(server, query.wal_bytes)) return panic(server);  // ends this call with all others
  server.counters.rows_written += query.rows;
  ++server.counters.commits;
  call.commit = server.wal.commits;
  call.stage = Stage::committing;
  confirm_commit(slot);
}

// The commit is on the server's own disk; a synchronous standby must have it too before the client is told.
void Database::State::confirm_commit(std::uint32_t slot) {
  DatabaseCall& call = calls[slot];
  Session& session = sessions[call.session];
  Instance& server = *instances[session.instance];
  if (Instance* standby = synchronous_standby(server)) {
    catch_up(*standby);
    const WalStream& transport = standby->upstream_link->transport;
    if (transport.arrived().commits < call.commit) {
      session.wait = Wait::sync_rep;
      const SimTime due = standby->answers() ? transport.drained_at(engine.now()) : sim_never;
      if (due == sim_never) return;  // retry_commits() comes back to it
      call.event = engine.schedule(std::max(due, engine.now() + SimDuration{1}), Lane::model, [this, slot] {
        calls[slot].event = {};
        confirm_commit(slot);
      });
      return;
    }
  }
  history.acknowledge(server.timeline, call.commit, engine.now());
  accepted_write(server);
  complete(slot);
}

void Database::State::complete(std::uint32_t slot) {
  if (cut_off(calls[slot].pool)) {  // the reply is lost on the way, and sent again until it comes through
    release_locks(calls[slot].session);
    calls[slot].executed = true;
    return hang(slot, Stage::reply_missing);
  }
  end_call(slot, {}, After::keep);
}

void Database::State::statement_fails(std::uint32_t slot, CallResult result, const char* condition,
                                      const std::string& message) {
  Session& session = sessions[calls[slot].session];
  Instance& server = *instances[session.instance];
  ++server.counters.rollbacks;
  ++pools[calls[slot].pool].errors;
  print(server, "ERROR", message, session.pid);
  end_call(
      slot,
      reply(result, fmt::format("sqlalchemy.exc.DBAPIError: (psycopg2.errors.{}) {}", condition, message)),
      After::keep);
}

void Database::State::stop_work(std::uint32_t slot) {
  DatabaseCall& call = calls[slot];
  if (call.event) engine.cancel(call.event);
  if (call.limit) engine.cancel(call.limit);
  call.event = call.limit = {};
  if (call.session == no_index) return;
  const Session& session = sessions[call.session];
  if (call.job) instances[session.instance]->cpu.abort(call.job);
  call.job = {};
}

/// What the application's own histogram sees of a query.
void Database::State::observe(const DatabaseCall& ended) {
  QueryTimes& seen = clients[ended.client].times[ended.operation];
  const double took = seconds_of(engine.now() - ended.began);
  const auto bucket = std::lower_bound(QueryTimes::bounds.begin(), QueryTimes::bounds.end(), took);
  ++seen.buckets[static_cast<std::size_t>(bucket - QueryTimes::bounds.begin())];
  seen.sum += took;
}

void Database::State::end_call(std::uint32_t slot, CallReply answer, After after, bool tell) {
  stop_work(slot);
  const DatabaseCall& ended = calls[slot];
  if (tell) observe(ended);
  const CallToken token = ended.token;
  const std::uint32_t pool = ended.pool, session = ended.session;
  const bool waited = ended.stage == Stage::pool_wait;
  tokens.erase(token);
  calls.release(slot);
  if (waited) {
    --pools[pool].waiters;
  } else if (session != no_index && after == After::keep) {
    sessions[session].call = no_index;
    release_locks(session);
    sessions[session].state = SessionState::idle;
    sessions[session].state_changed = engine.now();
    sessions[session].wait = Wait::client_read;
    give_back(session);
  } else {
    --pools[pool].total;
    if (session != no_index) {
      sessions[session].call = sessions[session].pool = no_index;
      drop_connection(session);
    }
    serve_freed_slot(pool);
  }
  if (tell) sink.finish(token, answer);
}

void Database::State::release_locks(std::uint32_t index) {
  Session& session = sessions[index];
  if (!session.locks) return;
  LockTable& locks = instances[session.instance]->locks;
  const std::vector<CompiledLock>& mine = *session.locks;
  std::vector<std::uint32_t> owners;
  if (session.queued) locks.leave(mine[session.held].table, index, owners);
  for (std::size_t i = 0; i < session.held; ++i) locks.release(mine[i].table, mine[i].mode, owners);
  session.queued = false;
  session.held = 0;
  session.locks = nullptr;
  if (!owners.empty()) granted(owners);
}

void Database::State::granted(const std::vector<std::uint32_t>& owners) {
  for (const std::uint32_t owner : owners) {
    Session& session = sessions[owner];
    session.queued = false;
    ++session.held;
    const std::uint32_t slot = session.call;
    if (slot == no_index) {
      granted_without_call(owner);
      continue;
    }
    if (calls[slot].event) engine.cancel(calls[slot].event);
    calls[slot].event = {};
    take_locks(slot);
  }
}

std::vector<std::uint32_t> Database::State::blockers_of(std::uint32_t index) const {
  std::vector<std::uint32_t> found;
  const Session& waiting = sessions[index];
  if (!waiting.queued) return found;
  const CompiledLock wanted = (*waiting.locks)[waiting.held];
  const Instance& server = *instances[waiting.instance];
  for (const std::uint32_t other : server.sessions) {
    if (other == index || !sessions[other].locks) continue;
    for (std::size_t i = 0; i < sessions[other].held; ++i) {
      const CompiledLock& lock = (*sessions[other].locks)[i];
      if (lock.table != wanted.table || !conflict(lock.mode, wanted.mode)) continue;
      found.push_back(other);
      break;
    }
  }
  for (const LockTable::Waiter& ahead : server.locks.waiters(wanted.table)) {
    if (ahead.owner == index) break;
    if (conflict(ahead.mode, wanted.mode)) found.push_back(ahead.owner);
  }
  return found;
}

bool Database::State::deadlocked(std::uint32_t session) const {
  std::vector<std::uint32_t> open = blockers_of(session), seen;
  while (!open.empty()) {
    const std::uint32_t next = open.back();
    open.pop_back();
    if (next == session) return true;
    if (std::find(seen.begin(), seen.end(), next) != seen.end()) continue;
    seen.push_back(next);
    for (const std::uint32_t further : blockers_of(next)) open.push_back(further);
  }
  return false;
}

}  // namespace muster
