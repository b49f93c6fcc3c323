// status/*, version, ready, healthy: what the server says of itself.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "api/prom/call.hpp"
#include "api/prom/envelope.hpp"
#include "api/prom/scrape_address.hpp"
#include "telemetry/promql/literal.hpp"

namespace muster::prom {
namespace {

// The version whose behaviour this is; clients choose features by it.
constexpr const char* build_info =
    R"({"version":"2.42.0","revision":"muster","branch":"HEAD","buildUser":"muster","buildDate":"","goVersion":""})";

constexpr const char* retention = "15d";  // Prometheus' default (storage.tsdb.retention.time)
constexpr std::size_t top_entries = 10;   // of each list of status/tsdb (its default limit)

std::string interval_of(const Call& call) {
  return promql::format_duration_ms(call.options().subquery_step_ms);
}

// A configuration that would scrape these targets and load these rules.
std::string config_of(const Call& call) {
  std::string yaml =
      fmt::format("global:\n  scrape_interval: {0}\n  scrape_timeout: {1}\n  evaluation_interval: {0}\n",
                  interval_of(call), scrape_timeout);
  std::set<std::string> files;
  for (const RuleGroup& group : call.view.alerts.groups()) files.insert(group.file);
  if (!files.empty()) yaml += "rule_files:\n";
  for (const std::string& file : files) yaml += "- " + file + "\n";
  std::map<std::string, std::vector<ScrapeTarget>> jobs;
  for (ScrapeTarget& target : call.targets()) jobs[target.job].push_back(std::move(target));
  if (!jobs.empty()) yaml += "scrape_configs:\n";
  for (const auto& [job, targets] : jobs) {
    yaml += fmt::format("- job_name: {}\n  honor_labels: true\n  metrics_path: {}\n  static_configs:\n", job,
                        scrape_address(targets.front()).path);
    yaml += "  - targets:\n";
    for (const ScrapeTarget& target : targets) yaml += "    - " + target.instance + "\n";
  }
  return yaml;
}

using Counts = std::map<std::string, std::size_t>;

// [{"name":..,"value":..}], greatest first.
std::string json_top(const Counts& counts) {
  std::vector<std::pair<std::string, std::size_t>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  if (sorted.size() > top_entries) sorted.resize(top_entries);
  std::string list;
  for (const auto& [name, value] : sorted) {
    list += list.empty() ? "" : ",";
    list += fmt::format("{{\"name\":{},\"value\":{}}}", json_string(name), value);
  }
  return "[" + list + "]";
}

struct LabelStatistics {
  Counts series_by_metric, values_by_label, bytes_by_label, series_by_pair;
  std::size_t pairs = 0;
};

LabelStatistics label_statistics(const SeriesStore& store) {
  LabelStatistics found;
  for (SeriesId series = 0; series < store.series_count(); ++series) {
    for (const auto& [name, value] : store.labels(series)) {
      if (name == "__name__") ++found.series_by_metric[value];
      if (found.series_by_pair[name + "=" + value]++ > 0) continue;
      ++found.pairs;
      ++found.values_by_label[name];
      found.bytes_by_label[name] += value.size();
    }
  }
  return found;
}

Answer plain(const char* text) {
  return {200, "text/plain; charset=utf-8", text, {}, nullptr};
}

}  // namespace

Answer answer_build_info(const Call&) {
  return success(build_info);
}

// Number of threads and collections of garbage are the machine's; these are those of the one simulated.
Answer answer_runtime_info(const Call& call) {
  const std::string start = format_rfc3339(call.view.epoch, sim_start);
  return success(fmt::format(
      R"({{"startTime":"{0}","CWD":"/prometheus","reloadConfigSuccess":true,"lastConfigTime":"{0}",)"
      R"("corruptionCount":0,"goroutineCount":1,"GOMAXPROCS":1,"GOGC":"","GODEBUG":"","storageRetention":"{1}"}})",
      start, retention));
}

Answer answer_config(const Call& call) {
  return success("{\"yaml\":" + json_string(config_of(call)) + "}");
}

// The flags that mean something here, under Prometheus' names.
Answer answer_flags(const Call& call) {
  const promql::Options options = call.options();
  const std::map<std::string, std::string> flags{
      {"config.file", "/etc/prometheus/prometheus.yml"},
      {"enable-feature", ""},
      {"query.lookback-delta", promql::format_duration_ms(options.lookback_ms)},
      {"query.max-concurrency", "20"},
      {"query.max-samples", std::to_string(options.max_samples)},
      {"query.timeout", "2m"},
      {"storage.tsdb.retention.time", retention},
      {"web.cors.origin", ".*"},
      {"web.enable-admin-api", "false"},
      {"web.enable-lifecycle", "false"},
      {"web.enable-remote-write-receiver", "false"},
      {"web.route-prefix", "/"}};
  return success(json_labels({flags.begin(), flags.end()}));
}

Answer answer_tsdb(const Call& call) {
  const SeriesStore& store = call.view.series;
  const LabelStatistics found = label_statistics(store);
  return success(fmt::format(
      R"({{"headStats":{{"numSeries":{0},"numLabelPairs":{1},"chunkCount":{0},"minTime":{2},"maxTime":{3}}},)"
      R"("seriesCountByMetricName":{4},"labelValueCountByLabelName":{5},"memoryInBytesByLabelName":{6},)"
      R"("seriesCountByLabelValuePair":{7}}})",
      store.series_count(), found.pairs, call.epoch_ms(), call.epoch_ms() + call.now_ms(),
      json_top(found.series_by_metric), json_top(found.values_by_label), json_top(found.bytes_by_label),
      json_top(found.series_by_pair)));
}

Answer answer_wal_replay(const Call&) {
  return success(R"({"min":0,"max":0,"current":0})");
}

Answer answer_version(const Call&) {
  return plain(build_info);
}
Answer answer_ready(const Call&) {
  return plain("Prometheus Server is Ready.\n");
}
Answer answer_healthy(const Call&) {
  return plain("Prometheus Server is Healthy.\n");
}

}  // namespace muster::prom
