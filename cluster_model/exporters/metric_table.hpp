// Every metric that the exporters can tell, with type and help: for /metrics and /api/v1/metadata, for
// `muster list metrics`, and for lint, which names what a rule asks for in vain.
#pragma once

#include <span>
#include <string_view>

namespace muster {

struct MetricFamily {
  std::string_view name;  ///< as the text format names it: counters with _total, histograms without a suffix
  std::string_view type;  ///< "counter", "gauge", "histogram"
  std::string_view help;  ///< one line
};

/// Sorted by name.
std::span<const MetricFamily> metric_families();

/// The family that a sample of this name belongs to ("http_request_duration_seconds_bucket" to
/// http_request_duration_seconds), or null.
const MetricFamily* family_of(std::string_view sample);

}  // namespace muster
