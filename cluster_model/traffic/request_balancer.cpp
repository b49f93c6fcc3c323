// From a caller to a process.
#include <algorithm>

#include "cluster_model/traffic/request_path_state.hpp"

namespace muster {
namespace {

CallResult result_of(Outcome outcome) {
  if (outcome == Outcome::throttled) return CallResult::throttled;
  if (outcome == Outcome::timeout) return CallResult::timed_out;
  if (outcome == Outcome::unavailable) return CallResult::unavailable;
  return is_failure(outcome) ? CallResult::failed : CallResult::ok;
}

}  // namespace

void RequestPath::State::send(std::uint32_t slot, const Luck& luck) {
  Call& call = calls[slot];
  ServiceState& service = services[call.service];
  call.sent = engine.now();
  call.state = Call::State::pausing;  // until it is somewhere
  if (call.from == Call::From::user) {
    ++service.attempts;
    if (call.attempt > 0) service.window.retried();
    const auto cap = static_cast<std::uint32_t>(service.traffic.concurrency);
    const bool full = cap > 0 && service.on_the_way >= cap;
    ++service.on_the_way;
    const bool closed = call.endpoint < service.closed.size() && service.closed[call.endpoint];
    if (full || closed) return attempt_ended(slot, Outcome::unavailable);
  }
  const ServerId target = choose(service, call, luck[route_word] << 32);
  deliver(slot, target, luck);
}

ServerId RequestPath::State::choose(ServiceState& service, const Call& call, std::uint64_t word) {
  if (service.targets.empty()) return {};
  if (!service.per_connection) return choose_target(service, word);
  if (call.from == Call::From::visit) {
    for (ServerId open : policy_of(call).idle) {
      const RequestServer* server = find(open);
      if (server && !server->draining && &service_of(*server) == &service) return open;
    }
    return choose_target(service, word);
  }
  ServerId& connection = service.connection[call.user];
  const RequestServer* server = find(connection);
  if (!server || server->draining) connection = choose_target(service, word);
  return connection;
}

ServerId RequestPath::State::choose_target(ServiceState& service, std::uint64_t word) {
  const std::vector<ServerId>& targets = service.targets;
  const std::uint64_t n = targets.size();
  if (service.balancing == Balancing::random) return targets[below(word, n)];
  if (service.balancing == Balancing::round_robin) return targets[service.turn++ % n];
  if (service.balancing == Balancing::power_of_two) {
    const ServerId first = targets[below(word, n)], second = targets[below(mix(word, 0), n)];
    return load_of(second) < load_of(first) ? second : first;
  }
  // Fewest in flight; from a random place on, so that equals share.
  const std::uint64_t from = below(word, n);
  ServerId best = targets[from];
  for (std::uint64_t i = 1; i < n && load_of(best) > 0; ++i) {
    const ServerId target = targets[(from + i) % n];
    if (load_of(target) < load_of(best)) best = target;
  }
  return best;
}

/// A target that is dead looks idle to a balancer that has not heard of it.
std::uint32_t RequestPath::State::load_of(ServerId target) const {
  const RequestServer* server = find(target);
  return server ? server->counters.in_flight : 0;
}

void RequestPath::State::deliver(std::uint32_t slot, ServerId target, const Luck& luck) {
  Call& call = calls[slot];
  RequestServer* server = find(target);
  if (!server && vanished(target)) return lose(slot, connect_timeout(call));
  if (!server || server->draining || !server->has_room()) return attempt_ended(slot, Outcome::unavailable);
  if (!server->limit.take(engine.now())) {
    server->count_throttled(call.endpoint);
    log_throttled(*server, slot);
    return attempt_ended(slot, Outcome::throttled);
  }
  if (network || call.from == Call::From::visit) {
    const bool guarded = network || operation_at(call.operation).policy != 0;
    if (guarded) return cross(slot, target, luck);
  }
  wait_until_deadline(slot);
  accept(target.index, slot, luck);
}

/// Users have their deadline from the moment they ask.
void RequestPath::State::wait_until_deadline(std::uint32_t slot) {
  const Call& call = calls[slot];
  if (call.from != Call::From::user) return;
  ServiceState& service = services[call.service];
  service.deadlines.push({call.sent + service.deadline, slot, call.generation});
  schedule_deadline(service);
}

SimDuration RequestPath::State::connect_timeout(const Call& call) {
  return call.from == Call::From::visit ? policy_of(call).connect : forever;
}

/// Nobody will ever answer: after `patience` the caller's kernel gives up, unless he does so himself before.
void RequestPath::State::lose(std::uint32_t slot, SimDuration patience) {
  Call& call = calls[slot];
  if (call.from == Call::From::user && call.state == Call::State::pausing) wait_until_deadline(slot);
  call.state = Call::State::lost;
  call.visit = no_slot;
  if (call.from != Call::From::visit) return;
  const SimDuration timeout = policy_of(call).timeout;
  if (timeout > SimDuration{0} && call.sent + timeout <= engine.now() + patience) return;
  engine.cancel(call.timer);
  call.timer = engine.schedule_in(patience, Lane::model, [this, slot] {
    const Turn turn(*this);
    attempt_ended(slot, Outcome::timeout);
  });
}

void RequestPath::State::attempt_ended(std::uint32_t slot, Outcome outcome) {
  const Call& call = calls[slot];
  switch (call.from) {
    case Call::From::user:
      return user_attempt_ended(slot, outcome);
    case Call::From::visit:
      return call_attempt_ended(slot, result_of(outcome));
    case Call::From::probe:
      return answer_probe(slot, is_failure(outcome) ? ProbeResult::failed : ProbeResult::ok);
    case Call::From::queue:
      return message_ended(slot, outcome);
    case Call::From::nowhere:
      break;
  }
  MUSTER_ASSERT(false, "an attempt ended that nobody made");
}

}  // namespace muster
