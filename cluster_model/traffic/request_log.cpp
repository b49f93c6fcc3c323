// What serving processes log of their requests: an access line for each reply, a line for each call that
// fails. Kept as a few numbers; InstanceLog makes texts of them when somebody reads.
#include "cluster_model/logs/instance_log.hpp"
#include "cluster_model/logs/log_words.hpp"
#include "cluster_model/traffic/request_path_state.hpp"

namespace muster {
namespace {

std::uint16_t status_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::ok:
      return 200;
    case Outcome::client_error:
      return 404;
    case Outcome::throttled:
      return 429;
    default:
      return 500;
  }
}

}  // namespace

std::shared_ptr<LogWords> RequestPath::State::compile_words() const {
  std::vector<LogWords::Service> known;
  for (std::size_t i = 0; i < profiles.size(); ++i) {
    LogWords::Service& service = known.emplace_back();
    for (const EndpointProfile& endpoint : profiles[i].endpoints)
      service.endpoints.push_back(endpoint.method + " " + endpoint.path);
    for (const CallPolicy& policy : program.services[i].policies) service.policies.push_back(policy.name);
  }
  return std::make_shared<LogWords>(
      std::move(known), [all = backends](std::uint16_t index, std::uint16_t code) {
        return index < all.size() ? all[index].backend->text(code) : std::string();
      });
}

void RequestPath::State::log_reply(const RequestServer& server, const Visit& visit, Outcome outcome) const {
  if (!server.spec.log || visit.endpoint >= server.counters.replies.size()) return;  // a probe's path
  server.spec.log->note({engine.now(), static_cast<std::uint32_t>(visit.number), visit.endpoint,
                         status_of(outcome), static_cast<std::uint8_t>(server.service)},
                        words);
}

void RequestPath::State::log_throttled(const RequestServer& server, std::uint32_t slot) const {
  const Call& call = calls[slot];
  if (!server.spec.log || call.endpoint >= server.counters.replies.size()) return;
  server.spec.log->note({engine.now(), static_cast<std::uint32_t>(call.number), call.endpoint,
                         status_of(Outcome::throttled), static_cast<std::uint8_t>(server.service)},
                        words);
}

void RequestPath::State::log_backend_error(std::uint32_t slot, std::uint16_t code) const {
  const Call& call = calls[slot];
  const RequestServer& server = server_at(visits[call.parent].server);
  if (!server.spec.log) return;
  const bool optional = operation_at(call.operation).jump != Operation::fail;
  server.spec.log->note(
      {engine.now(), static_cast<std::uint32_t>(call.number), static_cast<std::uint16_t>(call.backend), code,
       static_cast<std::uint8_t>(server.service), LogEvent::What::backend_error, optional},
      words);
}

void RequestPath::State::log_call_failure(std::uint32_t slot, CallFailure failure) const {
  const Call& call = calls[slot];
  const RequestServer& server = server_at(visits[call.parent].server);
  if (!server.spec.log) return;
  const Operation& operation = operation_at(call.operation);
  LogEvent event{engine.now(), static_cast<std::uint32_t>(call.number), operation.policy, 0,
                 static_cast<std::uint8_t>(server.service)};
  event.what = failure == CallFailure::timed_out ? LogEvent::What::call_timeout
               : failure == CallFailure::refused ? LogEvent::What::call_refused
                                                 : LogEvent::What::breaker_open;
  event.warning = operation.jump != Operation::fail;
  server.spec.log->note(event, words);
}

}  // namespace muster
