// The four plots of the page. Each gives a picture and one sentence that says what to see in it.
#pragma once

#include <optional>
#include <string>

#include "reports/plot/data.hpp"
#include "reports/plot/frame.hpp"
#include "scoring/baselines.hpp"

namespace muster::reports {

/// Name, plural words for the legend and class of a band's colour and pattern.
struct BandStyle {
  const char* name;
  const char* css_class;
};
const BandStyle& style_of(Band band);

/// Requests per second by how they ended, stacked, per ten seconds.
std::string outcomes_plot(const Scene& scene, const Traffic& traffic, Width width);
std::string outcomes_sentence(const Traffic& traffic);

struct LatencyGoal {
  std::optional<SimDuration> objective;   // of p95
  const ImpactCurve* no_fault = nullptr;  // the same seed without the fault
};
/// 95th percentile of the latency at the user per ten seconds, on a logarithmic axis.
std::string latency_plot(const Scene& scene, const Traffic& traffic, const LatencyGoal& goal, Width width);
std::string latency_sentence(const Traffic& traffic, const LatencyGoal& goal);

/// Ready and wanted pods of each workload, one row each; at most max_workloads rows.
inline constexpr std::size_t max_workloads = 8;
std::string pods_plot(const Scene& scene, const std::vector<Workload>& workloads, Width width);
std::string pods_sentence(const std::vector<Workload>& workloads, SimTime end);

/// Share of the users of each minute who met a failure or a slow reply.
std::string users_plot(const Scene& scene, const Traffic& traffic, Width width);
std::string users_sentence(const Traffic& traffic);

}  // namespace muster::reports
