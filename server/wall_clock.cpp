#include "server/wall_clock.hpp"

#include <chrono>

namespace muster {
namespace {

constexpr std::int64_t second = 1'000'000'000;

template <class Clock>
std::int64_t nanoseconds() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now().time_since_epoch()).count();
}

}  // namespace

std::int64_t wall_nanoseconds() {
  return nanoseconds<std::chrono::system_clock>();
}

WallClock::WallClock(SimTime begin) : steady_ns_(nanoseconds<std::chrono::steady_clock>()) {
  const std::int64_t wall = wall_nanoseconds();
  epoch_.unix_seconds = (wall - nanoseconds_of(begin)) / second;
  start_ns_ = wall - epoch_.unix_seconds * second;
}

SimTime WallClock::now() const {
  return time_from_nanoseconds(start_ns_ + nanoseconds<std::chrono::steady_clock>() - steady_ns_);
}

}  // namespace muster
