// What must hold at every moment, whatever was killed, drained or overloaded.
#include <numeric>

#include "cluster_model/traffic/request_path_state.hpp"

namespace muster {

void RequestPath::State::check_counters() const {
  std::uint64_t users = 0;
  for (const ServiceState& service : services) {
    const auto ended = std::accumulate(service.ended.begin(), service.ended.end(), std::uint64_t{0});
    MUSTER_ASSERT(service.begun == ended + service.waiting_users, "arrivals are not ended plus in flight");
    MUSTER_ASSERT(service.on_the_way <= service.waiting_users, "more attempts than users who wait");
    MUSTER_ASSERT(service.done_messages <= service.sent_messages, "a message was done twice");
    users += service.waiting_users;
  }
  MUSTER_ASSERT(users <= calls.taken(), "a user waits for no call");
}

void RequestPath::State::check_services() const {
  std::vector<std::uint32_t> users(services.size()), on_the_way(services.size()), messages(services.size());
  for (std::uint32_t slot = 0; slot < calls.size(); ++slot) {
    const Call& call = calls[slot];
    if (call.from == Call::From::user) ++users[call.service];
    if (call.from == Call::From::user && call.state != Call::State::pausing) ++on_the_way[call.service];
    if (call.from == Call::From::queue) ++messages[call.service];
  }
  for (std::size_t i = 0; i < services.size(); ++i) {
    const ServiceState& service = services[i];
    MUSTER_ASSERT(service.waiting_users == users[i], "users who wait are miscounted");
    MUSTER_ASSERT(service.on_the_way == on_the_way[i], "attempts on the way are miscounted");
    MUSTER_ASSERT(service.attempts >= service.begun, "a request was never attempted");
    MUSTER_ASSERT(service.sent_messages == service.done_messages + messages[i], "a message was lost");
    std::uint32_t deadlines = 0;
    for (std::size_t k = 0; k < service.deadlines.size(); ++k) {
      const DeadlineEntry& entry = service.deadlines.at(k);
      MUSTER_ASSERT(k == 0 || service.deadlines.at(k - 1).due <= entry.due, "deadlines are out of order");
      if (calls[entry.slot].generation == entry.generation) ++deadlines;
    }
    MUSTER_ASSERT(deadlines == on_the_way[i], "a waiting user has no deadline, or a gone one has");
    MUSTER_ASSERT(service.deadlines.empty() || service.deadline_scheduled, "nobody watches the deadlines");
  }
}

void RequestPath::State::check_servers() const {
  std::uint32_t held = 0;
  for (std::uint32_t index = 0; index < servers.size(); ++index) {
    const RequestServer* server = servers[index].server.get();
    if (!server) continue;
    std::uint32_t busy = 0, waiting = 0;
    for (std::uint32_t i = 0; i < server->visits.size(); ++i) {
      const Visit& visit = visits[server->visits[i]];
      MUSTER_ASSERT(visit.server == index && visit.position == i, "a visit does not know its place");
      MUSTER_ASSERT(visit.place != Visit::Place::nowhere, "a visit that is over was kept");
      busy += visit.has_worker ? 1 : 0;
      waiting += visit.place == Visit::Place::queued ? 1 : 0;
      MUSTER_ASSERT(visit.has_worker || visit.place == Visit::Place::queued || server->event_loop(),
                    "a request is served by nobody");
      MUSTER_ASSERT(visit.place == Visit::Place::queued || visit.calls != no_slot || visit.on_cpu ||
                        engine.pending(visit.event),
                    "a request will never go on");
    }
    held += static_cast<std::uint32_t>(server->visits.size());
    MUSTER_ASSERT(server->counters.in_flight == server->visits.size(), "requests in flight are miscounted");
    MUSTER_ASSERT(server->busy == busy && busy <= server->workers, "workers are miscounted");
    MUSTER_ASSERT(server->waiting == waiting, "the queue is miscounted");
    MUSTER_ASSERT(server->event_loop() || waiting <= server->backlog, "backlog overrun");
    MUSTER_ASSERT(waiting == 0 || !server->has_free_worker(), "a request waits beside an idle worker");
    MUSTER_ASSERT(!server->idle || !server->visits.empty(), "an idle server was not told so");
    MUSTER_ASSERT(server->working_set() >= 0, "memory is negative");
  }
  MUSTER_ASSERT(held == visits.taken(), "a request is held by no living server");
}

void RequestPath::State::check_calls() const {
  std::uint32_t taken = 0;
  for (std::uint32_t slot = 0; slot < calls.size(); ++slot) {
    const Call& call = calls[slot];
    if (call.from == Call::From::nowhere) continue;
    ++taken;
    if (call.from == Call::From::visit) {
      const Visit& parent = visits[call.parent];
      MUSTER_ASSERT(parent.place != Visit::Place::nowhere, "the caller is gone, his call is not");
      MUSTER_ASSERT(call.previous == no_slot ? parent.calls == slot : calls[call.previous].next == slot,
                    "the calls of a visit are mixed up");
    }
    if (call.state == Call::State::pausing)
      MUSTER_ASSERT(engine.pending(call.timer), "a call will never be tried again");
    if (call.state != Call::State::served || call.backend >= 0) continue;
    const Visit& visit = visits[call.visit];
    MUSTER_ASSERT(visit.generation == call.visit_generation && visit.call == slot, "nobody serves a call");
  }
  MUSTER_ASSERT(taken == calls.taken(), "a call was lost");
  MUSTER_ASSERT(resumptions.empty() && turns == 0, "something that should go on does not");
}

void RequestPath::check_counters() const {
  state_->check_counters();
}

void RequestPath::check_invariants() const {
  state_->check_counters();
  state_->check_services();
  state_->check_servers();
  state_->check_calls();
}

}  // namespace muster
