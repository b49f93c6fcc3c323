// From a host name to a session.
#include <fmt/format.h>

#include <array>

#include "cluster_model/database/database_state.hpp"
#include "cluster_model/network/network.hpp"

namespace muster {
namespace {

// When a SYN that nobody answers is sent again, and after how long the kernel gives up: tcp_syn_retries 6,
// the wait doubles from 1 s (Linux tcp(7)): 127 s.
constexpr std::array<SimDuration, 6> syn_times{1s, 3s, 7s, 15s, 31s, 63s};
constexpr SimDuration syn_gives_up = 127s;

SimDuration shorter(SimDuration kernel, SimDuration limit) {
  return limit > SimDuration::zero() && limit < kernel ? limit : kernel;
}

}  // namespace

std::uint32_t Database::State::address_of(const std::string& host) const {
  if (host == profile.endpoint) return profile.endpoint_moves ? moving_address : endpoint_owner;
  if (!profile.read_endpoint.empty() && host == profile.read_endpoint) {
    for (const auto& server : instances)
      if (server->standby() && !server->failover_target && server->answers()) return server->index;
    return endpoint_owner;
  }
  for (const auto& server : instances)
    if (host == server->host || host == private_address(server->index)) return server->index;
  if (profile.endpoint_moves && host == private_address(moving_address)) return moving_address;
  return no_index;
}

std::uint32_t Database::State::resolve(ClientPool& pool) {
  if (engine.now() < pool.cached_until) return pool.cached_address;
  const std::uint32_t address = address_of(pool.target->host);
  if (address == no_index) return no_index;
  pool.cached_address = address;
  pool.cached_until = engine.now() + std::max(profile.dns_ttl, profile.client_dns_cache);
  return address;
}

void Database::State::connect(std::uint32_t index, std::uint32_t slot) {
  ClientPool& pool = pools[index];
  ++pool.total;
  DatabaseCall& call = calls[slot];
  call.stage = Stage::connecting;
  call.sent = engine.now();
  call.attempts = 0;
  if (pool.target) call.address = resolve(pool);
  SimDuration on_the_way = profile.round_trip;
  if (network && pool.target && pool.server != no_index) {
    const Reach reach =
        network->reach(clients[pool.server].peer, host_peer(pool.target->host, pool.target->port));
    on_the_way += reach.delay + reach.lookup;
    if (reach.verdict == Reach::Verdict::no_such_host) call.address = no_index;
  }
  call.event = engine.schedule_in(on_the_way, Lane::model, [this, slot] {
    calls[slot].event = {};
    arrive(slot);
  });
}

bool Database::State::unreachable(const ClientPool& pool) const {
  if (!network || pool.server == no_index) return false;
  const Reach reach =
      network->reach(clients[pool.server].peer, host_peer(pool.target->host, pool.target->port));
  return reach.verdict == Reach::Verdict::dropped;
}

void Database::State::arrive(std::uint32_t slot) {
  DatabaseCall& call = calls[slot];
  ClientPool& pool = pools[call.pool];
  const auto fail = [&](CallResult result, const std::string& text) {
    ++pool.errors;
    end_call(slot, reply(result, text), After::close);
  };
  if (!pool.target)
    return fail(CallResult::failed,
                "sqlalchemy.exc.ArgumentError: Could not parse SQLAlchemy URL from string");
  if (call.address == no_index)
    return fail(
        CallResult::failed,
        fmt::format("sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) could not translate host "
                    "name \"{}\" to address: Name or service not known",
                    pool.target->host));
  Instance& server = *instances[owner_of(call.address)];
  if (!server.host_alive || unreachable(pool)) return dial_again(slot);
  if (server.state == ServerState::crashed || server.state == ServerState::stopped)
    return fail(
        CallResult::refused,
        connect_failed(pool,
                       "Connection refused\n\tIs the server running on that host and accepting TCP/IP "
                       "connections?"));
  if (server.state != ServerState::up) {
    const std::string text = not_accepting(server);
    print(server, "FATAL", text, server.next_pid++);
    return fail(CallResult::unavailable, connect_failed(pool, "FATAL:  " + text));
  }
  if (server.free_slots() <= 0) {
    ++server.counters.refused_connections;
    print(server, "FATAL", "sorry, too many clients already", server.next_pid++);
    return fail(CallResult::refused, connect_failed(pool, "FATAL:  sorry, too many clients already"));
  }
  const std::uint32_t session = open_session(server, pool.user, pool.application);
  sessions[session].pool = call.pool;
  sessions[session].address = call.address;
  sessions[session].call = slot;
  call.session = session;
  call.stage = Stage::authenticating;
  call.job = server.cpu.begin(slot, profile.connect_cpu);
}

void Database::State::dial_again(std::uint32_t slot) {
  DatabaseCall& call = calls[slot];
  call.stage = Stage::dialling_void;
  const SimTime gives_up = call.sent + shorter(syn_gives_up, profile.pool.connect_timeout);
  if (engine.now() >= gives_up) {
    ++pools[call.pool].errors;
    return end_call(slot,
                    reply(CallResult::timed_out, connect_failed(pools[call.pool], "Connection timed out")),
                    After::close);
  }
  const SimTime next = call.attempts < syn_times.size() ? call.sent + syn_times[call.attempts] : gives_up;
  ++call.attempts;
  call.event = engine.schedule(std::max(engine.now(), std::min(next, gives_up)), Lane::model, [this, slot] {
    calls[slot].event = {};
    arrive(slot);
  });
}

std::uint32_t Database::State::open_session(Instance& server, std::uint16_t user, std::uint16_t application) {
  const std::uint32_t slot = sessions.take();
  Session& session = sessions[slot];
  session.pid = server.next_pid++;
  session.instance = server.index;
  session.address = server.index;
  session.position = static_cast<std::uint32_t>(server.sessions.size());
  session.user = user;
  session.application = application;
  session.server_end = session.client_end = true;
  session.began = session.state_changed = engine.now();
  server.sessions.push_back(slot);
  ++server.counters.connections;
  return slot;
}

// PostgreSQL src/backend/libpq/auth.c and src/backend/utils/init/postinit.c, InitPostgres: in this order. The
// session that asks has its slot already.
std::string Database::State::refusal(const Instance& server, const std::string& user,
                                     const std::string& password, const std::string& database,
                                     int more) const {
  const auto role = server.roles.find(user);
  if (role == server.roles.end() || role->second.password != password)
    return fmt::format("password authentication failed for user \"{}\"", user);
  const bool reserved =
      !role->second.superuser && server.free_slots() - more < server.settings.superuser_reserved_connections;
  if (reserved) {
    return profile.version >= "16"
               ? "remaining connection slots are reserved for roles with the SUPERUSER attribute"
               : "remaining connection slots are reserved for non-replication superuser connections";
  }
  if (database != profile.database && database != "postgres")
    return fmt::format("database \"{}\" does not exist", database);
  return "";
}

void Database::State::authenticate(std::uint32_t slot) {
  const DatabaseCall& call = calls[slot];
  ClientPool& pool = pools[call.pool];
  const std::uint32_t session = call.session;
  Instance& server = *instances[sessions[session].instance];
  const std::string reason = refusal(server, pool.target->user, pool.target->password, pool.target->database);
  if (!reason.empty()) {
    ++server.counters.refused_connections;
    ++pool.errors;
    print(server, "FATAL", reason, sessions[session].pid);
    const bool slots = reason.starts_with("remaining");
    return end_call(
        slot,
        reply(slots ? CallResult::refused : CallResult::failed, connect_failed(pool, "FATAL:  " + reason)),
        After::close);
  }
  sessions[session].state = SessionState::idle;
  ++pool.checkouts;
  use(slot, session);
}

}  // namespace muster
