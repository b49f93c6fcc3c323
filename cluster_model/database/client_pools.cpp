// The application's side: which connection a call gets, and who waits for one.
#include <fmt/format.h>

#include <charconv>

#include "cluster_model/database/database_state.hpp"
#include "cluster_model/network/network.hpp"
#include "cluster_model/profile/app.hpp"

namespace muster {
namespace {

constexpr int pool_size_max = 10'000;
// A peer that vanished is noticed by keepalive: 7200 s idle, then 9 probes 75 s apart (Linux tcp(7)).
constexpr SimDuration keepalive_gives_up = 7200s + 9 * 75s;

int whole_number(const StringMap& environment, const std::string& key, int fallback, int least) {
  const auto entry = environment.find(key);
  if (entry == environment.end()) return fallback;
  int value = 0;
  const char* end = entry->second.data() + entry->second.size();
  const auto read = std::from_chars(entry->second.data(), end, value);
  if (read.ec != std::errc{} || read.ptr != end || value < least || value > pool_size_max) return fallback;
  return value;
}

}  // namespace

void Database::State::server_started(ServerId server, const ServerSpec& spec) {
  if (clients.size() <= server.index) clients.resize(server.index + 1);
  static const StringMap nothing;
  const StringMap& environment = spec.environment ? *spec.environment : nothing;
  ClientProcess& client = clients[server.index];
  client = {};
  client.generation = server.generation;
  client.present = true;
  client.times.resize(queries.size());
  client.namespace_ = spec.namespace_;
  client.pod = spec.pod;
  if (profile.pool.processes == 0) return use_shared_pool(client);
  client.peer = pod_peer({Kind::Pod, spec.namespace_, spec.pod});
  client.peer.node = spec.node;
  client.pool_per_worker = spec.app && spec.app->worker_kind != WorkerKind::thread;
  ClientPool& pattern = client.pattern;
  const auto url = environment.find(profile.pool.url_key);
  if (url != environment.end()) {
    pattern.target = parse_connection_url(url->second);
  } else if (!profile.roles.empty()) {  // a process that is told nothing uses what the profile says
    pattern.target = ConnectionUrl{profile.roles[0].name, profile.roles[0].password, profile.endpoint,
                                   profile.database, 5432};
  }
  pattern.user = intern(pattern.target ? pattern.target->user : "");
  pattern.application = intern(spec.pod);
  pattern.server = server.index;
  pattern.size = whole_number(environment, profile.pool.size_key, profile.pool.size, 1);
  pattern.overflow = whole_number(environment, profile.pool.overflow_key, profile.pool.overflow, 0);
  for (int i = 0; i < (client.pool_per_worker ? 1 : profile.pool.processes); ++i) add_pool(client);
}

// PgBouncer in transaction mode (its docs: default_pool_size 20, query_wait_timeout 120 s): one pool in front
// of the server for everybody, connected as the first role; the processes keep none.
void Database::State::use_shared_pool(ClientProcess& client) {
  if (shared_pool == no_index) {
    shared_pool = pools.take();
    ClientPool& pool = pools[shared_pool];
    const RoleProfile role = profile.roles.empty() ? RoleProfile{} : profile.roles[0];
    pool.target = ConnectionUrl{role.name, role.password, profile.endpoint, profile.database, 5432};
    pool.user = intern(role.name);
    pool.application = intern("pgbouncer");
    pool.size = profile.pool.size;
    pool.overflow = profile.pool.overflow;
  }
  client.pools = {shared_pool};
}

void Database::State::add_pool(ClientProcess& client) {
  const std::uint32_t index = pools.take();
  const std::uint32_t generation = pools[index].generation;
  pools[index] = client.pattern;
  pools[index].generation = generation;
  client.pools.push_back(index);
}

// Worker processes that the caller numbers have a pool each, made when first needed; else a call's luck says
// in which of the profile's processes it runs.
std::uint32_t Database::State::pool_of(const BackendCall& asked, std::uint64_t word) {
  ClientProcess& client = clients[asked.caller.index];
  if (client.pool_per_worker) {
    while (client.pools.size() <= asked.process) add_pool(client);
    return client.pools[asked.process];
  }
  if (client.pools.size() == 1) return client.pools[0];
  return client.pools[below(word, client.pools.size())];
}

// A cut node or a partition stops established connections too; a NetworkPolicy does not.
bool Database::State::cut_off(std::uint32_t index) {
  if (!network || index == shared_pool) return false;  // the pooler stands beside the server
  ClientProcess& client = clients[pools[index].server];
  if (client.network_epoch != network->epoch()) {
    client.network_epoch = network->epoch();
    client.cut =
        pools[index].target && network->flows_cut(client.peer, host_peer(pools[index].target->host, 5432));
  }
  return client.cut;
}

void Database::State::server_gone(ServerId server, Death death) {
  if (server.index >= clients.size() || clients[server.index].generation != server.generation) return;
  for (const std::uint32_t index : clients[server.index].pools) {
    if (index == shared_pool) continue;
    ClientPool& pool = pools[index];
    MUSTER_ASSERT(pool.waiters == 0, "a process went before its calls");
    if (pool.timer) engine.cancel(pool.timer);
    while (!pool.idle.empty()) {
      const std::uint32_t session = pool.idle.pop();
      if (death == Death::silent && sessions[session].server_end && sessions[session].link == Link::open) {
        Session& left = sessions[session];  // the server does not know that its client is gone
        left.client_end = false;
        left.pool = no_index;
        left.timer = engine.schedule_in(keepalive_gives_up, Lane::model, [this, session] {
          sessions[session].timer = {};
          drop_server_end(session, Link::reset, {});
        });
      } else {
        sessions[session].pool = no_index;
        drop_connection(session);
      }
    }
    pools.release(index);
  }
  clients[server.index].pools.clear();
  clients[server.index].present = false;
}

void Database::State::begin(CallToken token, const BackendCall& asked) {
  MUSTER_ASSERT(asked.caller.index < clients.size() && clients[asked.caller.index].present,
                "a process calls the database before it was announced");
  MUSTER_ASSERT(asked.operation < queries.size(), "no such query");
  // What the caller gives names the call; the seed makes it luck.
  const auto words = query_luck.block(asked.luck);
  const std::uint32_t pool = pool_of(asked, words[1]);
  const std::uint32_t slot = calls.take();
  DatabaseCall& call = calls[slot];
  call.pool = pool;
  call.client = asked.caller.index;
  call.operation = asked.operation;
  call.token = token;
  call.luck = words[0];
  call.began = engine.now();
  tokens.insert(token, slot);
  checkout(pool, slot);
}

void Database::State::abandon(CallToken token) {
  const std::uint32_t slot = tokens.find(token);
  if (slot == TokenMap::none) return;
  const Stage stage = calls[slot].stage;
  // The driver cancels what runs and keeps the connection; one on which nothing comes back it closes.
  const bool lost =
      stage == Stage::unanswered || stage == Stage::reply_missing || stage == Stage::authenticating;
  if (calls[slot].session != no_index && !lost)
    ++instances[sessions[calls[slot].session].instance]->counters.rollbacks;
  end_call(slot, {}, lost ? After::close : After::keep, false);
}

bool Database::State::must_be_replaced(const ClientPool& pool, const Session& session) const {
  if (session.began < pool.invalid_before) return true;
  return profile.pool.recycle > SimDuration::zero() && engine.now() - session.began > profile.pool.recycle;
}

void Database::State::checkout(std::uint32_t index, std::uint32_t call) {
  ClientPool& pool = pools[index];
  while (!pool.idle.empty()) {
    const std::uint32_t session = pool.idle.pop();
    const bool dead = profile.pool.pre_ping && sessions[session].link == Link::reset;
    if (dead || must_be_replaced(pool, sessions[session])) {
      if (dead) invalidate(index);
      --pool.total;
      sessions[session].pool = no_index;
      drop_connection(session);
      continue;
    }
    ++pool.checkouts;
    return use(call, session);
  }
  if (pool.total < pool.size + pool.overflow) return connect(index, call);
  wait_in_line(index, call);
}

void Database::State::wait_in_line(std::uint32_t index, std::uint32_t call) {
  ClientPool& pool = pools[index];
  calls[call].stage = Stage::pool_wait;
  pool.waiting.push({call, calls[call].generation, engine.now() + profile.pool.wait});
  ++pool.waiters;
  if (!pool.timer) arm(index);
}

// The wait is the same for all, so the first in line is the first to lose patience: one event for the line.
void Database::State::arm(std::uint32_t index) {
  ClientPool& pool = pools[index];
  while (!pool.waiting.empty()) {
    const ClientPool::Waiting first = pool.waiting.front();
    const DatabaseCall& call = calls[first.call];
    if (call.generation == first.generation && call.stage == Stage::pool_wait) break;
    pool.waiting.pop();
  }
  pool.timer = {};
  if (pool.waiting.empty()) return;
  pool.timer = engine.schedule(pool.waiting.front().due, Lane::model, [this, index] { expire(index); });
}

void Database::State::expire(std::uint32_t index) {
  pools[index].timer = {};
  const std::uint32_t generation = pools[index].generation;
  while (true) {
    ClientPool& pool = pools[index];
    if (pool.waiting.empty() || pool.waiting.front().due > engine.now()) break;
    const ClientPool::Waiting first = pool.waiting.pop();
    if (calls[first.call].generation != first.generation || calls[first.call].stage != Stage::pool_wait)
      continue;
    ++pool.timeouts;
    // sqlalchemy/pool/impl.py, QueuePool._do_get
    const std::string text = fmt::format(
        "sqlalchemy.exc.TimeoutError: QueuePool limit of size {} overflow {} reached, connection timed out, "
        "timeout {:.2f}",
        pool.size, pool.overflow, seconds_of(profile.pool.wait));
    const std::string pooler =
        "sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) FATAL:  query_wait_timeout";
    end_call(first.call, reply(CallResult::timed_out, index == shared_pool ? pooler : text), After::keep);
    if (pools[index].generation != generation) return;  // whoever heard of it ended the process
  }
  if (!pools[index].timer) arm(index);
}

std::uint32_t Database::State::next_in_line(ClientPool& pool) {
  while (!pool.waiting.empty()) {
    const ClientPool::Waiting first = pool.waiting.pop();
    if (calls[first.call].generation != first.generation || calls[first.call].stage != Stage::pool_wait)
      continue;
    --pool.waiters;
    return first.call;
  }
  return no_index;
}

void Database::State::give_back(std::uint32_t session) {
  const std::uint32_t index = sessions[session].pool;
  if (index == no_index) return drop_connection(session);
  ClientPool& pool = pools[index];
  if (const std::uint32_t call = next_in_line(pool); call != no_index) {
    ++pool.checkouts;
    return use(call, session);
  }
  if (pool.idle.size() < static_cast<std::size_t>(pool.size)) return pool.idle.push(session);
  --pool.total;  // overflow is closed again
  sessions[session].pool = no_index;
  drop_connection(session);
}

void Database::State::serve_freed_slot(std::uint32_t index) {
  if (const std::uint32_t call = next_in_line(pools[index]); call != no_index) connect(index, call);
}

void Database::State::invalidate(std::uint32_t index) {
  // SQLAlchemy docs, "Disconnect Handling - Pessimistic/Optimistic": one dead connection has all older ones
  // replaced.
  pools[index].invalid_before = engine.now();
}

}  // namespace muster
