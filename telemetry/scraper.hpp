// Scraping: what exporters tell becomes series, with the series that Prometheus makes itself.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "telemetry/series_store.hpp"

namespace muster {

/// Something that answers scrapes. `collect` returns false if it does not answer (up = 0); what it told
/// before is dropped then. A label that the exporter gives itself wins over the target's own (Prometheus'
/// honor_labels).
struct ScrapeTarget {
  std::string job, instance;
  Labels extra;  ///< labels of the target itself (namespace, pod), besides job and instance
  std::function<bool(SampleSink&)> collect;
};

/// Scrapes targets: their samples, staleness markers for what has gone since a target's last scrape, and per
/// target `up`, `scrape_duration_seconds`, `scrape_samples_scraped`, `scrape_samples_post_metric_relabeling`
/// and `scrape_series_added` (prometheus/prometheus v2.42 scrape/scrape.go).
class Scraper {
 public:
  explicit Scraper(SeriesStore& store) : store_(store) {}
  /// One target.
  void scrape_one(const ScrapeTarget& target, std::int64_t at_ms);
  /// A target is no more: ends all its series.
  void forget(const std::string& job, const std::string& instance, std::int64_t at_ms);
  /// All targets there are at one moment; forgets those that are not among them.
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
    Labels extra;
    std::vector<Told> told;
    std::vector<SeriesId> live;    // series of the last scrape, sorted
    std::vector<SeriesId> report;  // what Prometheus says about the scrape: up and the others
    bool seen = false;             // in the scrape of all that is under way
  };
  void scrape_known(const ScrapeTarget& target, Target& known, std::int64_t at_ms);
  std::vector<SeriesId> take(const Sink& sink, std::int64_t at_ms);
  void write_report(const Target& known, bool answered, std::size_t told, std::size_t added,
                    std::int64_t at_ms);
  void end_all(const Target& known, std::int64_t at_ms);

  SeriesStore& store_;
  std::map<std::pair<std::string, std::string>, Target> known_;  // [job, instance]
};

}  // namespace muster
