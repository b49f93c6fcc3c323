// Recorded series as OpenMetrics text, which `promtool tsdb create-blocks-from openmetrics` takes.
#pragma once

#include <string>

#include "sim/time.hpp"
#include "telemetry/series_store.hpp"

namespace muster {

/// Every sample with its calendar time; types are "unknown", since promtool drops them anyway. OpenMetrics
/// has no staleness markers: they are left out, so a series that ended lingers for the lookback of 5 minutes
/// there.
std::string open_metrics(const SeriesStore& store, Epoch epoch);

}  // namespace muster
