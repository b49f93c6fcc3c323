#include "api/prom/stored_samples.hpp"

#include <algorithm>

namespace muster::prom {

std::optional<Sample> newest_sample(const SeriesStore& store, SeriesId series, std::int64_t at_ms) {
  const auto& samples = store.samples(series);
  const auto after =
      std::upper_bound(samples.begin(), samples.end(), at_ms,
                       [](std::int64_t at, const Sample& sample) { return at < sample.at_ms; });
  if (after == samples.begin()) return std::nullopt;
  return *(after - 1);
}

bool has_samples(const SeriesStore& store, SeriesId series, std::int64_t from_ms, std::int64_t to_ms) {
  const std::optional<Sample> newest = newest_sample(store, series, to_ms);
  return newest && newest->at_ms >= from_ms;
}

}  // namespace muster::prom
