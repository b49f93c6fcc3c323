#include "cluster_model/traffic/traffic_window.hpp"

#include <algorithm>

namespace muster {

TrafficWindow::TrafficWindow(const ServiceProfile& service)
    : service_(service.name),
      latency_objective_(service.latency_objective),
      seen_(service.traffic.users),
      affected_(service.traffic.users) {
  for (const EndpointProfile& endpoint : service.endpoints) {
    rows_.push_back({endpoint.method + " " + endpoint.path, endpoint.feature, {}});
  }
}

void TrafficWindow::ended(std::uint32_t endpoint, Outcome outcome, SimDuration latency, std::uint32_t user) {
  ++rows_[endpoint].outcomes[static_cast<std::size_t>(outcome)];
  latency_.add(latency);
  seen_.add(user);
  const bool slow = outcome == Outcome::ok && latency > latency_objective_;
  if (slow) ++slow_;
  if (slow || is_failure(outcome)) affected_.add(user);
}

TrafficFact TrafficWindow::close() {
  TrafficFact fact;
  fact.service = service_;
  fact.arrivals = arrivals_;
  fact.retries = retries_;
  fact.slow = slow_;
  fact.users_seen = seen_.this_second();
  fact.users_affected = affected_.this_second();
  fact.users_seen_minute = seen_.last_minute();
  fact.users_affected_minute = affected_.last_minute();
  fact.endpoints.reserve(rows_.size());
  for (Row& row : rows_) {
    if (std::ranges::all_of(row.outcomes, [](std::uint32_t count) { return count == 0; })) continue;
    fact.endpoints.push_back({row.endpoint, row.feature, row.outcomes});
    row.outcomes.fill(0);
  }
  if (!latency_.empty()) fact.latency = latency_;
  latency_.clear();
  arrivals_ = retries_ = 0;
  slow_ = 0;
  seen_.next_second();
  affected_.next_second();
  return fact;
}

}  // namespace muster
