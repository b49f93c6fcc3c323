// Prometheus' HTTP interface (2.42, the version told by /api/v1/status/buildinfo) over the drill's series,
// alerts and targets: the whole API v1 except writing, /federate, /metrics and the health pages. Pure.
//   /api/v1/query, query_range, query_exemplars (empty), format_query
//   /api/v1/series, labels, label/NAME/values, metadata, targets, targets/metadata, scrape_pools
//   /api/v1/rules, alerts, alertmanagers, status/{buildinfo,runtimeinfo,config,flags,tsdb,walreplay}
//   /-/ready, /-/healthy, /metrics, /federate, and /version below the prefix
// Everything is also reachable below /prometheus, as with Prometheus' own --web.route-prefix: there nothing
// is hidden by the Kubernetes API, which has a /version of its own.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "api/request.hpp"
#include "sim/time.hpp"
#include "telemetry/alerts.hpp"
#include "telemetry/scraper.hpp"

namespace muster {

/// What the API answers from.
struct PrometheusView {
  SimTime now;  ///< the moment asked for where a request names none
  Epoch epoch;  ///< ties calendar times to virtual ones
  const SeriesStore& series;
  const AlertEngine& alerts;
  std::function<std::vector<ScrapeTarget>()> targets;  ///< of this moment; empty = there are none
};

/// Whether a path, decoded and without the query, is Prometheus' (as opposed to the Kubernetes API's).
bool is_prometheus_path(const std::vector<std::string>& segments);

/// Parameters come from the query string and from a POSTed form; unknown ones are ignored, empty ones absent.
/// Clues: "alert/NAME" of every firing alert shown, "metric/NAME" of every metric that a query asked for and
/// that gave a result. Errors: Prometheus' envelope (400 bad_data, 422 execution), 404 and 405 as text.
Answer handle_prometheus(const Request& request, const PrometheusView& view);

}  // namespace muster
