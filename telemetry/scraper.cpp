#include <algorithm>

#include "sim/assert.hpp"
#include "telemetry/series_store.hpp"

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

void Scraper::scrape_one(const ScrapeTarget& target, Target& known, std::int64_t at_ms) {
  MUSTER_ASSERT(!known.seen, "two targets of one scrape differ in job or instance");
  if (known.live.empty()) known.up = store_.intern(full_labels(target, "up", {}));
  known.seen = true;
  Sink sink(store_, target, known.told);
  const bool answered = target.collect && target.collect(sink);
  known.told = sink.take_told();
  std::vector<SeriesId> live;
  if (answered) {
    for (const auto& [series, value] : sink.values()) {
      const auto& samples = store_.samples(series);
      if (!samples.empty() && samples.back().at_ms >= at_ms) continue;  // told twice: the first counts
      store_.append(series, at_ms, value);
      live.push_back(series);
    }
  }
  std::sort(live.begin(), live.end());
  for (const SeriesId series : known.live)
    if (!std::binary_search(live.begin(), live.end(), series)) store_.end(series, at_ms);
  known.live = std::move(live);
  store_.append(known.up, at_ms, answered ? 1 : 0);
}

void Scraper::scrape(const std::vector<ScrapeTarget>& targets, std::int64_t at_ms) {
  for (auto& [name, target] : known_) target.seen = false;
  for (const ScrapeTarget& target : targets) scrape_one(target, known_[{target.job, target.instance}], at_ms);
  for (auto known = known_.begin(); known != known_.end();) {
    if (known->second.seen) {
      ++known;
      continue;
    }
    for (const SeriesId series : known->second.live) store_.end(series, at_ms);
    store_.end(known->second.up, at_ms);
    known = known_.erase(known);
  }
}

}  // namespace muster
