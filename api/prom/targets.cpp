// targets, scrape_pools, metadata, targets/metadata: who is scraped, and what they say their metrics mean.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "api/prom/call.hpp"
#include "api/prom/envelope.hpp"
#include "api/prom/matchers.hpp"
#include "api/prom/scrape_address.hpp"
#include "api/prom/stored_samples.hpp"
#include "cluster_model/exporters/metric_families.hpp"
#include "telemetry/promql/label_pool.hpp"
#include "telemetry/promql/literal.hpp"

namespace muster::prom {
namespace {

Labels labels_of(const ScrapeTarget& target) {
  Labels labels = target.extra;
  promql::set_label(labels, "job", target.job);
  promql::set_label(labels, "instance", target.instance);
  std::sort(labels.begin(), labels.end());
  return labels;
}

// The newest sample of a series that Prometheus itself makes for the target: up, scrape_duration_seconds.
std::optional<Sample> scrape_report(const Call& call, Labels labels, const char* metric) {
  promql::set_label(labels, "__name__", metric);
  const SeriesStore& store = call.view.series;
  for (const SeriesId series : store.named(metric)) {
    if (store.labels(series) != labels) continue;
    const auto sample = newest_sample(store, series, call.now_ms());
    if (sample && !is_stale_marker(sample->value)) return sample;
  }
  return std::nullopt;
}

std::string json_health(const Call& call, const ScrapeTarget& target, const ScrapeAddress& address) {
  const Labels labels = labels_of(target);
  const auto up = scrape_report(call, labels, "up");
  const auto took = scrape_report(call, labels, "scrape_duration_seconds");
  const bool down = up && up->value == 0;
  const std::string error =
      down ? fmt::format("Get \"{}\": dial tcp {}: connect: connection refused", address.url(), address.host)
           : "";
  const std::string last = up ? format_rfc3339(call.view.epoch, time_from_nanoseconds(up->at_ms * 1'000'000))
                              : "0001-01-01T00:00:00Z";
  return fmt::format("\"lastError\":{},\"lastScrape\":\"{}\",\"lastScrapeDuration\":{},\"health\":\"{}\"",
                     json_string(error), last, promql::format_plain(took ? took->value : 0),
                     !up ? "unknown" : (down ? "down" : "up"));
}

std::string json_target(const Call& call, const ScrapeTarget& target) {
  const ScrapeAddress address = scrape_address(target);
  const std::string interval = promql::format_duration_ms(call.options().subquery_step_ms);
  const Labels discovered{
      {"__address__", address.host},     {"__metrics_path__", address.path},     {"__scheme__", "http"},
      {"__scrape_interval__", interval}, {"__scrape_timeout__", scrape_timeout}, {"job", target.job}};
  return fmt::format(
      "{{\"discoveredLabels\":{},\"labels\":{},\"scrapePool\":{},\"scrapeUrl\":{},\"globalUrl\":{},{},"
      "\"scrapeInterval\":\"{}\",\"scrapeTimeout\":\"{}\"}}",
      json_labels(discovered), json_labels(labels_of(target)), json_string(target.job),
      json_string(address.url()), json_string(address.url()), json_health(call, target, address), interval,
      scrape_timeout);
}

std::string json_metadata(const MetricFamily& family) {
  return fmt::format("\"type\":\"{}\",\"help\":{},\"unit\":\"\"", to_string(family.type),
                     json_string(family.help));
}

using Families = std::set<const MetricFamily*>;

// The families that a target tells now, in the order of the table, which is by name.
class FamilySink final : public SampleSink {
 public:
  void sample(std::string_view metric, const Labels&, double) override {
    if (metric == last_) return;
    last_ = metric;
    if (const MetricFamily* family = metric_family_of(metric)) families_.insert(family);
  }
  const Families& families() const { return families_; }

 private:
  std::string last_;
  Families families_;
};

Families families_of(const ScrapeTarget& target, const std::string& only) {
  FamilySink sink;
  if (!target.collect || !target.collect(sink)) return {};
  Families families = sink.families();
  if (!only.empty()) std::erase_if(families, [&](const MetricFamily* one) { return one->name != only; });
  return families;
}

std::vector<ScrapeTarget> sorted_targets(const Call& call) {
  std::vector<ScrapeTarget> targets = call.targets();
  std::stable_sort(targets.begin(), targets.end(),
                   [](const ScrapeTarget& a, const ScrapeTarget& b) { return a.job < b.job; });
  return targets;
}

}  // namespace

Answer answer_targets(const Call& call) {
  const std::string& state = call.parameters.text("state");
  const std::string& pool = call.parameters.text("scrapePool");
  std::string active;
  if (state.empty() || state == "any" || state == "active") {
    for (const ScrapeTarget& target : sorted_targets(call)) {
      if (!pool.empty() && target.job != pool) continue;
      active += (active.empty() ? "" : ",") + json_target(call, target);
    }
  }
  return success("{\"activeTargets\":[" + active + "],\"droppedTargets\":[]}");
}

Answer answer_scrape_pools(const Call& call) {
  std::set<std::string> pools;
  for (const ScrapeTarget& target : call.targets()) pools.insert(target.job);
  return success("{\"scrapePools\":" + json_strings({pools.begin(), pools.end()}) + "}");
}

Answer answer_metadata(const Call& call) {
  const auto limit = call.parameters.limit();
  if (!limit) return bad_data(limit.error().message);
  Families families;
  for (const ScrapeTarget& target : call.targets())
    families.merge(families_of(target, call.parameters.text("metric")));
  std::string list;
  std::int64_t left = *limit < 0 ? static_cast<std::int64_t>(families.size()) : *limit;
  for (const MetricFamily* family : families) {
    if (left-- <= 0) break;
    list += list.empty() ? "" : ",";
    list += fmt::format("{}:[{{{}}}]", json_string(family->name), json_metadata(*family));
  }
  return success("{" + list + "}");
}

Answer answer_target_metadata(const Call& call) {
  const auto limit = call.parameters.limit();
  if (!limit) return bad_data(limit.error().message);
  const std::string& match = call.parameters.text("match_target");
  const auto selector = promql::parse_metric_selector(match.empty() ? "{}" : match);
  if (!selector) return bad_parameter("match_target", selector.error().message);
  const std::string& metric = call.parameters.text("metric");
  std::string list;
  std::int64_t left = *limit < 0 ? latest_ms : *limit;
  for (const ScrapeTarget& target : sorted_targets(call)) {
    const Labels labels = labels_of(target);
    if (!matches(*selector, labels)) continue;
    for (const MetricFamily* family : families_of(target, metric)) {
      if (left-- <= 0) break;
      const std::string name = metric.empty() ? fmt::format("\"metric\":{},", json_string(family->name)) : "";
      list += list.empty() ? "" : ",";
      list += fmt::format("{{\"target\":{},{}{}}}", json_labels(labels), name, json_metadata(*family));
    }
  }
  return success("[" + list + "]");
}

}  // namespace muster::prom
