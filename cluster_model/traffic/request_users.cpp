// Users: they come, wait, give up, try again, and think.
#include "cluster_model/traffic/request_path_state.hpp"

namespace muster {

void RequestPath::State::start() {
  MUSTER_ASSERT(!started, "traffic starts once");
  started = true;
  compile();
  for (std::uint32_t i = 0; i < services.size(); ++i) {
    ServiceState& service = services[i];
    if (!service.traffic.trace.empty()) {
      replay_next(i);
    } else if (!service.think.empty()) {
      for (std::uint32_t user = 0; user < service.users; ++user) think(i, user, service.think_luck.at(user));
    } else if (service.traffic.requests_per_second > 0) {
      schedule_arrival(i);
    }
  }
  const auto now = engine.now().time_since_epoch();
  const SimDuration next_second = std::chrono::floor<std::chrono::seconds>(now) + 1s;
  engine.schedule(SimTime{next_second}, Lane::observe, [this] { observe(); });
}

void RequestPath::State::schedule_arrival(std::uint32_t service_index) {
  ServiceState& service = services[service_index];
  service.next.luck = service.request_luck.block(service.next.number);
  const double gap_ns = service.gaps_ns.draw(service.next.luck[gap_word]) / service.spike;
  const SimDuration gap{static_cast<std::int64_t>(gap_ns + 0.5)};
  service.next.due = engine.now() + gap;
  service.next.event =
      engine.schedule(service.next.due, Lane::model, [this, service_index] { arrive(service_index); });
}

void RequestPath::State::arrive(std::uint32_t service_index) {
  const Turn turn(*this);
  ServiceState& service = services[service_index];
  const NextArrival arrival = service.next;
  ++service.next.number;
  schedule_arrival(service_index);
  if (!service.rate.flat()) {
    const double kept = service.rate.factor(engine.now()) / service.rate.highest();
    if (unit_interval(mix(arrival.luck[gap_word], 0)) >= kept) return;
  }
  const auto user = static_cast<std::uint32_t>(below(arrival.luck[user_word], service.users));
  begin_request(service_index, arrival.number, arrival.luck, user, -1);
}

/// Another rate from now on. What is left of an exponential gap is exponential, so it is only stretched, and
/// everybody keeps his luck.
void RequestPath::State::set_spike(std::uint32_t service_index, double factor) {
  MUSTER_ASSERT(factor > 0, "traffic does not flow backwards");
  ServiceState& service = services.at(service_index);
  const double before = service.spike;
  service.spike = factor;
  if (!engine.pending(service.next.event)) return;
  const SimTime due = service.next.due;
  const auto left = static_cast<double>((due - engine.now()).count()) * before / factor;
  engine.cancel(service.next.event);
  service.next.due = engine.now() + SimDuration{static_cast<std::int64_t>(left + 0.5)};
  service.next.event =
      engine.schedule(service.next.due, Lane::model, [this, service_index] { arrive(service_index); });
}

void RequestPath::State::replay_next(std::uint32_t service_index) {
  ServiceState& service = services[service_index];
  if (service.next_of_trace == service.traffic.trace.size()) return;
  const TraceArrival& arrival = service.traffic.trace[service.next_of_trace];
  engine.schedule(std::max(engine.now(), SimTime{arrival.at}), Lane::model, [this, service_index] {
    const Turn turn(*this);
    ServiceState& replayed = services[service_index];
    const int endpoint = replayed.traffic.trace[replayed.next_of_trace++].endpoint;
    replay_next(service_index);
    const std::uint64_t number = replayed.next.number++;
    const Luck luck = replayed.request_luck.block(number);
    const auto user = static_cast<std::uint32_t>(below(luck[user_word], replayed.users));
    begin_request(service_index, number, luck, user, endpoint);
  });
}

void RequestPath::State::think(std::uint32_t service_index, std::uint32_t user, std::uint64_t word) {
  ServiceState& service = services[service_index];
  const SimDuration time = service.think.front().draw(word, 1);
  engine.schedule_in(time, Lane::model, [this, service_index, user] {
    const Turn turn(*this);
    const std::uint64_t number = services[service_index].next.number++;
    begin_request(service_index, number, services[service_index].request_luck.block(number), user, -1);
  });
}

void RequestPath::State::begin_request(std::uint32_t service_index, std::uint64_t number, const Luck& luck,
                                       std::uint32_t user, int endpoint) {
  ServiceState& service = services[service_index];
  ++service.begun;
  ++service.waiting_users;
  service.window.arrived();
  const std::uint32_t slot = calls.take();
  Call& call = calls[slot];
  call.from = Call::From::user;
  call.began = engine.now();
  call.number = number;
  call.user = user;
  call.service = static_cast<std::uint16_t>(service_index);
  call.attempt = 0;
  std::uint32_t chosen = endpoint >= 0 ? static_cast<std::uint32_t>(endpoint) : 0;
  const auto& endpoints = program.services[service_index].endpoints;
  if (endpoint < 0)
    while ((luck[route_word] >> 32) >= endpoints[chosen].chosen_below) ++chosen;
  call.endpoint = static_cast<std::uint16_t>(chosen);
  send(slot, luck);
}

void RequestPath::State::user_attempt_ended(std::uint32_t slot, Outcome outcome) {
  ServiceState& service = services[calls[slot].service];
  --service.on_the_way;
  if (!is_failure(outcome)) {
    service.retries.budget.succeeded();
  } else if (retry_user(slot)) {
    return;
  }
  end_for_user(slot, outcome);
}

bool RequestPath::State::retry_user(std::uint32_t slot) {
  Call& call = calls[slot];
  ServiceState& service = services[call.service];
  if (call.attempt >= service.retries.count || !service.retries.budget.take()) return false;
  ++call.attempt;
  ++call.generation;  // whatever belongs to the last attempt is void
  call.visit = no_slot;
  const Luck luck = luck_of(call);
  const SimDuration pause = service.retries.pause(call.attempt, luck[user_word]);
  if (pause == SimDuration{0}) {
    send(slot, luck);
    return true;
  }
  call.state = Call::State::pausing;
  call.timer = engine.schedule_in(pause, Lane::model, [this, slot] {
    const Turn turn(*this);
    send(slot, luck_of(calls[slot]));
  });
  return true;
}

void RequestPath::State::end_for_user(std::uint32_t slot, Outcome outcome) {
  Call& call = calls[slot];
  ServiceState& service = services[call.service];
  const SimDuration latency = engine.now() - call.began;
  service.window.ended(call.endpoint, outcome, latency, call.user);
  ++service.ended[static_cast<std::size_t>(outcome)];
  --service.waiting_users;
  if (watcher) watcher->ended(call.service, outcome, latency, call.attempt + 1);
  if (!service.think.empty()) {
    think(call.service, call.user, service.think_luck.at(call.number + service.users));
  }
  call.from = Call::From::nowhere;
  call.visit = no_slot;
  calls.release(slot);
}

void RequestPath::State::schedule_deadline(ServiceState& service) {
  if (service.deadline_scheduled || service.deadlines.empty()) return;
  service.deadline_scheduled = true;
  const auto index = static_cast<std::uint32_t>(&service - services.data());
  engine.schedule(service.deadlines.front().due, Lane::model, [this, index] { expire_deadlines(index); });
}

void RequestPath::State::expire_deadlines(std::uint32_t service_index) {
  const Turn turn(*this);
  ServiceState& service = services[service_index];
  service.deadline_scheduled = false;
  skip_finished_deadlines(service);
  while (!service.deadlines.empty() && service.deadlines.front().due <= engine.now()) {
    expire(service.deadlines.pop().slot);
    skip_finished_deadlines(service);
  }
  schedule_deadline(service);
}

/// The user waits no longer for this attempt. Without cancellation the servers go on: nobody tells them.
void RequestPath::State::expire(std::uint32_t slot) {
  const Call& call = calls[slot];
  const bool cancels = services[call.service].traffic.cancels;
  if (cancels && visits.find(call.visit, call.visit_generation)) abort(call.visit);
  user_attempt_ended(slot, Outcome::timeout);
}

void RequestPath::State::skip_finished_deadlines(ServiceState& service) {
  while (!service.deadlines.empty()) {
    const DeadlineEntry& entry = service.deadlines.front();
    if (calls[entry.slot].generation == entry.generation) return;
    service.deadlines.pop();
  }
}

}  // namespace muster
