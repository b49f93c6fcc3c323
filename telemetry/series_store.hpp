// The series of one drill in virtual time, as a Prometheus would have recorded them: 15 s scrapes, staleness
// markers when a series or a target goes away, millisecond timestamps.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "sim/time.hpp"
#include "telemetry/sample_sink.hpp"

namespace muster {

struct Sample {
  std::int64_t at_ms = 0;  ///< virtual time in milliseconds since the drill began
  double value = 0;
};

/// The bits Prometheus writes where a series ended (model/value: StaleNaN).
double stale_marker();
bool is_stale_marker(double value);

using SeriesId = std::uint32_t;

class SeriesStore {
 public:
  /// The id of this label set ("__name__" included), new or known.
  SeriesId intern(const Labels& labels);
  /// Appends; `at_ms` must be later than the series' last sample.
  void append(SeriesId series, std::int64_t at_ms, double value);

  std::size_t series_count() const { return series_.size(); }
  const Labels& labels(SeriesId series) const { return series_[series].labels; }
  const std::vector<Sample>& samples(SeriesId series) const { return series_[series].samples; }
  /// Ids with this metric name, ascending.
  const std::vector<SeriesId>& named(const std::string& metric) const;

 private:
  struct Series {
    Labels labels;
    std::vector<Sample> samples;
  };
  std::vector<Series> series_;                         // [SeriesId]
  std::map<Labels, SeriesId> ids_;
  std::map<std::string, std::vector<SeriesId>> by_name_;
};

/// Something that answers scrapes. `collect` returns false if it does not answer (up = 0).
struct ScrapeTarget {
  std::string job, instance;
  Labels extra;  ///< labels of the target itself (namespace, pod), besides job and instance
  std::function<bool(SampleSink&)> collect;
};

/// Scrapes all targets at one moment: up, the samples, staleness markers for what has gone since the last scrape.
class Scraper {
 public:
  explicit Scraper(SeriesStore& store) : store_(store) {}
  void scrape(const std::vector<ScrapeTarget>& targets, std::int64_t at_ms);

 private:
  SeriesStore& store_;
  std::map<std::pair<std::string, std::string>, std::vector<SeriesId>> last_;  // [job, instance] -> live series, sorted
};

}  // namespace muster
