// A large cluster rolls out: how long for the machine, how long in the cluster, how much memory.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <string>

#include "cluster_model/world.hpp"

namespace {

using namespace muster;

class Silence final : public FactSink {
 public:
  void record(SimTime, Fact) override {}
};

Object named(const char* api_version, const char* kind, std::string name) {
  Object object;
  object.api_version = api_version;
  object.kind = kind;
  object.meta.name = std::move(name);
  return object;
}

Object node(int number) {
  Object object = named("v1", "Node", "node-" + std::to_string(number));
  Node body;
  body.cpu_millis = 16'000;
  body.memory_bytes = std::int64_t{64} << 30;
  object.body = body;
  return object;
}

Object deployment(int replicas) {
  Object object = named("apps/v1", "Deployment", "web");
  object.meta.namespace_ = "prod";
  Container app;
  app.name = "app";
  app.image = "web:v1";
  app.resources.cpu_request = 250;
  app.resources.memory_request = std::int64_t{256} << 20;
  Probe probe;
  probe.path = "/";
  probe.port = "80";
  app.readiness = probe;
  PodTemplate pods;
  pods.labels = {{"app", "web"}};
  pods.spec.containers = {app};
  Deployment spec;
  spec.replicas = replicas;
  spec.selector = {{"app", "web"}};
  spec.pod_template = std::make_shared<const PodTemplate>(pods);
  object.body = spec;
  return object;
}

Object service() {
  Object object = named("v1", "Service", "web");
  object.meta.namespace_ = "prod";
  object.body = Service{{{"app", "web"}}, {{"http", "TCP", "80", 80}}, "", "", {}};
  return object;
}

SystemSpec cluster(int nodes, int pods) {
  SystemSpec system;
  ServiceProfile front;
  front.name = front.kubernetes_service = "web";
  front.namespace_ = "prod";
  front.traffic.requests_per_second = 1;
  EndpointProfile endpoint;
  endpoint.path = "/";
  front.endpoints = {endpoint};
  system.profile.services = {front};
  for (int i = 0; i < nodes; ++i) system.objects.push_back(node(i));
  system.objects.push_back(deployment(pods));
  system.objects.push_back(service());
  return system;
}

bool complete(const World& world, int pods) {
  const DeploymentStatus& status =
      world.objects().find(Kind::Deployment, "prod", "web")->as<Deployment>().status;
  return status.updated == pods && status.replicas == pods && status.available == pods;
}

double resident_megabytes() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_maxrss) / 1024;
}

/// The image changes; the time until every pod is new and ready. Arguments: nodes, pods.
void rollout(benchmark::State& state) {
  const int nodes = static_cast<int>(state.range(0)), pods = static_cast<int>(state.range(1));
  double virtual_seconds = 0;
  std::uint64_t events = 0;
  for (auto _ : state) {
    Engine engine;
    Silence silence;
    World world(engine, silence, cluster(nodes, pods), 1, Epoch{});
    engine.run_until(sim_start + 10s);
    Object next = *world.objects().find(Kind::Deployment, "prod", "web");
    PodTemplate changed = *next.as<Deployment>().pod_template;
    changed.spec.containers[0].image = "web:v2";
    next.as<Deployment>().pod_template = std::make_shared<const PodTemplate>(changed);
    if (!world.update(next, "bench")) return state.SkipWithError("refused");
    const SimTime begun = engine.now();
    for (int step = 0; step < 3600 && (step == 0 || !complete(world, pods)); ++step)
      engine.run_until(engine.now() + SimDuration(1s));
    if (!complete(world, pods)) return state.SkipWithError("the rollout did not complete within an hour");
    virtual_seconds = seconds_of(engine.now() - begun);
    events += engine.events_executed();
    world.check_invariants();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(events));
  state.counters["virtual_s"] = virtual_seconds;
  state.counters["peak_MB"] = resident_megabytes();
}
BENCHMARK(rollout)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1)
    ->ArgNames({"nodes", "pods"})
    ->Args({3, 3})
    ->Args({3, 30})
    ->Args({30, 300})
    ->Args({100, 1000})
    ->Args({500, 5000})
    ->Args({1000, 10000});

}  // namespace
