// A connection to the server, seen from both ends, and a call that uses one. Plain structs in slabs; private
// to cluster_model/database/.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cluster_model/database/shared_processor.hpp"
#include "cluster_model/profile/database.hpp"
#include "cluster_model/traffic/backend.hpp"
#include "sim/event_queue.hpp"

namespace muster {
inline namespace postgres {  // short names of this folder alone

inline constexpr std::uint32_t no_index = UINT32_MAX;

struct CompiledLock {
  std::uint32_t table = 0;
  LockMode mode = LockMode::access_share;
};

enum class SessionState : std::uint8_t { starting, idle, active, idle_in_transaction };

/// What a backend waits for, as pg_stat_activity's wait_event says.
enum class Wait : std::uint8_t { nothing, client_read, data_file_read, relation_lock, sync_rep };

/// How the client's end of a connection stands.
enum class Link : std::uint8_t {
  open,
  reset,  ///< the server's kernel has said so: the next use fails at once
  silent  ///< nobody answers and nobody says so: the next use hangs
};

struct Session {
  std::uint32_t generation = 0;
  std::uint32_t pid = 0;
  std::uint32_t instance = no_index;
  std::uint32_t pool = no_index;     ///< the client's; none: a console, an index build, a stray transaction
  std::uint32_t call = no_index;     ///< that it works on
  std::uint32_t position = 0;        ///< in its server's list, while server_end
  std::uint32_t address = no_index;  ///< that the client dialled
  std::uint16_t user = 0, application = 0, statement = 0;  ///< interned texts
  SessionState state = SessionState::starting;
  Wait wait = Wait::nothing;
  Link link = Link::open;
  bool server_end = false, client_end = false;
  std::uint8_t held = 0;  ///< so many of `locks` are taken
  bool queued = false;    ///< it waits for locks[held]
  const std::vector<CompiledLock>* locks = nullptr;
  SimTime began{}, transaction_began{}, query_began{}, state_changed{};
  EventId timer;  ///< of sessions without a call: end of an index build, idle-in-transaction limit, keepalive
};

enum class Stage : std::uint8_t {
  pool_wait,
  connecting,      ///< packets are on their way
  dialling_void,   ///< SYNs into nothing
  authenticating,  ///< on the server's CPU
  lock_wait,
  input_output,
  computing,
  committing,    ///< waits for a synchronous standby
  unanswered,    ///< sent, not executed, and nobody acknowledges
  reply_missing  ///< executed or cut short; the reply cannot come through
};

struct DatabaseCall {
  std::uint32_t generation = 0;
  std::uint32_t pool = no_index, session = no_index;
  std::uint32_t client = no_index;  ///< index of the calling process
  std::uint32_t operation = 0;
  CallToken token = 0;
  std::uint64_t luck = 0;
  std::uint64_t commit = 0;  ///< its number while it waits for the standby
  std::uint32_t address = no_index;
  Stage stage = Stage::pool_wait;
  bool pinging = false;       ///< a pre-ping, not yet the query
  bool executed = false;      ///< the server has done it
  std::uint8_t attempts = 0;  ///< retransmissions so far
  SimTime began{}, sent{};
  SimDuration compute{};  ///< CPU work that follows the I/O
  EventId event;          ///< of the stage
  EventId limit;          ///< statement_timeout
  SharedProcessor::Job job;
};

}  // namespace postgres
}  // namespace muster
