// Who asks, how often, and with how much patience.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cluster_model/profile/policy.hpp"
#include "cluster_model/profile/steps.hpp"

namespace muster {

/// The rate over the day as a factor on requestsPerSecond: 1 + amplitude * sin(...) with its maximum at
/// `peak`, or straight lines between the points of a table, which repeats each `period`.
struct DayShape {
  struct Point {
    SimDuration at{};
    double factor = 1;
  };
  double amplitude = 0;   ///< 0 to 1
  SimDuration peak{14h};  ///< time of day of the maximum
  SimDuration period{24h};
  std::vector<Point> table = {};  ///< ascending; if given, amplitude and peak do not count
  bool flat() const { return amplitude == 0 && table.empty(); }
};

/// One arrival of a recorded trace.
struct TraceArrival {
  SimDuration at{};
  int endpoint = -1;  ///< index; -1 = chosen by the shares
};

/// Users of a service and what they ask for.
struct TrafficProfile {
  double requests_per_second = 0;  ///< Poisson arrivals, open loop
  std::uint32_t users = 1;         ///< active users; each request belongs to one of them, uniformly
  SimDuration deadline{10s};       ///< a user waits no longer for one attempt

  bool cancels = false;                   ///< at the deadline the client closes, and the servers notice
  std::optional<ServiceTime> think = {};  ///< closed loop: each user thinks, asks, waits for the end, thinks
  RetryProfile retries = {};
  int concurrency = 0;  ///< attempts the clients have on the way at once; more fail at once; 0 = no cap
  DayShape day = {};
  std::vector<TraceArrival> trace = {};  ///< replayed instead of drawn, if not empty
};

}  // namespace muster
