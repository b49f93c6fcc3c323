// Virtual time: an integer count of nanoseconds since the drill began.
// The clock has no now(): only the Engine knows the time, so nothing can ask a wall clock by accident.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/result.hpp"

namespace muster {

struct SimClock {
  using duration = std::chrono::duration<std::int64_t, std::nano>;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<SimClock>;
  static constexpr bool is_steady = true;
};

using SimDuration = SimClock::duration;
using SimTime = SimClock::time_point;

inline constexpr SimTime sim_start{};                 ///< the instant the drill begins
inline constexpr SimTime sim_never = SimTime::max();  ///< later than everything

using namespace std::chrono_literals;

/// Whole nanoseconds since the drill began.
constexpr std::int64_t nanoseconds_of(SimTime at) {
  return at.time_since_epoch().count();
}
constexpr SimTime time_from_nanoseconds(std::int64_t ns) {
  return SimTime{SimDuration{ns}};
}

/// Seconds as a double, for display and for metric values; never for ordering.
constexpr double seconds_of(SimDuration d) {
  return static_cast<double>(d.count()) / 1e9;
}
constexpr double seconds_of(SimTime at) {
  return seconds_of(at.time_since_epoch());
}

/// Nearest whole nanosecond; `seconds` must be within +-292 years.
SimDuration duration_from_seconds(double seconds);

/// Reads "1h30m", "250ms", "0.5s", "15s", "2d" (units ns us ms s m h d, each once, descending; a fraction is
/// allowed on the last). Error: invalid_input with what was expected.
Result<SimDuration> parse_duration(std::string_view text);

/// Prints the shortest such form: "1h15m", "250ms", "0s".
std::string format_duration(SimDuration d);

/// "mm:ss" below an hour, "h:mm:ss" above: the way a timeline prints an offset.
std::string format_clock(SimTime at);

/// The scenario's calendar instant of virtual time zero, UTC. Reads "2025-11-01T14:20:00Z".
struct Epoch {
  std::int64_t unix_seconds = 0;
  friend bool operator==(const Epoch&, const Epoch&) = default;
};
Result<Epoch> parse_epoch(std::string_view rfc3339);

/// "2025-11-01T14:30:05Z" (whole seconds, as Kubernetes prints metav1.Time).
std::string format_rfc3339(Epoch epoch, SimTime at);
/// The same with microseconds, as Kubernetes prints metav1.MicroTime.
std::string format_rfc3339_micro(Epoch epoch, SimTime at);
/// Unix time in seconds, as Prometheus counts it.
double unix_seconds_of(Epoch epoch, SimTime at);

}  // namespace muster
