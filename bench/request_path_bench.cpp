// The request path alone, facts included, journal excluded: 75 virtual minutes of the shipped drill's
// traffic; cost against the rate and against the number of pods; what the steps of a real endpoint cost.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "cluster_model/traffic/request_path.hpp"

namespace muster {
namespace {

ServiceProfile drill_traffic(double rate) {
  ServiceProfile service;
  service.name = "api";
  service.traffic.requests_per_second = rate;
  service.traffic.users = 3000;
  for (const char* path : {"/tasks", "/tasks/{id}", "/agents", "/worktrees", "/status", "/health/live"}) {
    service.endpoints.push_back({"GET", path, "tasks", 1, {ServiceTime::Kind::lognormal, 50ms, 0.6}, 0});
  }
  return service;
}

struct Work {
  std::uint64_t requests = 0, events = 0;
  void report(benchmark::State& state) const {
    using benchmark::Counter;
    state.counters["requests/s"] = Counter(static_cast<double>(requests), Counter::kIsRate);
    state.counters["events/s"] = Counter(static_cast<double>(events), Counter::kIsRate);
    rusage use{};
    getrusage(RUSAGE_SELF, &use);
    state.counters["peak_MB"] = static_cast<double>(use.ru_maxrss) / 1024;
  }
};

void run(const std::vector<ServiceProfile>& services, int pods, int workers, SimDuration length, Work& work) {
  Engine engine;
  NoFacts facts;
  RequestPath path(engine, facts, services, 1);
  for (int service = 0; service < static_cast<int>(services.size()); ++service) {
    std::vector<ServerId> targets;
    for (int i = 0; i < pods; ++i) targets.push_back(path.add_server(service, {"pod", workers, 128, 1, 0}));
    path.set_endpoints(service, targets);
  }
  path.start();
  engine.run_until(SimTime{length});
  work.requests += path.requests_begun();
  work.events += engine.events_executed();
}

void drill_75_minutes(benchmark::State& state) {
  Work work;
  for (auto _ : state) run({drill_traffic(270)}, 3, 8, 75min, work);
  work.report(state);
}
BENCHMARK(drill_75_minutes)->Unit(benchmark::kMillisecond);

/// A million requests at each rate; pods for half of the workers to be busy.
void rate(benchmark::State& state) {
  Work work;
  const auto per_second = static_cast<double>(state.range(0));
  const int pods = std::max(1, static_cast<int>(per_second * 0.05 / (0.5 * 8)));
  for (auto _ : state)
    run({drill_traffic(per_second)}, pods, 8, duration_from_seconds(1e6 / per_second), work);
  work.report(state);
}
BENCHMARK(rate)->Arg(50)->Arg(270)->Arg(1000)->Arg(5000)->Unit(benchmark::kMillisecond);

void pods(benchmark::State& state) {
  Work work;
  for (auto _ : state) run({drill_traffic(1000)}, static_cast<int>(state.range(0)), 40, 1000s, work);
  work.report(state);
}
BENCHMARK(pods)->Arg(3)->Arg(50)->Arg(500)->Arg(5000)->Unit(benchmark::kMillisecond);

/// What users ask calls two others, one after the other, behind a cache.
void three_services(benchmark::State& state) {
  std::vector<ServiceProfile> services{drill_traffic(270), drill_traffic(0), drill_traffic(0)};
  services[1].name = "auth";
  services[2].name = "stock";
  for (EndpointProfile& endpoint : services[0].endpoints) {
    Step work, auth, cache, stock;
    work.time = {ServiceTime::Kind::lognormal, 10ms, 0.6};
    auth.kind = stock.kind = Step::Kind::call;
    auth.target = "auth";
    stock.target = "stock";
    auth.operation = stock.operation = "GET /tasks";
    cache.kind = Step::Kind::cache;
    cache.cache = {"items", 0.8, 1000};
    cache.steps = {stock};
    endpoint.steps = {work, auth, cache, work};
  }
  Work work;
  for (auto _ : state) run(services, 3, 20, 75min, work);
  work.report(state);
}
BENCHMARK(three_services)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace muster
