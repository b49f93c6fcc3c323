// The metrics that can have a value here without anybody's recording rules.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace muster {

/// What the exporters tell, a histogram by its three names, and what Prometheus makes itself (`up`,
/// `ALERTS`...).
std::set<std::string> exported_metric_names();

/// What one metric is: "counter", its help, who tells it ("application" for the Service's own pods), its
/// labels beside job and instance, and the names of its series (three for a histogram).
struct ExportedMetric {
  std::string name, type, help, exporter, labels;
  std::vector<std::string> series;
};
/// Sorted by name; the same table as the names.
std::vector<ExportedMetric> exported_metrics();
/// By its name or that of one of its series.
std::optional<ExportedMetric> find_exported_metric(const std::string& name);

}  // namespace muster
