// Health requests, and answers of backends.
#include "cluster_model/traffic/request_path_state.hpp"

namespace muster {

void RequestPath::State::probe(ServerId id, SimDuration timeout, std::function<void(ProbeResult)> done) {
  std::uint32_t index = 0;
  while (index < probes.size() && probes[index].done) ++index;
  if (index == probes.size()) probes.emplace_back();
  probes[index] = {id, std::move(done)};
  engine.schedule_in(SimDuration{0}, Lane::model, [this, index] { answer_probe(index, false); });
  engine.schedule_in(timeout, Lane::model, [this, index] {
    if (probes[index].done) answer_probe(index, true);
  });
}

// A free worker answers at once. One that frees itself within the timeout is noticed only at its end.
void RequestPath::State::answer_probe(std::uint32_t index, bool last) {
  const RequestServer* server = find(probes[index].server);
  if (server && !server->has_free_worker() && !last) return;
  const std::function<void(ProbeResult)> done = std::move(probes[index].done);
  probes[index] = {};
  if (!server) return done(ProbeResult::refused);
  done(server->has_free_worker() ? ProbeResult::ok : ProbeResult::timed_out);
}

void RequestPath::State::finish(CallToken, CallReply) {
  MUSTER_ASSERT(false, "a backend answered although nobody calls yet");
}

void RequestPath::connect(const std::string& name, Backend& backend) {
  state_->backends.emplace_back(name, &backend);
}

CallSink& RequestPath::calls() {
  return *state_;
}

void RequestPath::probe(ServerId server, const std::string&, SimDuration timeout,
                        std::function<void(ProbeResult)> done) {
  state_->probe(server, timeout, std::move(done));
}

ServerUsage RequestPath::usage(ServerId server) const {
  (void)state_->get(server);
  return {};
}

}  // namespace muster
