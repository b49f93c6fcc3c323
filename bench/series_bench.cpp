// The series store and PromQL over one hour of 1,000 series, one sample per 15 s: ten counters, each on 100
// pods. tools/promql_bench.sh asks a real Prometheus the same.
#include <benchmark/benchmark.h>

#include "sim/random.hpp"
#include "telemetry/promql/promql.hpp"
#include "telemetry/promql/query.hpp"
#include "telemetry/series_store.hpp"

namespace muster {
namespace {

constexpr int metrics = 10, pods = 100, samples = 241;
constexpr std::int64_t step_ms = 15'000, end_ms = (samples - 1) * step_ms;

std::vector<SeriesId> intern_all(SeriesStore& store) {
  std::vector<SeriesId> ids;
  for (int metric = 0; metric < metrics; ++metric)
    for (int pod = 0; pod < pods; ++pod)
      ids.push_back(store.intern({{"__name__", "metric_" + std::to_string(metric)},
                                  {"instance", "10.244.1." + std::to_string(pod) + ":8080"},
                                  {"job", "app"},
                                  {"namespace", "prod"},
                                  {"pod", "app-" + std::to_string(pod)}}));
  return ids;
}

void fill(SeriesStore& store) {
  const std::vector<SeriesId> ids = intern_all(store);
  RandomStream draw(1, "series", "bench");
  std::vector<double> values(ids.size());
  for (int i = 0; i < samples; ++i)
    for (std::size_t k = 0; k < ids.size(); ++k)
      store.append(ids[k], i * step_ms, values[k] += static_cast<double>(draw.next() % 50));
}

void ingest(benchmark::State& state) {
  double bytes = 0;
  for (auto _ : state) {
    SeriesStore store;
    fill(store);
    bytes = static_cast<double>(store.sample_bytes()) / static_cast<double>(store.sample_count());
  }
  state.SetItemsProcessed(state.iterations() * metrics * pods * samples);
  state.counters["bytes_per_sample"] = bytes;
}
BENCHMARK(ingest)->Unit(benchmark::kMillisecond);

const SeriesStore& hour() {
  static const SeriesStore store = [] {
    SeriesStore made;
    fill(made);
    return made;
  }();
  return store;
}

constexpr const char* queries[] = {"{job=\"app\"}", "sum by (pod) (rate(metric_1[5m]))",
                                   "metric_1", "histogram_quantile(0.9, rate(metric_2[5m]))",
                                   "max_over_time(metric_3[1h])"};

void instant_query(benchmark::State& state) {
  const auto tree = promql::parse(queries[state.range(0)]);
  for (auto _ : state)
    benchmark::DoNotOptimize(promql::evaluate_instant(**tree, hour(), end_ms, {}).value().series.size());
  state.SetLabel(queries[state.range(0)]);
}
BENCHMARK(instant_query)->DenseRange(0, 4)->Unit(benchmark::kMicrosecond);

void range_query(benchmark::State& state) {
  const auto tree = promql::parse(queries[state.range(0)]);
  for (auto _ : state)
    benchmark::DoNotOptimize(
        promql::evaluate_range(**tree, hour(), 0, end_ms, step_ms, {}).value().series.size());
  state.SetLabel(queries[state.range(0)]);
}
BENCHMARK(range_query)->DenseRange(0, 4)->Unit(benchmark::kMillisecond);

// One rule, evaluated every 15 s of the hour.
void rule_evaluation(benchmark::State& state) {
  const auto tree = promql::parse(
      "sum by (namespace) (rate(metric_1[5m])) / sum by (namespace) (rate(metric_2[5m])) > 0.1");
  for (auto _ : state) {
    promql::Query rule(*tree, {});
    for (std::int64_t at = 0; at <= end_ms; at += step_ms)
      benchmark::DoNotOptimize(rule.vector_at(hour(), at).value().size());
  }
  state.SetItemsProcessed(state.iterations() * samples);
}
BENCHMARK(rule_evaluation)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace muster
