// A step that asks somebody else: another service or a backend, with all that the caller does to protect
// himself. The answer comes back as a resumption of the visit.
#include "cluster_model/traffic/request_path_state.hpp"

namespace muster {

PolicyState& RequestPath::State::policy_of(const Call& call) {
  const Visit& visit = visits[call.parent];
  return server_at(visit.server).policy(visit.process, operation_at(call.operation).policy);
}

void RequestPath::State::begin_call(std::uint32_t visit_slot, std::uint32_t at) {
  Visit& visit = visits[visit_slot];
  const Operation& operation = operation_at(at);
  const std::uint32_t slot = calls.take();
  Call& call = calls[slot];
  call.from = Call::From::visit;
  call.began = engine.now();
  call.number = mix(visit.luck, at) | 1ull << 63;
  call.parent = visit_slot;
  call.operation = at;
  call.attempt = 0;
  call.backend = -1;
  call.timer = {};
  call.visit = no_slot;
  call.keeps_connection = false;
  if (operation.kind == Operation::Kind::backend) {
    call.backend = static_cast<std::int16_t>(operation.target);
  } else {
    call.service = static_cast<std::uint16_t>(operation.target);
    call.endpoint = static_cast<std::uint16_t>(operation.index);
  }
  call.previous = no_slot;
  call.next = visit.calls;
  if (visit.calls != no_slot) calls[visit.calls].previous = slot;
  visit.calls = slot;
  const std::uint32_t server = visit.server;
  try_call(slot);
  if (!server_at(server).event_loop()) return;
  release_worker(server, visit);  // the loop turns to the next; a visit is only resumed later
  serve_next(server);
}

void RequestPath::State::try_call(std::uint32_t slot) {
  Call& call = calls[slot];
  call.sent = engine.now();
  call.state = Call::State::pausing;
  if (operation_at(call.operation).policy == 0) return ask(slot);
  PolicyState& policy = policy_of(call);
  if (!policy.breaker.allows(engine.now())) {
    log_call_failure(slot, CallFailure::breaker_open);
    return finish_call(slot, false);
  }
  if (!policy.limit.take(engine.now())) {
    policy.breaker.given_up();
    return finish_call(slot, false);
  }
  if (policy.timeout > SimDuration{0}) {
    call.timer = engine.schedule_in(policy.timeout, Lane::model, [this, slot] {
      const Turn turn(*this);
      log_call_failure(slot, CallFailure::timed_out);
      abandon_attempt(slot, policy_of(calls[slot]).cancel);
      call_attempt_ended(slot, CallResult::timed_out);
    });
  }
  ask(slot);
}

/// The luck of its present attempt: a user's comes from the stream of his service, the others' from whoever
/// made them.
Luck RequestPath::State::luck_of(const Call& call) const {
  const std::uint64_t number = call.attempt == 0 ? call.number : mix(call.number, call.attempt) | 1ull << 63;
  if (call.from == Call::From::user) return services[call.service].request_luck.block(number);
  return {mix(number, 0), mix(number, 1), mix(number, 2), mix(number, 3)};
}

/// The attempt goes out, past all that guards it.
void RequestPath::State::ask(std::uint32_t slot) {
  Call& call = calls[slot];
  if (call.backend < 0) return send(slot, luck_of(call));
  call.state = Call::State::served;
  const Visit& visit = visits[call.parent];
  const ServerId caller{visit.server, servers[visit.server].generation};
  const CallToken token = static_cast<CallToken>(call.generation) << 32 | slot;
  const std::uint32_t operation = operation_at(call.operation).index;
  backends[static_cast<std::size_t>(call.backend)].backend->begin(
      token, {caller, visit.process, operation, luck_of(call)[0]});
}

void RequestPath::State::finish(CallToken token, CallReply reply) {
  const Turn turn(*this);
  const auto slot = static_cast<std::uint32_t>(token);
  const Call* call = calls.find(slot, static_cast<std::uint32_t>(token >> 32));
  MUSTER_ASSERT(call && call->from == Call::From::visit && call->backend >= 0,
                "a backend answered a call that nobody waits for");
  if (reply.result != CallResult::ok) log_backend_error(slot, reply.code);
  call_attempt_ended(slot, reply.result);
}

void RequestPath::State::call_attempt_ended(std::uint32_t slot, CallResult result) {
  Call& call = calls[slot];
  const bool unheard = result == CallResult::refused || result == CallResult::unavailable;
  if (call.backend < 0 && unheard) log_call_failure(slot, CallFailure::refused);
  if (operation_at(call.operation).policy == 0) {
    engine.cancel(call.timer);  // of a connection that nobody answers
    return finish_call(slot, result == CallResult::ok);
  }
  PolicyState& policy = policy_of(call);
  engine.cancel(call.timer);
  // An answer in the very nanosecond of the timeout is late, whichever of the two events came first.
  const bool late = policy.timeout > SimDuration{0} && engine.now() - call.sent >= policy.timeout;
  const bool failed = result != CallResult::ok || late;
  policy.breaker.ended(failed, engine.now());
  if (!failed) policy.retries.budget.succeeded();
  if (!late) give_back_connection(call);
  call.keeps_connection = false;
  const bool again = failed && call.attempt < policy.retries.count && policy.retries.budget.take();
  if (!again) return finish_call(slot, !failed);
  retry_call(slot);
}

void RequestPath::State::retry_call(std::uint32_t slot) {
  Call& call = calls[slot];
  ++call.attempt;
  ++call.generation;  // whatever belongs to the last attempt is void
  call.visit = no_slot;
  call.state = Call::State::pausing;
  const SimDuration pause = policy_of(call).retries.pause(call.attempt, mix(call.number, call.attempt));
  // Even without a pause a later event: attempts that fail at once must not nest.
  call.timer = engine.schedule_in(pause, Lane::model, [this, slot] {
    const Turn turn(*this);
    try_call(slot);
  });
}

void RequestPath::State::finish_call(std::uint32_t slot, bool ok) {
  const Call& call = calls[slot];
  const Operation& operation = operation_at(call.operation);
  resumptions.push({call.parent, visits[call.parent].generation, ok ? call.operation + 1 : operation.jump});
  release_call(slot);
}

void RequestPath::State::release_call(std::uint32_t slot) {
  Call& call = calls[slot];
  if (call.next != no_slot) calls[call.next].previous = call.previous;
  if (call.previous != no_slot) {
    calls[call.previous].next = call.next;
  } else {
    visits[call.parent].calls = call.next;
  }
  call.next = call.previous = call.parent = call.visit = no_slot;
  call.from = Call::From::nowhere;
  calls.release(slot);
}

/// Nobody waits for this attempt any more.
void RequestPath::State::abandon_attempt(std::uint32_t slot, bool cancel) {
  Call& call = calls[slot];
  if (call.state != Call::State::served) return;
  if (call.backend >= 0) {
    const CallToken token = static_cast<CallToken>(call.generation) << 32 | slot;
    backends[static_cast<std::size_t>(call.backend)].backend->abandon(token);
  } else if (cancel && visits.find(call.visit, call.visit_generation)) {
    abort(call.visit);
  }
}

/// The visit that made them is over before its time.
void RequestPath::State::abandon_calls(std::uint32_t visit_slot) {
  while (visits[visit_slot].calls != no_slot) {
    const std::uint32_t slot = visits[visit_slot].calls;
    PolicyState& policy = policy_of(calls[slot]);
    engine.cancel(calls[slot].timer);
    if (calls[slot].state != Call::State::pausing) policy.breaker.given_up();
    const bool cancel = policy.cancel;
    abandon_attempt(slot, cancel);
    release_call(slot);
  }
}

}  // namespace muster
