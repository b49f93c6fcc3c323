// What must hold at every moment, whatever was killed, drained or overloaded.
#include <numeric>

#include "cluster_model/traffic/request_path_state.hpp"

namespace muster {

void RequestPath::State::check_services() const {
  std::vector<std::uint32_t> waiting(services.size());
  for (std::uint32_t slot = 0; slot < requests.size(); ++slot) {
    const Request& request = requests[slot];
    if (request.place != Request::Place::nowhere && !request.user_gone) ++waiting[request.service];
  }
  for (std::size_t i = 0; i < services.size(); ++i) {
    const ServiceState& service = services[i];
    const auto ended = std::accumulate(service.ended.begin(), service.ended.end(), std::uint64_t{0});
    MUSTER_ASSERT(service.waiting_users == waiting[i], "users who wait are miscounted");
    MUSTER_ASSERT(service.begun == ended + waiting[i], "arrivals are not ended plus in flight");
    std::uint32_t deadlines = 0;
    for (std::size_t k = 0; k < service.deadlines.size(); ++k) {
      const DeadlineEntry& entry = service.deadlines.at(k);
      MUSTER_ASSERT(k == 0 || service.deadlines.at(k - 1).due <= entry.due, "deadlines are out of order");
      if (requests[entry.slot].generation == entry.generation) ++deadlines;
    }
    MUSTER_ASSERT(deadlines == waiting[i], "a waiting user has no deadline, or a gone one has");
    MUSTER_ASSERT(service.deadlines.empty() || service.deadline_scheduled, "nobody watches the deadlines");
  }
}

void RequestPath::State::check_servers() const {
  std::uint32_t held = 0;
  for (std::uint32_t index = 0; index < servers.size(); ++index) {
    const RequestServer* server = servers[index].server.get();
    if (!server) continue;
    held += server->in_flight();
    MUSTER_ASSERT(server->counters.in_flight == server->in_flight(), "requests in flight are miscounted");
    MUSTER_ASSERT(server->working.size() <= static_cast<std::size_t>(server->spec.workers),
                  "too many at work");
    MUSTER_ASSERT(server->queue.size() <= static_cast<std::size_t>(server->spec.backlog), "backlog overrun");
    MUSTER_ASSERT(server->queue.empty() || !server->has_free_worker(),
                  "a request waits beside an idle worker");
    MUSTER_ASSERT(!server->idle || server->in_flight() > 0, "an idle server was not told so");
    for (std::uint32_t i = 0; i < server->working.size(); ++i) {
      const Request& request = requests[server->working[i]];
      MUSTER_ASSERT(request.place == Request::Place::working && request.server == index, "work is misplaced");
      MUSTER_ASSERT(request.position == i, "work does not know its place");
      MUSTER_ASSERT(engine.pending(request.completion), "a worker will never finish");
    }
    for (std::size_t i = 0; i < server->queue.size(); ++i) {
      const Request& request = requests[server->queue.at(i)];
      MUSTER_ASSERT(request.place == Request::Place::queued && request.server == index,
                    "a queue is mixed up");
    }
  }
  MUSTER_ASSERT(held == requests.taken(), "a request is held by no living server");
}

void RequestPath::check_invariants() const {
  state_->check_services();
  state_->check_servers();
}

}  // namespace muster
