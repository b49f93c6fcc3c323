#include "cluster_model/database/database_state.hpp"

namespace muster {
namespace {

void check_sessions(const Database::State& state) {
  std::vector<std::uint32_t> listed(state.sessions.size(), 0);
  for (const auto& server : state.instances) {
    for (std::size_t i = 0; i < server->sessions.size(); ++i) {
      const Session& session = state.sessions[server->sessions[i]];
      MUSTER_ASSERT(session.server_end && session.position == i && session.instance == server->index,
                    "a session stands in the wrong list");
      ++listed[server->sessions[i]];
    }
  }
  for (const std::uint32_t times : listed) MUSTER_ASSERT(times <= 1, "a session is listed twice");
}

void check_pool(const Database::State& state, const ClientPool& pool, int in_use) {
  MUSTER_ASSERT(pool.total >= 0 && pool.total <= pool.size + pool.overflow,
                "a pool has more connections than it may");
  MUSTER_ASSERT(pool.idle.size() <= static_cast<std::size_t>(pool.size),
                "a pool keeps more connections than its size");
  MUSTER_ASSERT(pool.total == in_use + static_cast<int>(pool.idle.size()),
                "a pool's connections are not all there");
  MUSTER_ASSERT(pool.waiters >= 0, "a pool has fewer than no waiters");
  MUSTER_ASSERT(pool.waiters == 0 || pool.total == pool.size + pool.overflow,
                "somebody waits beside a free connection");
  for (std::size_t i = 0; i < pool.idle.size(); ++i)
    MUSTER_ASSERT(state.sessions[pool.idle.at(i)].call == no_index, "a connection rests and works");
}

}  // namespace

void Database::check_counters() const {
  const State& state = *state_;
  for (const auto& server : state.instances)
    MUSTER_ASSERT(static_cast<int>(server->sessions.size()) <= server->settings.max_connections,
                  "more sessions than connection slots");
  MUSTER_ASSERT(state.calls.taken() == state.tokens.size(), "calls were lost");
}

void Database::check_invariants() const {
  check_counters();
  const State& state = *state_;
  check_sessions(state);
  std::vector<int> in_use(state.pools.size(), 0);
  std::uint32_t calls = 0;
  for (std::uint32_t slot = 0; slot < state.calls.size(); ++slot) {
    const DatabaseCall& call = state.calls[slot];
    if (call.pool == no_index) continue;  // a free slot
    ++calls;
    if (call.stage != Stage::pool_wait) ++in_use[call.pool];
    MUSTER_ASSERT(call.session == no_index || state.sessions[call.session].call == slot,
                  "a call lost its session");
  }
  MUSTER_ASSERT(calls == state.calls.taken(), "calls were lost");
  for (const ClientProcess& client : state.clients)
    for (const std::uint32_t pool : client.pools) check_pool(state, state.pools[pool], in_use[pool]);
}

}  // namespace muster
