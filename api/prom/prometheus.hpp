// Prometheus' HTTP API (v1 of Prometheus 2.42) over the drill's series and alerts: query, query_range, rules,
// alerts.
#pragma once

#include "api/request.hpp"
#include "sim/time.hpp"
#include "telemetry/alerts.hpp"
#include "telemetry/series_store.hpp"

namespace muster {

/// Answers a request below /api/v1. Without a `time` parameter the moment asked for is `now`; times given are
/// calendar times, which `epoch` ties to virtual ones. Parameters come from the query string and from a
/// POSTed form. Unknown parameters are ignored. Clues: "alert/NAME" of every firing alert shown,
/// "metric/NAME" of every metric that a query asked for and that gave a result. Errors: Prometheus' envelope,
/// 400 bad_data, 422 execution, 404, 405.
Answer handle_prometheus(const Request& request, SimTime now, Epoch epoch, const SeriesStore& series,
                         const AlertEngine& alerts);

}  // namespace muster
