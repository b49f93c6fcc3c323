// Health requests of the kubelet: straight to a process, without a balancer.
#include "cluster_model/traffic/request_path_state.hpp"

namespace muster {

void RequestPath::State::probe(ServerId id, const std::string& path, SimDuration timeout,
                               std::function<void(ProbeResult)> done) {
  const Turn turn(*this);
  const std::uint32_t slot = calls.take();
  Call& call = calls[slot];
  call.from = Call::From::probe;
  call.state = Call::State::lost;
  call.began = call.sent = engine.now();
  call.number = mix(seed, probes_sent++) | 1ull << 63;
  call.attempt = 0;
  call.visit = no_slot;
  call.backend = -1;
  std::uint32_t index = 0;
  while (index < probes.size() && probes[index].done) ++index;
  if (index == probes.size()) probes.emplace_back();
  const RequestServer* server = find(id);
  probes[index] = {server ? id : ServerId{}, std::move(done)};
  call.user = index;
  call.timer = engine.schedule_in(timeout, Lane::model, [this, slot] {
    const Turn late(*this);
    Call& waiting = calls[slot];
    if (visits.find(waiting.visit, waiting.visit_generation)) abort(waiting.visit);
    answer_probe(slot, ProbeResult::timed_out);
  });
  if (!server && vanished(id)) return;
  if (!server || server->draining || !server->has_room()) return answer_probe(slot, ProbeResult::refused);
  const auto service = static_cast<std::size_t>(server->service);
  const int endpoint = endpoint_of(profiles[service], path);
  const std::size_t unnamed = program.services[service].endpoints.size() - 1;
  call.service = static_cast<std::uint16_t>(service);
  call.endpoint = static_cast<std::uint16_t>(endpoint < 0 ? unnamed : static_cast<std::size_t>(endpoint));
  accept(id.index, slot, luck_of(call));
}

/// The answer is given in an event of its own, so that the caller is done with asking.
void RequestPath::State::answer_probe(std::uint32_t slot, ProbeResult result) {
  Call& call = calls[slot];
  engine.cancel(call.timer);
  const std::uint32_t index = call.user;
  call.from = Call::From::nowhere;
  call.visit = no_slot;
  calls.release(slot);
  engine.schedule_in(SimDuration{0}, Lane::model, [this, index, result] {
    const WaitingProbe probe = std::move(probes[index]);
    probes[index] = {};
    if (!probe.server || find(probe.server)) probe.done(result);
  });
}

/// Its process has died: there is nobody left to be healthy or not.
void RequestPath::State::forget_probe(std::uint32_t slot) {
  Call& call = calls[slot];
  engine.cancel(call.timer);
  probes[call.user] = {};
  call.from = Call::From::nowhere;
  call.visit = no_slot;
  calls.release(slot);
}

void RequestPath::probe(ServerId server, const std::string& path, SimDuration timeout,
                        std::function<void(ProbeResult)> done) {
  state_->probe(server, path, timeout, std::move(done));
}

}  // namespace muster
