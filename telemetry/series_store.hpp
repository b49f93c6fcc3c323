// The series of one drill in virtual time, as a Prometheus would have recorded them: packed samples with
// staleness markers and millisecond timestamps, found by label.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/time.hpp"
#include "telemetry/sample.hpp"
#include "telemetry/sample_codec.hpp"
#include "telemetry/sample_sink.hpp"

namespace muster {

using SeriesId = std::uint32_t;

/// What a store may take up. At the first of them it is full: it keeps what it has and takes nothing more.
struct StoreLimits {
  std::size_t series = 1'000'000;
  std::size_t bytes = std::size_t{512} << 20;  ///< labels, their index and samples
};

class SeriesStore {
 public:
  explicit SeriesStore(StoreLimits limits = {}) : limits_(limits) {}

  /// The id of this label set ("__name__" included), new or known.
  SeriesId intern(const Labels& labels);
  /// Appends; `at_ms` must be later than the series' last sample. False: the store is full.
  bool append(SeriesId series, std::int64_t at_ms, double value);
  /// Marks the end of a series that is not ended yet; nothing if it has a sample at or after `at_ms`.
  void end(SeriesId series, std::int64_t at_ms);
  /// Empty, or which limit has been reached: "512 MiB of series".
  const std::string& full() const { return full_; }

  std::size_t series_count() const { return series_.size(); }
  /// References stay valid for the life of the store.
  const Labels& labels(SeriesId series) const { return series_[series].labels; }
  /// Equal for equal label sets (label_hash.hpp).
  std::uint64_t label_hash(SeriesId series) const { return series_[series].hash; }
  const PackedSamples& packed(SeriesId series) const { return series_[series].samples; }
  /// All samples, unpacked: for exports and tests. Queries read through SampleReader.
  std::vector<Sample> samples(SeriesId series) const;
  bool empty(SeriesId series) const { return packed(series).empty(); }
  /// The newest sample, perhaps a staleness marker. The series is not empty.
  Sample last(SeriesId series) const { return packed(series).back(); }

  /// Ids with this metric name, ascending.
  const std::vector<SeriesId>& named(std::string_view metric) const { return having("__name__", metric); }
  /// Ids with this label, ascending.
  const std::vector<SeriesId>& having(std::string_view label, std::string_view value) const;
  /// All metric names, sorted.
  std::vector<std::string> metric_names() const { return label_values("__name__"); }
  /// All label names ("__name__" too), sorted.
  std::vector<std::string> label_names() const;
  /// All values of one label, sorted.
  std::vector<std::string> label_values(std::string_view label) const;

  /// Samples taken so far, and the bytes that hold them with their index.
  std::uint64_t sample_count() const { return sample_count_; }
  std::size_t sample_bytes() const;
  /// Bytes of everything, as far as the limit counts them.
  std::size_t bytes() const { return bytes_; }

 private:
  struct Series {
    Labels labels;
    std::uint64_t hash;
    PackedSamples samples;
  };
  using Values = std::map<std::string, std::vector<SeriesId>, std::less<>>;
  void index(SeriesId id);
  void count_bytes(std::size_t bytes);

  StoreLimits limits_;
  std::string full_;
  std::deque<Series> series_;                            // [SeriesId]
  std::multimap<std::uint64_t, SeriesId> ids_;           // by a hash of the labels
  std::map<std::string, Values, std::less<>> postings_;  // [label name][value]
  std::uint64_t sample_count_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace muster
