// What users got, minute by minute, over all services: the ground truth of a drill's impact.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "journal/fact/traffic.hpp"
#include "sim/statistics.hpp"
#include "sim/time.hpp"

namespace muster {

/// One virtual minute [60 i, 60 (i + 1)) s. Seconds are counted in the minute of the fact's time stamp minus
/// one second: a fact at t tells of (t - 1 s, t].
struct MinuteImpact {
  std::uint64_t arrivals = 0, ended = 0, failed = 0, slow = 0;
  std::uint64_t user_seconds = 0;           ///< sum over seconds of distinct users seen
  std::uint64_t affected_user_seconds = 0;  ///< sum over seconds of distinct users affected
  std::uint64_t lost_user_ms = 0;  ///< sum over seconds of lost_user_ms(), thousandths of a user-second
  LatencyHistogram latency;
};

/// What one second cost the service's users, in thousandths of a user-second: active users (distinct in the
/// last minute) times the share of this second's users with a failure or a slow reply. If nobody's request
/// ended in this second, the last minute's share stands in. Rounded down, so that sums are exact.
std::uint64_t lost_user_ms(const TrafficFact& fact);

struct ImpactCurve {
  std::vector<MinuteImpact> minutes;  ///< [minute]
  void add(SimTime at, const TrafficFact& fact);

  /// User-minutes lost in the first `count` minutes.
  double user_minutes_lost(std::size_t count) const;
};

/// The second that a traffic fact tells of: 0 is (0 s, 1 s].
std::size_t second_of(SimTime at);

}  // namespace muster
