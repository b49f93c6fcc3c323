// A server's states, and how it gets from one to another.
#include <fmt/format.h>

#include "cluster_model/database/database_state.hpp"

namespace muster {
namespace {

constexpr SimDuration postmaster_reacts = 100ms;  // ends its children and begins recovery
constexpr SimDuration orderly_start = 2s;  // read control file, reach a consistent state, open the port
constexpr SimDuration orderly_stop = 2s;   // fast shutdown: sessions end, a checkpoint is written
constexpr SimDuration boot = 45s;          // a machine that comes back
constexpr SimDuration tries_again = 30s;   // the service restarts a server that cannot start

std::string log_position(std::int64_t bytes) {
  return fmt::format("{:X}/{:X}", bytes >> 32, bytes & 0xFFFFFFFF);
}

}  // namespace

void Database::State::print(Instance& server, const char* level, std::string text, std::uint32_t pid) {
  server.log.print(engine.now(), pid, level, std::move(text));
}

void Database::State::enter(Instance& server, ServerState state) {
  server.state = state;
  server.state_since = engine.now();
  if (server.life) engine.cancel(server.life);
  server.life = {};
}

// The server's own bookkeeping goes first, so that nobody is granted a lock of a dying server.
void Database::State::end_sessions(Instance& server, Link how, CallReply answer) {
  server.cpu.abort_all();
  server.locks = LockTable(profile.tables.size());
  for (const std::uint32_t index : server.sessions) {
    sessions[index].locks = nullptr;
    sessions[index].queued = false;
    sessions[index].held = 0;
  }
  while (!server.sessions.empty()) drop_server_end(server.sessions.back(), how, answer);
}

void Database::State::crash(Instance& server, const std::string& signal, bool restarts) {
  if (!server.host_alive || server.state == ServerState::crashed || server.state == ServerState::stopped)
    return;
  print(server, "LOG", fmt::format("server process (PID {}) was terminated by {}", server.next_pid, signal));
  print(server, "LOG", "terminating any other active server processes");
  enter(server, restarts ? ServerState::recovering : ServerState::crashed);
  end_sessions(server, Link::reset, reply(CallResult::failed, server_closed_text));
  if (restarts) {
    print(server, "LOG", "all server processes terminated; reinitializing");
    recover(server, postmaster_reacts);
  } else {
    print(server, "LOG", "database system is shut down");
  }
  watch_primary();
}

// Writing the log fails for want of space: PostgreSQL src/backend/access/transam/xlog.c, XLogWrite and
// XLogFileInitInternal. Recovery needs space too, so it dies again until there is some.
void Database::State::panic(Instance& server) {
  server.disk_full = true;
  print(server, "PANIC",
        fmt::format("could not write to file \"pg_wal/xlogtemp.{}\": No space left on device",
                    server.next_pid));
  crash(server, "signal 6: Aborted", true);
}

void Database::State::recover(Instance& server, SimDuration begins_in) {
  const std::int64_t redo = server.wal.bytes - server.redo_from_before;
  print(server, "LOG",
        "database system was interrupted; last known up at " +
            fmt::format("{:.0f} s", seconds_of(server.checkpoint_at)));
  print(server, "LOG", "database system was not properly shut down; automatic recovery in progress");
  print(server, "LOG", "redo starts at " + log_position(server.redo_from_before));
  const SimDuration takes = duration_from_seconds(static_cast<double>(redo) / profile.redo_bytes_per_second);
  const std::uint32_t index = server.index;
  server.life = engine.schedule_in(begins_in + takes + 1s, Lane::model, [this, index] {
    Instance& there = *instances[index];
    there.life = {};
    if (!there.disk_full) {
      print(there, "LOG", "redo done at " + log_position(there.wal.bytes));
      there.redo_from = there.redo_from_before = there.wal.bytes;
      there.checkpoint_at = engine.now();
      return came_up(there);
    }
    print(there, "PANIC", "could not write to file \"pg_wal/xlogtemp.1\": No space left on device");
    print(there, "LOG", "startup process was terminated by signal 6: Aborted");
    print(there, "LOG", "aborting startup due to startup process failure");
    enter(there, ServerState::crashed);
    there.life = engine.schedule_in(tries_again, Lane::model, [this, index] {
      enter(*instances[index], ServerState::recovering);
      recover(*instances[index], postmaster_reacts);
    });
  });
}

void Database::State::came_up(Instance& server) {
  enter(server, ServerState::up);
  server.settings.max_connections = server.pending_max_connections;
  print(server, "LOG",
        server.standby() ? "database system is ready to accept read-only connections"
                         : "database system is ready to accept connections");
  if (server.standby()) resume_link(server);
  for (const auto& other : instances)
    if (other->standby() && other->upstream_link->upstream == server.index) resume_link(*other);
  watch_primary();
  judge_data();
}

void Database::State::lose_host(Instance& server) {
  if (!server.host_alive) return;
  for (const auto& other : instances)  // what was under way to a standby is gone
    if (other->standby() && other->upstream_link->upstream == server.index) cut_link(*other);
  if (server.standby()) cut_link(server);
  server.host_alive = false;
  enter(server, ServerState::crashed);
  end_sessions(server, Link::silent, {});
  watch_primary();
  judge_data();
}

void Database::State::host_back(Instance& server) {
  if (server.host_alive) return;
  server.host_alive = true;
  if (server.fenced) {  // the service does not let it run again as what it was
    enter(server, ServerState::stopped);
  } else {
    enter(server, ServerState::starting);
    recover(server, boot);
  }
  judge_data();
}

void Database::State::shut_down(Instance& server) {
  if (!server.host_alive || server.state == ServerState::stopped) return;
  print(server, "LOG", "received fast shutdown request");
  print(server, "LOG", "aborting any active transactions");
  enter(server, ServerState::shutting_down);
  end_sessions(server, Link::reset, reply(CallResult::failed, terminated_text));
  const std::uint32_t index = server.index;
  server.life = engine.schedule_in(orderly_stop, Lane::model, [this, index] {
    Instance& there = *instances[index];
    there.redo_from = there.redo_from_before = there.wal.bytes;
    there.checkpoint_at = engine.now();
    enter(there, ServerState::stopped);
    print(there, "LOG", "database system is shut down");
  });
  watch_primary();
}

void Database::State::start(Instance& server) {
  if (!server.host_alive || server.fenced || server.state == ServerState::up) return;
  const bool orderly = server.state == ServerState::stopped;
  enter(server, ServerState::starting);
  if (!orderly) return recover(server, postmaster_reacts);
  const std::uint32_t index = server.index;
  server.life = engine.schedule_in(orderly_start, Lane::model, [this, index] {
    instances[index]->life = {};
    came_up(*instances[index]);
  });
}

// Other pages than the ones in use are in memory now: queries are slower until it has filled again.
void Database::State::cool(Instance& server) {
  const FailoverProfile& own = profile.failover;
  const auto words = luck.block(drawn++);
  server.cold_factor =
      own.cold_cache_least + unit_interval(words[0]) * (own.cold_cache_most - own.cold_cache_least);
  const SimDuration span = own.warm_up_most - own.warm_up_least;
  server.cold_since = engine.now();
  server.cold_until =
      engine.now() + own.warm_up_least +
      SimDuration{static_cast<std::int64_t>(unit_interval(words[1]) * static_cast<double>(span.count()))};
}

}  // namespace muster
