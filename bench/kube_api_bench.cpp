// Requests of the Kubernetes API per second, in process: through the Router of a live bad-deploy drill whose
// clock stands still. Every write goes through defaults, validation, managed fields, the store and its
// followers.
#include <benchmark/benchmark.h>

#include <string>

#include "drill/live_drill.hpp"

namespace {

using namespace muster;

const std::string space = "/api/v1/namespaces/autonomous-dev-prod/";
const std::string deployment = "/apis/apps/v1/namespaces/autonomous-dev-prod/deployments/autonomous-dev";
constexpr const char* table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
constexpr const char* merge = "application/merge-patch+json";
constexpr const char* strategic = "application/strategic-merge-patch+json";
constexpr const char* apply_type = "application/apply-patch+yaml";

std::unique_ptr<LiveDrill> drill_at(SimDuration at) {
  auto drill = LiveDrill::load({std::string(MUSTER_SOURCE_DIR) + "/scenarios/library/bad-deploy.yaml", 1, {}},
                               Epoch{1'700'000'000});
  if (!drill) return nullptr;
  (*drill)->advance_to(sim_start + at);
  return std::move(*drill);
}

/// One kind of request again and again; the body may count.
template <class MakeRequest>
void ask(benchmark::State& state, MakeRequest make) {
  const auto drill = drill_at(5min);
  if (!drill) return state.SkipWithError("the scenario does not load");
  std::uint64_t number = 0;
  std::size_t bytes = 0;
  for (auto _ : state) {
    const Answer answer = drill->submit(make(++number));
    if (!answer.ok()) return state.SkipWithError(answer.body.c_str());
    bytes += answer.body.size();
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["bytes"] =
      benchmark::Counter(static_cast<double>(bytes), benchmark::Counter::kAvgIterations);
}

void get_deployment(benchmark::State& state) {
  ask(state, [](std::uint64_t) { return Request{"r", "GET", deployment, "", ""}; });
}
BENCHMARK(get_deployment);

void list_six_pods(benchmark::State& state) {
  ask(state, [](std::uint64_t) { return Request{"r", "GET", space + "pods", "", ""}; });
}
BENCHMARK(list_six_pods);

void table_of_six_pods(benchmark::State& state) {
  ask(state, [](std::uint64_t) { return Request{"r", "GET", space + "pods?limit=500", "", "", table}; });
}
BENCHMARK(table_of_six_pods);

void merge_patch(benchmark::State& state) {
  ask(state, [](std::uint64_t n) {
    return Request{"r", "PATCH", space + "configmaps/autonomous-dev-config", merge,
                   R"({"data":{"N":")" + std::to_string(n) + "\"}}"};
  });
}
BENCHMARK(merge_patch);

void strategic_patch_of_a_deployment(benchmark::State& state) {
  ask(state, [](std::uint64_t n) {
    return Request{"r", "PATCH", deployment + "?fieldManager=kubectl-annotate", strategic,
                   R"({"metadata":{"annotations":{"n":")" + std::to_string(n) + "\"}}}"};
  });
}
BENCHMARK(strategic_patch_of_a_deployment);

void server_side_apply(benchmark::State& state) {
  ask(state, [](std::uint64_t n) {
    return Request{"r", "PATCH", space + "configmaps/mine?fieldManager=kubectl", apply_type,
                   R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"mine"},"data":{"N":")" +
                       std::to_string(n) + "\"}}"};
  });
}
BENCHMARK(server_side_apply);

void dry_run(benchmark::State& state) {
  ask(state, [](std::uint64_t) {
    return Request{"r", "PATCH", space + "configmaps/autonomous-dev-config?dryRun=All", merge,
                   R"({"data":{"N":"1"}})"};
  });
}
BENCHMARK(dry_run);

void create(benchmark::State& state) {
  ask(state, [](std::uint64_t n) {
    return Request{"r", "POST", space + "configmaps", "application/json",
                   R"({"metadata":{"name":"m)" + std::to_string(n) + R"("},"data":{"A":"1"}})"};
  });
}
BENCHMARK(create)->Iterations(5'000);

// The event of a changed ConfigMap, for a watcher of all of them; the change itself is not counted. Items are
// events.
void watch_event(benchmark::State& state) {
  const auto drill = drill_at(5min);
  if (!drill) return state.SkipWithError("the scenario does not load");
  const auto watch = drill->submit({"r", "GET", space + "configmaps?watch=1", "", ""}).stream;
  (void)watch->take();
  std::uint64_t number = 0, events = 0;
  for (auto _ : state) {
    state.PauseTiming();
    (void)drill->submit({"r", "PATCH", space + "configmaps/autonomous-dev-config", merge,
                         R"({"data":{"N":")" + std::to_string(++number) + "\"}}"});
    state.ResumeTiming();
    events += watch->take().size();
  }
  if (events != number) state.SkipWithError("not one event for each change");
  state.SetItemsProcessed(static_cast<std::int64_t>(events));
}
BENCHMARK(watch_event);

}  // namespace
