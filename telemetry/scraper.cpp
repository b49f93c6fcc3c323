#include "telemetry/scraper.hpp"

#include <algorithm>

#include "sim/assert.hpp"

namespace muster {

namespace {

void set_label(Labels& labels, const std::string& name, const std::string& value) {
  const auto at =
      std::lower_bound(labels.begin(), labels.end(), name,
                       [](const auto& pair, const std::string& wanted) { return pair.first < wanted; });
  const bool present = at != labels.end() && at->first == name;
  if (present) {
    at->second = value;
  } else {
    labels.insert(at, {name, value});
  }
}

// An empty label is an absent one; the exporter's own labels win.
Labels full_labels(const ScrapeTarget& target, std::string_view metric, const Labels& given) {
  Labels labels;
  for (const auto& [name, value] : target.extra) set_label(labels, name, value);
  set_label(labels, "job", target.job);
  set_label(labels, "instance", target.instance);
  for (const auto& [name, value] : given) set_label(labels, name, value);
  set_label(labels, "__name__", std::string(metric));
  std::erase_if(labels, [](const auto& pair) { return pair.second.empty(); });
  return labels;
}

constexpr const char* report_names[] = {"up", "scrape_duration_seconds", "scrape_samples_scraped",
                                        "scrape_samples_post_metric_relabeling", "scrape_series_added"};

// How long a scrape takes. There is no model of it: a round trip in one zone and our estimate for writing and
// parsing a line of text; a target that does not answer refuses the connection at once.
constexpr double scrape_round_trip_seconds = 0.002, scrape_seconds_per_sample = 4e-6;

// Of two sorted lists: how many of `now` are not in `before`.
std::size_t added_to(const std::vector<SeriesId>& before, const std::vector<SeriesId>& now) {
  std::size_t added = 0;
  for (const SeriesId series : now)
    if (!std::binary_search(before.begin(), before.end(), series)) ++added;
  return added;
}

}  // namespace

// Collects one target's answer; nothing reaches the store before the target has answered in full.
class Scraper::Sink : public SampleSink {
 public:
  Sink(SeriesStore& store, const ScrapeTarget& target, std::vector<Told>& told)
      : store_(store), target_(target), before_(told) {}

  void sample(std::string_view metric, const Labels& labels, double value) override {
    if (!find_told(metric, labels))
      now_.push_back({std::string(metric), labels, store_.intern(full_labels(target_, metric, labels))});
    values_.push_back({now_.back().series, value});
  }

  std::vector<Told> take_told() { return std::move(now_); }
  const std::vector<std::pair<SeriesId, double>>& values() const { return values_; }

 private:
  // Series that have gone leave a gap in the order; so look a little ahead before giving up.
  bool find_told(std::string_view metric, const Labels& labels) {
    const std::size_t end = std::min(before_.size(), next_ + look_ahead);
    for (std::size_t i = next_; i < end; ++i) {
      if (before_[i].metric != metric || before_[i].given != labels) continue;
      now_.push_back(std::move(before_[i]));
      next_ = i + 1;
      return true;
    }
    return false;
  }

  static constexpr std::size_t look_ahead = 64;
  SeriesStore& store_;
  const ScrapeTarget& target_;
  std::vector<Told>& before_;
  std::size_t next_ = 0;
  std::vector<Told> now_;
  std::vector<std::pair<SeriesId, double>> values_;
};

// The series that have a sample now, sorted.
std::vector<SeriesId> Scraper::take(const Sink& sink, std::int64_t at_ms) {
  std::vector<SeriesId> live;
  live.reserve(sink.values().size());
  for (const auto& [series, value] : sink.values()) {
    if (!store_.empty(series) && store_.last(series).at_ms >= at_ms)
      continue;  // told twice: the first counts
    if (store_.append(series, at_ms, value)) live.push_back(series);
  }
  std::sort(live.begin(), live.end());
  return live;
}

void Scraper::write_report(const Target& known, bool answered, std::size_t told, std::size_t added,
                           std::int64_t at_ms) {
  const double samples = static_cast<double>(told);
  const double report[] = {answered ? 1.0 : 0.0,
                           scrape_round_trip_seconds + scrape_seconds_per_sample * samples, samples, samples,
                           static_cast<double>(added)};
  for (std::size_t i = 0; i < known.report.size(); ++i) store_.append(known.report[i], at_ms, report[i]);
}

void Scraper::scrape_known(const ScrapeTarget& target, Target& known, std::int64_t at_ms) {
  if (!known.report.empty() && known.extra != target.extra) {  // another pod has got this address
    end_all(known, at_ms);
    known = {};
    known.seen = true;
  }
  known.extra = target.extra;
  if (known.report.empty()) {
    for (const char* name : report_names)
      known.report.push_back(store_.intern(full_labels(target, name, {})));
  }
  Sink sink(store_, target, known.told);
  const bool answered = target.collect && target.collect(sink);
  known.told = sink.take_told();
  std::vector<SeriesId> live = answered ? take(sink, at_ms) : std::vector<SeriesId>();
  for (const SeriesId series : known.live)
    if (!std::binary_search(live.begin(), live.end(), series)) store_.end(series, at_ms);
  write_report(known, answered, answered ? sink.values().size() : 0, added_to(known.live, live), at_ms);
  known.live = std::move(live);
}

void Scraper::end_all(const Target& known, std::int64_t at_ms) {
  for (const SeriesId series : known.live) store_.end(series, at_ms);
  for (const SeriesId series : known.report) store_.end(series, at_ms);
}

void Scraper::scrape_one(const ScrapeTarget& target, std::int64_t at_ms) {
  scrape_known(target, known_[{target.job, target.instance}], at_ms);
}

void Scraper::forget(const std::string& job, const std::string& instance, std::int64_t at_ms) {
  const auto known = known_.find({job, instance});
  if (known == known_.end()) return;
  end_all(known->second, at_ms);
  known_.erase(known);
}

void Scraper::scrape(const std::vector<ScrapeTarget>& targets, std::int64_t at_ms) {
  for (auto& [name, target] : known_) target.seen = false;
  for (const ScrapeTarget& target : targets) {
    Target& known = known_[{target.job, target.instance}];
    MUSTER_ASSERT(!known.seen, "two targets of one scrape differ in job or instance");
    known.seen = true;
    scrape_known(target, known, at_ms);
  }
  for (auto known = known_.begin(); known != known_.end();) {
    if (!known->second.seen) end_all(known->second, at_ms);
    known = known->second.seen ? std::next(known) : known_.erase(known);
  }
}

}  // namespace muster
