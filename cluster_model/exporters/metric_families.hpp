// Type, help, exporter and labels of every metric family that exporters tell: what `# TYPE` and `# HELP` say
// on a /metrics page and /api/v1/metadata answers. One row per family in metric_families.cpp; a new metric
// needs a row there.
#pragma once

#include <span>
#include <string_view>

namespace muster {

enum class MetricType { counter, gauge, histogram };

/// "counter", "gauge", "histogram".
const char* to_string(MetricType type);

struct MetricFamily {
  std::string_view name;  ///< as exposed in the text format: a counter's with its _total
  MetricType type;
  std::string_view help;
  std::string_view exporter;  ///< who tells it: the scrape's job, "application" for the Service's own pods
  std::string_view labels;    ///< beside job and instance, sorted: "endpoint, method"; "label_*" is any such
};

/// All families, sorted by name, each once. Some have no series in a system that lacks the thing.
std::span<const MetricFamily> metric_families();

/// The family of a series: of "x_bucket", "x_sum" and "x_count" the histogram x. Null if there is none.
const MetricFamily* metric_family_of(std::string_view series_name);

}  // namespace muster
