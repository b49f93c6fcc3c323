#include "api/prom/stored_samples.hpp"

#include "telemetry/promql/window.hpp"

namespace muster::prom {

std::optional<Sample> newest_sample(const SeriesStore& store, SeriesId series, std::int64_t at_ms) {
  promql::NewestSample newest(store.packed(series));
  Sample sample;
  if (!newest.until(at_ms, sample)) return std::nullopt;
  return sample;
}

bool has_samples(const SeriesStore& store, SeriesId series, std::int64_t from_ms, std::int64_t to_ms) {
  const std::optional<Sample> newest = newest_sample(store, series, to_ms);
  return newest && newest->at_ms >= from_ms;
}

}  // namespace muster::prom
