// Connections that break: at once (RST), or in silence, where only the kernel's retransmissions find out.
#include <array>

#include "cluster_model/database/database_state.hpp"

namespace muster {
namespace {

// When unacknowledged data is sent again: the timeout doubles from 200 ms up to 120 s (RFC 6298, Linux
// tcp(7): tcp_retries2 = 15 makes 924.6 s until the kernel gives up).
constexpr std::array<SimDuration, 15> retransmissions{200ms,    600ms,    1400ms,   3000ms,   6200ms,
                                                      12600ms,  25400ms,  51000ms,  102200ms, 204600ms,
                                                      324600ms, 444600ms, 564600ms, 684600ms, 804600ms};
constexpr SimDuration kernel_gives_up = 924600ms;

}  // namespace

void Database::State::hang(std::uint32_t slot, Stage stage) {
  stop_work(slot);
  DatabaseCall& call = calls[slot];
  call.stage = stage;
  call.sent = engine.now();
  call.attempts = 0;
  retransmit(slot);
}

void Database::State::retransmit(std::uint32_t slot) {
  DatabaseCall& call = calls[slot];
  const SimDuration limit = profile.pool.read_timeout;
  const SimTime gives_up =
      call.sent + (limit > SimDuration::zero() && limit < kernel_gives_up ? limit : kernel_gives_up);
  const SimTime next =
      call.attempts < retransmissions.size() ? call.sent + retransmissions[call.attempts] : gives_up;
  ++call.attempts;
  call.event = engine.schedule(std::min(next, gives_up), Lane::model, [this, slot, gives_up] {
    calls[slot].event = {};
    const std::uint32_t pool = calls[slot].pool;
    const Session& session = sessions[calls[slot].session];
    const bool answered = instances[owner_of(session.address)]->host_alive && !cut_off(pool);
    if (!answered && engine.now() < gives_up) return retransmit(slot);
    if (answered && session.server_end && session.link == Link::open)  // only the way was interrupted
      return calls[slot].executed ? end_call(slot, {}, After::keep) : execute(slot);
    ++pools[pool].errors;
    invalidate(pool);
    // A host that is there again does not know the connection: it resets it.
    const CallReply answer =
        answered ? reply(CallResult::failed, server_closed_text)
                 : reply(CallResult::timed_out,
                         "sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) could not "
                         "receive data from server: Connection timed out");
    end_call(slot, answer, After::close);
  });
}

void Database::State::leave_list(std::uint32_t index) {
  Session& session = sessions[index];
  std::vector<std::uint32_t>& list = instances[session.instance]->sessions;
  list[session.position] = list.back();
  sessions[list.back()].position = session.position;
  list.pop_back();
  session.server_end = false;
}

void Database::State::release_if_unused(std::uint32_t index) {
  Session& session = sessions[index];
  if (session.server_end || session.client_end) return;
  if (session.timer) engine.cancel(session.timer);
  errands.erase(index);
  sessions.release(index);
}

void Database::State::drop_connection(std::uint32_t index) {
  Session& session = sessions[index];
  if (session.timer) engine.cancel(session.timer);
  session.timer = {};
  session.client_end = false;
  if (session.server_end) {
    release_locks(index);
    leave_list(index);
  }
  release_if_unused(index);
}

void Database::State::drop_server_end(std::uint32_t index, Link how, CallReply answer) {
  release_locks(index);
  leave_list(index);
  Session& session = sessions[index];
  if (session.timer) engine.cancel(session.timer);
  session.timer = {};
  if (!session.client_end || session.pool == no_index) {
    session.client_end = false;
    return release_if_unused(index);
  }
  session.link = how;
  if (session.call == no_index) return;
  const std::uint32_t slot = session.call;
  if (how == Link::silent) return hang(slot, Stage::reply_missing);
  ++pools[session.pool].errors;
  invalidate(session.pool);
  end_call(slot, answer, After::close);
}

}  // namespace muster
