// Memory of a serving process: what it holds, leaks and leaves to its collector.
#include <algorithm>

#include "cluster_model/traffic/request_path_state.hpp"

namespace muster {
namespace {

// Nearer than this to the limit the collector does nothing but collect; the stretch is bounded there.
constexpr double fullest = 0.99;

const MemoryProfile& profile_of(const RequestServer& server) {
  static const MemoryProfile none;
  return server.spec.app ? server.spec.app->memory : none;
}

}  // namespace

double RequestServer::working_set() const {
  const MemoryProfile& profile = profile_of(*this);
  return static_cast<double>(profile.base) +
         static_cast<double>(profile.per_worker) * static_cast<double>(workers) +
         static_cast<double>(profile.per_request) * static_cast<double>(visits.size()) + memory.leaked +
         memory.garbage;
}

double RequestServer::collector_factor() const {
  const double cost = profile_of(*this).collector_cost;
  if (cost <= 0 || spec.memory_limit_bytes <= 0) return 1;
  const double live = (working_set() - memory.garbage) / static_cast<double>(spec.memory_limit_bytes);
  const double full = std::clamp(live, 0.0, fullest);
  return 1 + cost * full / (1 - full);
}

void RequestServer::remember_reply() {
  if (spec.behaviour) memory.leaked += static_cast<double>(spec.behaviour->leak_per_request);
  const MemoryProfile& profile = profile_of(*this);
  if (profile.garbage_per_request <= 0) return;
  memory.garbage += static_cast<double>(profile.garbage_per_request);
  if (memory.garbage > static_cast<double>(profile.garbage_limit)) memory.garbage = 0;
}

void RequestPath::State::check_memory(std::uint32_t index) {
  RequestServer& server = *servers[index].server;
  if (server.spec.memory_limit_bytes <= 0 || server.memory.told) return;
  if (server.working_set() <= static_cast<double>(server.spec.memory_limit_bytes)) return;
  server.memory.told = true;
  out_of_memory.push_back({index, servers[index].generation});
}

void RequestPath::State::leak_on(ServerId id) {
  RequestServer* server = find(id);
  if (!server) return;
  const Turn turn(*this);
  server->memory.leaked += static_cast<double>(server->spec.behaviour->leak_per_second);
  check_memory(id.index);
  engine.schedule_in(1s, Lane::model, [this, id] { leak_on(id); });
}

}  // namespace muster
