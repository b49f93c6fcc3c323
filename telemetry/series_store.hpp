// The series of one drill in virtual time, as a Prometheus would have recorded them: 15 s scrapes, staleness
// markers when a series or a target goes away, millisecond timestamps.
#pragma once

#include <cstdint>
#include <deque>
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
  /// Marks the end of a series that is not ended yet; nothing if it has a sample at or after `at_ms`.
  void end(SeriesId series, std::int64_t at_ms);

  std::size_t series_count() const { return series_.size(); }
  /// References stay valid for the life of the store.
  const Labels& labels(SeriesId series) const { return series_[series].labels; }
  const std::vector<Sample>& samples(SeriesId series) const { return series_[series].samples; }
  /// Ids with this metric name, ascending.
  const std::vector<SeriesId>& named(const std::string& metric) const;
  /// All metric names, sorted.
  std::vector<std::string> metric_names() const;

 private:
  struct Series {
    Labels labels;
    std::vector<Sample> samples;
  };
  std::deque<Series> series_;  // [SeriesId]
  std::map<Labels, SeriesId> ids_;
  std::map<std::string, std::vector<SeriesId>> by_name_;
};

/// Something that answers scrapes. `collect` returns false if it does not answer (up = 0); what it told
/// before is dropped then. A label that the exporter gives itself wins over the target's own (Prometheus'
/// honor_labels).
struct ScrapeTarget {
  std::string job, instance;
  Labels extra;  ///< labels of the target itself (namespace, pod), besides job and instance
  std::function<bool(SampleSink&)> collect;
};

/// Scrapes all targets at one moment: up, the samples, staleness markers for what has gone since the last
/// scrape.
class Scraper {
 public:
  explicit Scraper(SeriesStore& store) : store_(store) {}
  void scrape(const std::vector<ScrapeTarget>& targets, std::int64_t at_ms);

 private:
  class Sink;
  // What an exporter called its series at the last scrape. It mostly tells the same ones in the same order,
  // so that a comparison replaces building and looking up a label set.
  struct Told {
    std::string metric;
    Labels given;
    SeriesId series = 0;
  };
  struct Target {
    std::vector<Told> told;
    std::vector<SeriesId> live;  // series of the last scrape, sorted
    SeriesId up = 0;
    bool seen = false;  // in the scrape under way
  };
  void scrape_one(const ScrapeTarget& target, Target& known, std::int64_t at_ms);

  SeriesStore& store_;
  std::map<std::pair<std::string, std::string>, Target> known_;  // [job, instance]
};

}  // namespace muster
