#include "telemetry/series_store.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/assert.hpp"
#include "telemetry/label_hash.hpp"

namespace muster {

namespace {

// What a series costs besides its labels' text and its samples: nodes of the index, roughly.
constexpr std::size_t bytes_per_series = 256, bytes_per_label = 80;

std::size_t bytes_of(const Labels& labels) {
  std::size_t bytes = bytes_per_series;
  for (const auto& [name, value] : labels) bytes += bytes_per_label + name.size() + value.size();
  return bytes;
}

}  // namespace

SeriesId SeriesStore::intern(const Labels& labels) {
  const std::uint64_t hash = label_hash_of(labels);
  const auto [first, after] = ids_.equal_range(hash);
  for (auto known = first; known != after; ++known)
    if (series_[known->second].labels == labels) return known->second;
  MUSTER_ASSERT(std::is_sorted(labels.begin(), labels.end()), "labels are sorted by name");
  const auto id = static_cast<SeriesId>(series_.size());
  series_.push_back({labels, hash, {}});
  index(id);
  if (series_.size() > limits_.series && full_.empty()) full_ = fmt::format("{} series", limits_.series);
  count_bytes(bytes_of(labels));
  return id;
}

void SeriesStore::index(SeriesId id) {
  ids_.emplace(series_[id].hash, id);
  for (const auto& [name, value] : series_[id].labels) {
    Values& values = postings_[name];
    auto at = values.find(value);
    if (at == values.end()) at = values.emplace(value, std::vector<SeriesId>()).first;
    at->second.push_back(id);
  }
}

void SeriesStore::count_bytes(std::size_t bytes) {
  bytes_ += bytes;
  if (bytes_ > limits_.bytes && full_.empty())
    full_ = fmt::format("{} MiB of series", limits_.bytes / (1024 * 1024));
}

bool SeriesStore::append(SeriesId series, std::int64_t at_ms, double value) {
  if (!full_.empty()) return false;
  PackedSamples& samples = series_[series].samples;
  const std::size_t held = samples.bytes_held();
  samples.append({at_ms, value});
  ++sample_count_;
  count_bytes(samples.bytes_held() - held);
  return true;
}

void SeriesStore::end(SeriesId series, std::int64_t at_ms) {
  if (empty(series) || last(series).at_ms >= at_ms || is_stale_marker(last(series).value)) return;
  append(series, at_ms, stale_marker());
}

std::vector<Sample> SeriesStore::samples(SeriesId series) const {
  std::vector<Sample> all;
  all.reserve(packed(series).size());
  SampleReader reader(packed(series));
  for (Sample sample; reader.next(sample);) all.push_back(sample);
  return all;
}

const std::vector<SeriesId>& SeriesStore::having(std::string_view label, std::string_view value) const {
  static const std::vector<SeriesId> none;
  const auto values = postings_.find(label);
  if (values == postings_.end()) return none;
  const auto found = values->second.find(value);
  return found == values->second.end() ? none : found->second;
}

std::vector<std::string> SeriesStore::label_names() const {
  std::vector<std::string> names;
  for (const auto& [name, values] : postings_) names.push_back(name);
  return names;
}

std::vector<std::string> SeriesStore::label_values(std::string_view label) const {
  std::vector<std::string> names;
  const auto values = postings_.find(label);
  if (values == postings_.end()) return names;
  for (const auto& [value, ids] : values->second) names.push_back(value);
  return names;
}

std::size_t SeriesStore::sample_bytes() const {
  std::size_t bytes = 0;
  for (const Series& series : series_) bytes += series.samples.bytes_used();
  return bytes;
}

}  // namespace muster
