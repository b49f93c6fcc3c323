// From the balancer to the reply.
#include "cluster_model/traffic/request_path_state.hpp"
#include "sim/random.hpp"

namespace muster {
namespace {

// Words 1 to 3 of a request's random block; word 0 is the gap before it (request_path.cpp).
constexpr std::size_t user_word = 1;
constexpr std::size_t route_word = 2;  // upper half: the endpoint; lower half: the balancer's choice
constexpr std::size_t service_word = 3;
// Words of the block of its reply.
constexpr std::size_t server_error_word = 0;
constexpr std::size_t client_error_word = 1;

}  // namespace

void RequestPath::State::balance(std::uint32_t service_index, const NextArrival& arrival) {
  ServiceState& service = services[service_index];
  Request request;
  request.arrived = engine.now();
  request.number = arrival.number;
  request.service_word = arrival.words[service_word];
  request.user = static_cast<std::uint32_t>(below(arrival.words[user_word], service.users));
  request.service = static_cast<std::uint16_t>(service_index);
  request.endpoint = static_cast<std::uint16_t>(service.choose_endpoint(arrival.words[route_word]));
  ++service.waiting_users;

  const RequestServer* server = nullptr;
  if (!service.targets.empty()) {
    const ServerId target = service.targets[below(arrival.words[route_word] << 32, service.targets.size())];
    server = find(target);
    request.server = target.index;
  }
  const bool room = server && !server->draining && (server->has_free_worker() || server->has_backlog_room());
  if (!room) return end_for_user(request, Outcome::unavailable);

  const std::uint32_t slot = requests.take();
  request.generation = requests[slot].generation;
  requests[slot] = request;
  service.deadlines.push({request.arrived + service.deadline, slot, request.generation});
  schedule_deadline(service_index);
  accept(request.server, slot);
}

void RequestPath::State::accept(std::uint32_t server_index, std::uint32_t slot) {
  RequestServer& server = *servers[server_index].server;
  ++server.counters.in_flight;
  if (server.has_free_worker()) return begin_service(server_index, slot);
  requests[slot].place = Request::Place::queued;
  server.queue.push(slot);
}

void RequestPath::State::begin_service(std::uint32_t server_index, std::uint32_t slot) {
  RequestServer& server = *servers[server_index].server;
  Request& request = requests[slot];
  request.place = Request::Place::working;
  request.position = static_cast<std::uint32_t>(server.working.size());
  server.working.push_back(slot);
  const ServiceSampler& time = services[request.service].endpoints[request.endpoint].service_time;
  const SimDuration busy = time.draw(request.service_word, server.spec.service_time_factor);
  request.completion = engine.schedule_in(busy, Lane::model, [this, slot] { complete(slot); });
}

void RequestPath::State::complete(std::uint32_t slot) {
  const Request request = requests[slot];
  RequestServer& server = *servers[request.server].server;
  const Outcome outcome = draw_reply(request, server);
  server.count_reply(request.endpoint, outcome, engine.now() - request.arrived);
  --server.counters.in_flight;

  const std::uint32_t last = server.working.back();
  server.working[request.position] = last;
  requests[last].position = request.position;
  server.working.pop_back();
  requests.release(slot);
  // A reply in the very nanosecond of the deadline is late, whichever of the two events came first.
  const bool late = engine.now() - request.arrived >= services[request.service].deadline;
  if (!request.user_gone) end_for_user(request, late ? Outcome::timeout : outcome);
  skip_finished_deadlines(services[request.service]);

  if (!server.queue.empty()) begin_service(request.server, server.queue.pop());
  tell_if_idle(server);  // last: the callback may kill the server
}

Outcome RequestPath::State::draw_reply(const Request& request, const RequestServer& server) const {
  const ServiceState& service = services[request.service];
  const double client_error = service.endpoints[request.endpoint].client_error_probability;
  if (server.spec.error_probability <= 0 && client_error <= 0) return Outcome::ok;
  const auto words = service.reply_luck.block(request.number);
  if (unit_interval(words[server_error_word]) < server.spec.error_probability) return Outcome::server_error;
  if (unit_interval(words[client_error_word]) < client_error) return Outcome::client_error;
  return Outcome::ok;
}

void RequestPath::State::end_for_user(const Request& request, Outcome outcome) {
  ServiceState& service = services[request.service];
  service.window.ended(request.endpoint, outcome, engine.now() - request.arrived, request.user);
  ++service.ended[static_cast<std::size_t>(outcome)];
  --service.waiting_users;
}

void RequestPath::State::cut(std::uint32_t slot) {
  const Request request = requests[slot];
  requests.release(slot);
  if (!request.user_gone) end_for_user(request, Outcome::reset);
}

}  // namespace muster
