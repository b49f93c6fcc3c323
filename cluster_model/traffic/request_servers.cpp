// Processes that serve: they come, drain and die.
#include <algorithm>

#include "cluster_model/traffic/request_path_state.hpp"

namespace muster {

RequestServer* RequestPath::State::find(ServerId id) const {
  if (id.index >= servers.size()) return nullptr;
  const ServerSlot& slot = servers[id.index];
  return slot.generation == id.generation ? slot.server.get() : nullptr;
}

RequestServer& RequestPath::State::get(ServerId id) const {
  RequestServer* server = find(id);
  MUSTER_ASSERT(server, "a dead server was asked for");
  return *server;
}

bool RequestPath::State::vanished(ServerId id) const {
  return id.index < servers.size() && servers[id.index].vanished == id.generation;
}

ServerId RequestPath::State::add(int service, const ServerSpec& spec) {
  const Turn turn(*this);
  MUSTER_ASSERT(service >= 0 && static_cast<std::size_t>(service) < services.size(), "no such service");
  compile();
  if (free_servers.empty()) {
    free_servers.push_back(static_cast<std::uint32_t>(servers.size()));
    servers.emplace_back();
  }
  const std::uint32_t index = free_servers.back();
  free_servers.pop_back();
  const CompiledService& compiled_service = program.services[static_cast<std::size_t>(service)];
  servers[index].server = std::make_unique<RequestServer>(service, spec, compiled_service, engine.now());
  const ServerId id{index, servers[index].generation};
  for (const NamedBackend& named : backends) named.backend->server_started(id, spec);
  if (spec.behaviour && spec.behaviour->leak_per_second > 0)
    engine.schedule_in(1s, Lane::model, [this, id] { leak_on(id); });
  ServiceState& joined = services[static_cast<std::size_t>(service)];
  joined.members.push_back(index);
  servers[index].server->factor *= joined.slowdown;
  if (joined.background) serve_messages(joined);
  return id;
}

/// In four passes, because what the dead process did reaches others, and they reach further.
void RequestPath::State::kill(ServerId id, Death death) {
  if (!find(id)) return;
  const Turn turn(*this);
  RequestServer& dying = *servers[id.index].server;
  dying.draining = true;
  std::erase(service_of(dying).members, id.index);
  const std::vector<std::uint32_t> held = dying.visits;
  if (dying.cpu) engine.cancel(dying.cpu_event);
  for (std::uint32_t slot : held) {
    engine.cancel(visits[slot].event);
    visits[slot].place = Visit::Place::nowhere;
  }
  for (std::uint32_t slot : held) abandon_calls(slot);
  std::vector<SlotRef> callers;
  for (std::uint32_t slot : held) {
    callers.push_back({visits[slot].call, visits[slot].call_generation});
    visits.release(slot);
  }
  servers[id.index].server.reset();
  if (death == Death::silent) servers[id.index].vanished = id.generation;
  ++servers[id.index].generation;
  for (std::size_t i = 0; i < held.size(); ++i) {
    const Call* call = calls.find(callers[i].slot, callers[i].generation);
    if (call && call->visit == held[i]) cut(callers[i].slot, death);
  }
  free_servers.push_back(id.index);
  for (ServiceState& service : services) skip_finished_deadlines(service);
  for (const NamedBackend& named : backends) named.backend->server_gone(id, death);
}

/// A message is back in its queue either way: the broker notices a dead consumer.
void RequestPath::State::cut(std::uint32_t slot, Death death) {
  if (calls[slot].from == Call::From::probe) return forget_probe(slot);
  const bool noticed = death == Death::reset || calls[slot].from == Call::From::queue;
  if (noticed) return attempt_ended(slot, Outcome::reset);
  lose(slot, calls[slot].from == Call::From::visit ? retransmission_timeout : forever);
}

void RequestPath::State::drain(ServerId id, std::function<void()> idle) {
  const Turn turn(*this);
  RequestServer& server = get(id);
  MUSTER_ASSERT(!server.draining, "a server drains once");
  server.draining = true;
  server.idle = std::move(idle);
  tell_if_idle(id.index);
}

void RequestPath::State::tell_if_idle(std::uint32_t index) {
  const RequestServer& server = *servers[index].server;
  if (!server.draining || !server.idle || !server.visits.empty()) return;
  drained.push_back({index, servers[index].generation});
}

ServerId RequestPath::add_server(int service, const ServerSpec& spec) {
  return state_->add(service, spec);
}

void RequestPath::kill_server(ServerId server, Death death) {
  state_->kill(server, death);
}

void RequestPath::drain_server(ServerId server, std::function<void()> idle) {
  state_->drain(server, std::move(idle));
}

bool RequestPath::alive(ServerId server) const {
  return state_->find(server) != nullptr;
}

bool RequestPath::listening(ServerId server) const {
  const RequestServer* found = state_->find(server);
  return found && !found->draining;
}

std::vector<ServerId> RequestPath::servers(int service) const {
  std::vector<ServerId> living;
  for (std::uint32_t i = 0; i < state_->servers.size(); ++i) {
    const State::ServerSlot& slot = state_->servers[i];
    if (slot.server && slot.server->service == service) living.push_back({i, slot.generation});
  }
  return living;
}

const ServerSpec& RequestPath::spec(ServerId server) const {
  return state_->get(server).spec;
}

const ServerCounters& RequestPath::counters(ServerId server) const {
  return state_->get(server).counters;
}

ServerUsage RequestPath::usage(ServerId server) const {
  const RequestServer& found = state_->get(server);
  const double cpu = found.cpu ? found.cpu->used_seconds() : found.cpu_seconds;
  ServerUsage usage{cpu, static_cast<std::int64_t>(found.working_set())};
  if (!found.cpu) return usage;
  usage.quota_periods = found.cpu->quota_periods();
  usage.throttled_periods = found.cpu->throttled_periods();
  usage.throttled_seconds = found.cpu->throttled_seconds();
  return usage;
}

BreakerState RequestPath::breaker(ServerId server, const std::string& policy, std::uint32_t process) const {
  RequestServer& found = state_->get(server);
  const auto& policies = state_->program.services[static_cast<std::size_t>(found.service)].policies;
  for (std::size_t i = 1; i < policies.size(); ++i)
    if (policies[i].name == policy)
      return found.policy(process, static_cast<std::uint16_t>(i)).breaker.state();
  return BreakerState::closed;
}

ServerLoad RequestPath::load(ServerId server) const {
  const RequestServer& found = state_->get(server);
  return {found.busy, found.waiting, static_cast<std::uint32_t>(found.visits.size()), found.processes};
}

}  // namespace muster
