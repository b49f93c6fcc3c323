#include "telemetry/series_store.hpp"

#include <algorithm>
#include <bit>

#include "sim/assert.hpp"

namespace muster {

namespace {

constexpr std::uint64_t stale_bits = 0x7ff0000000000002ull;  // prometheus/prometheus model/value/value.go

}  // namespace

double stale_marker() {
  return std::bit_cast<double>(stale_bits);
}
bool is_stale_marker(double value) {
  return std::bit_cast<std::uint64_t>(value) == stale_bits;
}

SeriesId SeriesStore::intern(const Labels& labels) {
  if (const auto known = ids_.find(labels); known != ids_.end()) return known->second;
  MUSTER_ASSERT(std::is_sorted(labels.begin(), labels.end()), "labels are sorted by name");
  const auto id = static_cast<SeriesId>(series_.size());
  series_.push_back({labels, {}});
  ids_.emplace(labels, id);
  for (const auto& [name, value] : labels)
    if (name == "__name__") by_name_[value].push_back(id);
  return id;
}

void SeriesStore::append(SeriesId series, std::int64_t at_ms, double value) {
  std::vector<Sample>& samples = series_[series].samples;
  MUSTER_ASSERT(samples.empty() || samples.back().at_ms < at_ms, "samples come in order of time");
  samples.push_back({at_ms, value});
}

void SeriesStore::end(SeriesId series, std::int64_t at_ms) {
  const std::vector<Sample>& samples = series_[series].samples;
  if (samples.empty() || samples.back().at_ms >= at_ms || is_stale_marker(samples.back().value)) return;
  append(series, at_ms, stale_marker());
}

const std::vector<SeriesId>& SeriesStore::named(const std::string& metric) const {
  static const std::vector<SeriesId> none;
  const auto found = by_name_.find(metric);
  return found == by_name_.end() ? none : found->second;
}

std::vector<std::string> SeriesStore::metric_names() const {
  std::vector<std::string> names;
  for (const auto& [name, ids] : by_name_) names.push_back(name);
  return names;
}

}  // namespace muster
