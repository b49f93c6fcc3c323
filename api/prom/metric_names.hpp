// The metrics that can have a value here without anybody's recording rules.
#pragma once

#include <set>
#include <string>

namespace muster {

/// What the exporters tell, a histogram by its three names, and what Prometheus makes itself (`up`,
/// `ALERTS`...).
std::set<std::string> exported_metric_names();

}  // namespace muster
