// What users got, minute by minute, over all services: the ground truth of a drill's impact.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "journal/fact/traffic.hpp"
#include "sim/statistics.hpp"
#include "sim/time.hpp"

namespace muster {

/// One virtual minute [60 i, 60 (i + 1)) s. Seconds are counted in the minute of the fact's time stamp minus one
/// second: a fact at t tells of (t - 1 s, t].
struct MinuteImpact {
  std::uint64_t arrivals = 0, ended = 0, failed = 0, slow = 0;
  std::uint64_t user_seconds = 0;           ///< sum over seconds of distinct users seen
  std::uint64_t affected_user_seconds = 0;  ///< sum over seconds of distinct users affected
  LatencyHistogram latency;
};

struct ImpactCurve {
  std::vector<MinuteImpact> minutes;        ///< [minute]
  void add(SimTime at, const TrafficFact& fact);
};

}  // namespace muster
