// The series store and PromQL over one hour of 1,000 series, one sample per 15 s: ten counters, each on 100
// pods. bench/prometheus.py asks a real Prometheus the same.
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

constexpr const char* queries[] = {"{job=\"app\"}",
                                   "sum by (pod) (rate(metric_1[5m]))",
                                   "metric_1",
                                   "histogram_quantile(0.9, rate(metric_2[5m]))",
                                   "max_over_time(metric_3[1h])",
                                   "max_over_time(rate(metric_6[5m])[10m:1m])"};

void instant_query(benchmark::State& state) {
  const auto tree = promql::parse(queries[state.range(0)]);
  for (auto _ : state)
    benchmark::DoNotOptimize(promql::evaluate_instant(**tree, hour(), end_ms, {}).value().series.size());
  state.SetLabel(queries[state.range(0)]);
}
BENCHMARK(instant_query)->DenseRange(0, 5)->Unit(benchmark::kMicrosecond);

void range_query(benchmark::State& state) {
  const auto tree = promql::parse(queries[state.range(0)]);
  for (auto _ : state)
    benchmark::DoNotOptimize(
        promql::evaluate_range(**tree, hour(), 0, end_ms, step_ms, {}).value().series.size());
  state.SetLabel(queries[state.range(0)]);
}
BENCHMARK(range_query)->DenseRange(0, 5)->Unit(benchmark::kMillisecond);

constexpr const char* rules[] = {
    "sum by (namespace) (rate(metric_1[5m])) / sum by (namespace) (rate(metric_2[5m])) > 0.1",
    "rate(metric_1[5m])",
    "sum(metric_1)",
    "max_over_time(metric_3[1h]) > 1e9",
};

// One rule's expression, evaluated at the last moment of the hour again and again as the rule engine does:
// with one Query that remembers what its selectors match.
void rule_evaluation(benchmark::State& state) {
  promql::Query rule(*promql::parse(rules[state.range(0)]), {});
  std::int64_t at = end_ms - 600 * 1000;
  for (auto _ : state) {
    benchmark::DoNotOptimize(rule.vector_at(hour(), at).value().size());
    at = at < end_ms ? at + 1000 : end_ms - 600 * 1000;
  }
  state.SetLabel(rules[state.range(0)]);
}
BENCHMARK(rule_evaluation)->DenseRange(0, 3)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace muster
