// Processes that serve: they come, drain and die.
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

ServerId RequestPath::State::add(int service, const ServerSpec& spec) {
  MUSTER_ASSERT(service >= 0 && static_cast<std::size_t>(service) < services.size(), "no such service");
  if (free_servers.empty()) {
    free_servers.push_back(static_cast<std::uint32_t>(servers.size()));
    servers.emplace_back();
  }
  const std::uint32_t index = free_servers.back();
  free_servers.pop_back();
  const std::size_t endpoints = services[static_cast<std::size_t>(service)].endpoints.size();
  servers[index].server = std::make_unique<RequestServer>(service, spec, endpoints);
  const ServerId id{index, servers[index].generation};
  for (const auto& [name, backend] : backends) backend->server_started(id, spec);
  return id;
}

void RequestPath::State::kill(ServerId id, Death death) {
  if (!find(id)) return;
  const std::unique_ptr<RequestServer> dying = std::move(servers[id.index].server);
  ++servers[id.index].generation;
  free_servers.push_back(id.index);
  for (std::uint32_t slot : dying->working) {
    engine.cancel(requests[slot].completion);
    cut(slot);
  }
  while (!dying->queue.empty()) cut(dying->queue.pop());
  skip_finished_deadlines(services[static_cast<std::size_t>(dying->service)]);
  for (const auto& [name, backend] : backends) backend->server_gone(id, death);
}

void RequestPath::State::drain(ServerId id, std::function<void()> idle) {
  RequestServer& server = get(id);
  MUSTER_ASSERT(!server.draining, "a server drains once");
  server.draining = true;
  server.idle = std::move(idle);
  tell_if_idle(server);
}

void RequestPath::State::tell_if_idle(RequestServer& server) {
  if (!server.draining || !server.idle || server.in_flight() > 0) return;
  const std::function<void()> idle = std::move(server.idle);
  server.idle = nullptr;
  idle();
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

}  // namespace muster
