#include "api/prom/metric_names.hpp"

#include <algorithm>

#include "cluster_model/exporters/metric_families.hpp"

namespace muster {
namespace {

// Of each scrape (scrape/scrape.go), and of alerts (rules/alerting.go). `up` has its row among the
// exporters'.
constexpr MetricFamily own_series[] = {
    {"scrape_duration_seconds", MetricType::gauge, "Time that the scrape took.", "Prometheus", ""},
    {"scrape_samples_scraped", MetricType::gauge, "Samples that the target told.", "Prometheus", ""},
    {"scrape_samples_post_metric_relabeling", MetricType::gauge, "Samples that were kept.", "Prometheus", ""},
    {"scrape_series_added", MetricType::gauge, "Series that this scrape began.", "Prometheus", ""},
    {"ALERTS", MetricType::gauge, "1 while an alert is pending or firing.", "Prometheus",
     "alertname, alertstate, and the alert's own"},
    {"ALERTS_FOR_STATE", MetricType::gauge, "Unix time since which an alert's condition holds.", "Prometheus",
     "alertname, and the alert's own"}};

ExportedMetric exported(const MetricFamily& family) {
  ExportedMetric metric{std::string(family.name),     to_string(family.type),     std::string(family.help),
                        std::string(family.exporter), std::string(family.labels), {}};
  if (family.type != MetricType::histogram) metric.series.push_back(metric.name);
  if (family.type == MetricType::histogram)
    for (const char* suffix : {"_bucket", "_sum", "_count"}) metric.series.push_back(metric.name + suffix);
  return metric;
}

}  // namespace

std::vector<ExportedMetric> exported_metrics() {
  std::vector<ExportedMetric> all;
  for (const MetricFamily& family : own_series) all.push_back(exported(family));
  for (const MetricFamily& family : metric_families()) all.push_back(exported(family));
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return all;
}

std::set<std::string> exported_metric_names() {
  std::set<std::string> names;
  for (const ExportedMetric& metric : exported_metrics()) {
    names.insert(metric.name);
    names.insert(metric.series.begin(), metric.series.end());
  }
  return names;
}

std::optional<ExportedMetric> find_exported_metric(const std::string& name) {
  for (ExportedMetric& metric : exported_metrics()) {
    const bool is_series = std::find(metric.series.begin(), metric.series.end(), name) != metric.series.end();
    if (metric.name == name || is_series) return std::move(metric);
  }
  return std::nullopt;
}

}  // namespace muster
