// The request path alone: 75 virtual minutes of the shipped drill's traffic, facts included, journal
// excluded.
#include <benchmark/benchmark.h>

#include "cluster_model/traffic/request_path.hpp"

namespace muster {
namespace {

ServiceProfile drill_traffic() {
  ServiceProfile service;
  service.name = "api";
  service.traffic = {270, 3000, 10s};
  for (const char* path : {"/tasks", "/tasks/{id}", "/agents", "/worktrees", "/status", "/health/live"}) {
    service.endpoints.push_back({"GET", path, "tasks", 1, {ServiceTime::Kind::lognormal, 50ms, 0.6}, 0});
  }
  return service;
}

void drill_75_minutes(benchmark::State& state) {
  std::uint64_t requests = 0, events = 0;
  for (auto _ : state) {
    Engine engine;
    NoFacts facts;
    RequestPath path(engine, facts, {drill_traffic()}, 1);
    std::vector<ServerId> pods;
    for (const char* pod : {"api-0", "api-1", "api-2"})
      pods.push_back(path.add_server(0, {pod, 8, 128, 1, 0}));
    path.set_endpoints(0, pods);
    path.start();
    engine.run_until(SimTime{75min});
    requests += path.requests_begun();
    events += engine.events_executed();
  }
  state.counters["requests/s"] =
      benchmark::Counter(static_cast<double>(requests), benchmark::Counter::kIsRate);
  state.counters["events/s"] = benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate);
}
BENCHMARK(drill_75_minutes)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace muster
