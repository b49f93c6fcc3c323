// Background queues: a message waits, without anybody waiting for it, until a process of the service that
// consumes it has a free worker.
#include "cluster_model/traffic/request_path_state.hpp"

namespace muster {

void RequestPath::State::send_message(std::uint32_t visit_slot, std::uint32_t at) {
  const Visit& visit = visits[visit_slot];
  const Operation& operation = program.operations[at];
  const std::uint32_t slot = calls.take();
  Call& call = calls[slot];
  call.from = Call::From::queue;
  call.state = Call::State::waiting;
  call.began = call.sent = engine.now();
  call.number = mix(visit.luck, at) | 1ull << 63;
  call.attempt = 0;
  call.service = static_cast<std::uint16_t>(operation.target);
  call.endpoint = static_cast<std::uint16_t>(operation.index);
  call.backend = -1;
  call.visit = no_slot;
  ServiceState& service = services[operation.target];
  MUSTER_ASSERT(service.background, "a message was sent to a service that takes none");
  ++service.sent_messages;
  service.messages.push(slot);
  serve_messages(service);
}

/// Messages go to whoever is free, beginning behind the one that got the last.
void RequestPath::State::serve_messages(ServiceState& service) {
  const std::size_t n = service.members.size();
  for (std::size_t i = 0; i < n && !service.messages.empty(); ++i)
    while (take_message(service, service.members[(service.turn + i) % n])) {
    }
  if (n > 0) service.turn = (service.turn + 1) % n;
}

bool RequestPath::State::take_message(ServiceState& service, std::uint32_t server_index) {
  const RequestServer& server = *servers[server_index].server;
  if (service.messages.empty() || server.draining || server.visits.size() >= server.workers) return false;
  const std::uint32_t slot = service.messages.pop();
  const Call& call = calls[slot];
  accept(server_index, slot, luck_of(call));
  return true;
}

/// A message whose process died goes back (at least once delivery); any reply ends it.
void RequestPath::State::message_ended(std::uint32_t slot, Outcome outcome) {
  Call& call = calls[slot];
  ServiceState& service = services[call.service];
  call.visit = no_slot;
  if (outcome == Outcome::reset) {
    ++call.attempt;
    ++call.generation;
    call.state = Call::State::waiting;
    service.messages.push(slot);
    return serve_messages(service);
  }
  ++service.done_messages;
  call.from = Call::From::nowhere;
  calls.release(slot);
}

}  // namespace muster
