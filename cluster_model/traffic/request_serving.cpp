// Inside a process: from the accept queue over the steps to the reply.
#include <algorithm>

#include "cluster_model/traffic/request_path_state.hpp"
#include "sim/random.hpp"

namespace muster {
namespace {

// Words of the block of a reply.
constexpr std::size_t server_error_word = 0;
constexpr std::size_t client_error_word = 1;

}  // namespace

void RequestPath::State::accept(std::uint32_t server_index, std::uint32_t call_slot, const Luck& luck) {
  RequestServer& server = server_at(server_index);
  Call& call = calls[call_slot];
  const std::uint32_t slot = visits.take();
  Visit& visit = visits[slot];
  visit.arrived = engine.now();
  visit.number = call.attempt == 0 ? call.number : mix(call.number, call.attempt) | 1ull << 63;
  visit.luck = luck[service_word];
  visit.call = call_slot;
  visit.call_generation = call.generation;
  visit.server = server_index;
  visit.position = static_cast<std::uint32_t>(server.visits.size());
  visit.endpoint = call.endpoint;
  visit.process = server.processes == 1 ? 0 : static_cast<std::uint16_t>(visit.number % server.processes);
  visit.place = Visit::Place::working;
  visit.branches = 0;
  visit.calls = no_slot;
  visit.has_worker = false;
  visit.on_cpu = false;
  call.state = Call::State::served;
  call.visit = slot;
  call.visit_generation = visit.generation;
  server.visits.push_back(slot);
  ++server.counters.in_flight;
  if (!server.plain) check_memory(server_index);
  const std::uint32_t first = first_operation(server, visit.endpoint);
  if (server.event_loop()) return run(slot, first);
  if (!server.has_free_worker()) return wait_for_worker(server, slot, first);
  take_worker(server, visit);
  run(slot, first);
}

/// Where a request of this endpoint begins; behind a feature flag that is off there is nothing to do.
std::uint32_t RequestPath::State::first_operation(const RequestServer& server, std::uint32_t endpoint) const {
  const auto& endpoints = program.services[static_cast<std::size_t>(server.service)].endpoints;
  const int flag = endpoints[endpoint].flag;
  const bool off = flag >= 0 && !server.is_on(static_cast<std::uint32_t>(flag));
  return (off ? endpoints.back() : endpoints[endpoint]).first;
}

void RequestPath::State::take_worker(RequestServer& server, Visit& visit) {
  ++server.busy;
  visit.has_worker = true;
  if (watcher) watcher->started(server.service, engine.now() - visit.arrived);
}

void RequestPath::State::wait_for_worker(RequestServer& server, std::uint32_t slot, std::uint32_t operation) {
  Visit& visit = visits[slot];
  visit.place = Visit::Place::queued;
  visit.operation = operation;
  server.queue.push({slot, visit.generation});
  ++server.waiting;
  if (!server.queue_timeout) return;
  const SimDuration patience = server.queue_timeout->draw(mix(visit.luck, operation), 1);
  visit.event = engine.schedule_in(patience, Lane::model, [this, slot] { give_up_waiting(slot); });
}

/// The queue's timeout: 503, and the application has seen nothing of it.
void RequestPath::State::give_up_waiting(std::uint32_t slot) {
  const Turn turn(*this);
  const Visit visit = visits[slot];
  abandon_calls(slot);
  leave(slot);
  const Call* call = calls.find(visit.call, visit.call_generation);
  if (call && call->visit == slot) attempt_ended(visit.call, Outcome::unavailable);
}

void RequestPath::State::release_worker(std::uint32_t server_index, Visit& visit) {
  if (!visit.has_worker) return;
  visit.has_worker = false;
  --server_at(server_index).busy;
}

void RequestPath::State::serve_next(std::uint32_t server_index) {
  RequestServer& server = server_at(server_index);
  if (server.serving) return;  // further up the same is done in a loop
  server.serving = true;
  while (server.waiting > 0 && server.has_free_worker()) {
    const SlotRef next = server.queue.pop();
    Visit* visit = visits.find(next.slot, next.generation);
    if (!visit || visit->place != Visit::Place::queued) continue;
    --server.waiting;
    if (server.queue_timeout) engine.cancel(visit->event);
    visit->place = Visit::Place::working;
    take_worker(server, *visit);
    run(next.slot, visit->operation);
  }
  server.serving = false;
  if (services[static_cast<std::size_t>(server.service)].background && server.has_free_worker())
    take_message(service_of(server), server_index);
}

void RequestPath::State::run(std::uint32_t slot, std::uint32_t at) {
  using Op = Operation::Kind;
  while (true) {
    const Operation& operation = operation_at(at);
    Visit& visit = visits[slot];
    switch (operation.kind) {
      case Op::work:
      case Op::cpu:
        return work(slot, at);
      case Op::end:
        return reply(slot, draw_reply(visit, server_at(visit.server)));
      case Op::call:
      case Op::backend:
        return begin_call(slot, at);
      case Op::lookup:
        at = lookup(server_at(visit.server), visit, at) ? operation.jump : at + 1;
        break;
      case Op::skip:
        at = server_at(visit.server).is_on(operation.index) ? at + 1 : operation.jump;
        break;
      case Op::chance:
        at = mix(visit.luck, at) >> 32 < operation.index ? at + 1 : operation.jump;
        break;
      case Op::go:
        at = operation.jump;
        break;
      case Op::fork:
        return fork(slot, at);
      case Op::join:
        if (--visit.branches > 0) return;
        at = operation.jump;
        break;
      case Op::message:
        send_message(slot, at);
        ++at;
    }
  }
}

/// A branch begins with a call, or with what leads to one; failures come later, as resumptions. So nothing
/// here ends the visit before the last branch has begun, unless all branches were empty.
void RequestPath::State::fork(std::uint32_t slot, std::uint32_t at) {
  const Operation operation = operation_at(at);
  visits[slot].branches = static_cast<std::uint16_t>(operation.target);
  for (std::uint32_t i = 0; i < operation.target; ++i) run(slot, program.branches[operation.index + i]);
}

void RequestPath::State::work(std::uint32_t slot, std::uint32_t at) {
  Visit& visit = visits[slot];
  RequestServer& server = server_at(visit.server);
  if (!visit.has_worker) {  // an event loop that is busy
    if (!server.has_free_worker()) return wait_for_worker(server, slot, at);
    take_worker(server, visit);
  }
  const Operation& operation = operation_at(at);
  const auto& endpoints = program.services[static_cast<std::size_t>(server.service)].endpoints;
  const bool first = at == endpoints[visit.endpoint].first;
  const SimDuration busy = program.samplers[operation.index].draw(first ? visit.luck : mix(visit.luck, at),
                                                                  server.time_factor(visit.endpoint));
  visit.operation = at;
  if (operation.kind == Operation::Kind::cpu) {
    if (server.cpu) return begin_burst(slot, busy);
    server.cpu_seconds += seconds_of(busy);
  }
  visit.event = engine.schedule_in(busy, Lane::model, [this, slot, at] {
    const Turn turn(*this);
    run(slot, at + 1);
  });
}

bool RequestPath::State::lookup(RequestServer& server, const Visit& visit, std::uint32_t at) {
  const std::uint32_t index = operation_at(at).index;
  const CacheProfile& cache = program.services[static_cast<std::size_t>(server.service)].caches[index];
  double& known = server.known[index];
  const double u = unit_interval(mix(visit.luck, at));
  if (u < cache.share * known / cache.keys) return true;
  if (u < cache.share) known = std::min(cache.keys, known + 1);
  return false;
}

Outcome RequestPath::State::draw_reply(const Visit& visit, const RequestServer& server) const {
  const auto index = static_cast<std::size_t>(server.service);
  const CompiledEndpoint& endpoint = program.services[index].endpoints[visit.endpoint];
  if (endpoint.flag >= 0 && !server.is_on(static_cast<std::uint32_t>(endpoint.flag)))
    return Outcome::client_error;
  const double server_error = server.failure_probability(visit.endpoint);
  if (server_error <= 0 && endpoint.client_error_probability <= 0) return Outcome::ok;
  const Luck luck = services[index].reply_luck.block(visit.number);
  if (unit_interval(luck[server_error_word]) < server_error) return Outcome::server_error;
  if (unit_interval(luck[client_error_word]) < endpoint.client_error_probability)
    return Outcome::client_error;
  return Outcome::ok;
}

void RequestPath::State::reply(std::uint32_t slot, Outcome outcome) {
  const Visit visit = visits[slot];
  RequestServer& server = server_at(visit.server);
  server.count_reply(visit.endpoint, outcome, engine.now() - visit.arrived);
  log_reply(server, visit, outcome);
  if (watcher) watcher->replied(server.service, visit.endpoint, outcome, engine.now() - visit.arrived);
  server.remember_reply();
  leave(slot);
  const Call* call = calls.find(visit.call, visit.call_generation);
  if (!call || call->visit != slot) return;  // nobody waits for it any more
  if (call->from == Call::From::user) {
    ServiceState& service = services[call->service];
    // A reply in the very nanosecond of the deadline is late, whichever of the two events came first.
    const bool late = engine.now() - call->sent >= service.deadline;
    if (network && is_cut(visit.call, visit.server)) return lose(visit.call, forever);
    user_attempt_ended(visit.call, late ? Outcome::timeout : outcome);
    skip_finished_deadlines(service);
  } else {
    if (network && is_cut(visit.call, visit.server)) return lose(visit.call, retransmission_timeout);
    attempt_ended(visit.call, outcome);
  }
}

/// It is over for its process: the worker turns to the next.
void RequestPath::State::leave(std::uint32_t slot) {
  Visit& visit = visits[slot];
  const std::uint32_t index = visit.server;
  RequestServer& server = server_at(index);
  if (visit.place == Visit::Place::queued) --server.waiting;
  release_worker(index, visit);
  const std::uint32_t last = server.visits.back();
  server.visits[visit.position] = last;
  visits[last].position = visit.position;
  server.visits.pop_back();
  --server.counters.in_flight;
  visit.place = Visit::Place::nowhere;
  visits.release(slot);
  if (!server.plain) check_memory(index);
  serve_next(index);
  tell_if_idle(index);
}

/// The caller has closed the connection: it is taken out wherever it is.
void RequestPath::State::abort(std::uint32_t slot) {
  Visit& visit = visits[slot];
  if (visit.place == Visit::Place::nowhere) return;  // its process is dying
  stop_work(visit, slot);
  abandon_calls(slot);
  leave(slot);
}

void RequestPath::State::stop_work(Visit& visit, std::uint32_t slot) {
  engine.cancel(visit.event);
  if (!visit.on_cpu) return;
  visit.on_cpu = false;
  server_at(visit.server).cpu->remove(slot, engine.now());
  watch_cpu(visit.server);
}

void RequestPath::State::begin_burst(std::uint32_t slot, SimDuration work) {
  Visit& visit = visits[slot];
  visit.on_cpu = true;
  server_at(visit.server).cpu->add(slot, work, engine.now());
  watch_cpu(visit.server);
}

/// One event per process: the next change of its processors.
void RequestPath::State::watch_cpu(std::uint32_t index) {
  RequestServer& server = server_at(index);
  engine.cancel(server.cpu_event);
  const std::optional<SimTime> change = server.cpu->next_change();
  if (!change) return;
  server.cpu_event = engine.schedule(*change, Lane::model, [this, index] { bursts_ended(index); });
}

void RequestPath::State::bursts_ended(std::uint32_t index) {
  const Turn turn(*this);
  RequestServer& server = server_at(index);
  while (const std::optional<std::uint32_t> slot = server.cpu->take_finished(engine.now())) {
    Visit& visit = visits[*slot];
    visit.on_cpu = false;
    resumptions.push({*slot, visit.generation, visit.operation + 1});
  }
  watch_cpu(index);
}

}  // namespace muster
