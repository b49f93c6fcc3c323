// 300 scrapes (75 minutes, one per 15 s) of a system like the shipped one: three pods, three generations of
// ReplicaSets, through the real scraper into a series store.
#include <benchmark/benchmark.h>

#include "cluster_model/exporters/exposition.hpp"

namespace muster {
namespace {

ServiceProfile service_with_six_endpoints() {
  ServiceProfile service;
  service.name = service.kubernetes_service = "autonomous-dev";
  service.namespace_ = "autonomous-dev-prod";
  service.host = "autonomous-dev.example.com";
  service.probe_paths = {"/health/live", "/api/v1/status"};
  service.traffic = {270, 3000, 10s};
  for (const char* path : {"/api/v1/tasks", "/api/v1/tasks/{id}", "/api/v1/agents", "/api/v1/worktrees",
                           "/api/v1/status", "/health/live"}) {
    service.endpoints.push_back({"GET", path, "tasks", 1, {ServiceTime::Kind::lognormal, 50ms, 0.6}, 0});
  }
  return service;
}

Object named(const char* api_version, const char* kind, std::string name) {
  Object object;
  object.api_version = api_version;
  object.kind = kind;
  object.meta.name = std::move(name);
  object.meta.namespace_ = object.kind == "Node" ? "" : "autonomous-dev-prod";
  object.meta.uid = "3f0c8a52-7a7e-4d0e-9d55-" + object.meta.name;
  return object;
}

Object pod_of(const std::string& name, const std::string& ip) {
  Object object = named("v1", "Pod", name);
  Pod pod;
  Container container;
  container.name = "autonomous-dev";
  container.resources = {500, 2000, 1 << 30, 2ll << 30};
  pod.spec.containers = {container};
  pod.spec.node_name = "node-1";
  pod.status.phase = "Running";
  pod.status.pod_ip = ip;
  pod.status.conditions.push_back({"Ready", "True", "", "", {}, {}});
  ContainerStatus status;
  status.name = container.name;
  status.image = "registry.example.com/autonomous-dev:v1.2.3";
  status.state.phase = ContainerState::Phase::running;
  pod.status.containers = {status};
  object.body = pod;
  return object;
}

struct SmallSystem {
  SmallSystem() : path(engine, facts, {service_with_six_endpoints()}, 1) {
    profile.services.push_back(service_with_six_endpoints());
    EndpointSlice slice{"autonomous-dev", {}, {}};
    for (int i = 0; i < 3; ++i) {
      const std::string name = "autonomous-dev-6c9f7d5b44-x7k2" + std::to_string(i);
      const std::string ip = "10.244.1." + std::to_string(10 + i);
      (void)store.create(pod_of(name, ip)).value();
      slice.endpoints.push_back({name, ip, "node-1", true, true, false});
      servers.push_back(path.add_server(0, {name, 8, 128, 1, 0}));
      Object replica_set = named("apps/v1", "ReplicaSet", "autonomous-dev-" + std::to_string(i));
      replica_set.body = ReplicaSet{};
      (void)store.create(replica_set).value();
      Object node = named("v1", "Node", "node-" + std::to_string(i));
      node.body = Node{};
      node.as<Node>().conditions = {{"Ready", "True", "", "", {}, {}},
                                    {"MemoryPressure", "False", "", "", {}, {}}};
      (void)store.create(node).value();
    }
    Object slices = named("discovery.k8s.io/v1", "EndpointSlice", "autonomous-dev-abc");
    slices.body = slice;
    (void)store.create(slices).value();
    path.set_endpoints(0, servers);
  }

  Engine engine;
  NoFacts facts;
  RequestPath path;
  ObjectStore store;
  SystemProfile profile;
  std::vector<ServerId> servers;
};

void scrape_75_minutes(benchmark::State& state) {
  const SmallSystem system;
  std::size_t series_count = 0;
  for (auto _ : state) {
    SeriesStore series;
    Scraper scraper(series);
    for (std::int64_t at_ms = 15'000; at_ms <= 4'500'000; at_ms += 15'000) {
      scraper.scrape(scrape_targets({system.store, system.path, system.profile, Epoch{}}), at_ms);
    }
    series_count = series.series_count();
  }
  state.counters["series"] = static_cast<double>(series_count);
}
BENCHMARK(scrape_75_minutes)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace muster
