#include "scoring/impact.hpp"

#include <algorithm>

#include "sim/assert.hpp"

namespace muster {

std::size_t second_of(SimTime at) {
  constexpr SimDuration one_second = 1s;
  const std::int64_t upper =
      (at.time_since_epoch() + one_second - SimDuration{1}) / one_second;  // rounded up
  return static_cast<std::size_t>(std::max<std::int64_t>(upper, 1) - 1);
}

std::uint64_t lost_user_ms(const TrafficFact& fact) {
  constexpr std::uint64_t thousand = 1000;
  if (fact.users_seen > 0) return thousand * fact.users_seen_minute * fact.users_affected / fact.users_seen;
  return thousand * fact.users_affected_minute;  // active users * (affected in the minute / active users)
}

void ImpactCurve::add(SimTime at, const TrafficFact& fact) {
  const std::size_t minute = second_of(at) / 60;
  if (minutes.size() <= minute) minutes.resize(minute + 1);
  MinuteImpact& impact = minutes[minute];
  impact.arrivals += fact.arrivals;
  impact.ended += fact.ended();
  impact.failed += fact.failed();
  impact.slow += fact.slow;
  impact.user_seconds += fact.users_seen;
  impact.affected_user_seconds += fact.users_affected;
  impact.lost_user_ms += lost_user_ms(fact);
  impact.latency.merge(fact.latency);
}

double ImpactCurve::user_minutes_lost(std::size_t count) const {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < std::min(count, minutes.size()); ++i) sum += minutes[i].lost_user_ms;
  return static_cast<double>(sum) / 60'000.0;
}

}  // namespace muster
