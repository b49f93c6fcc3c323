#include "server/wall_clock.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

TEST(WallClock, VirtualNowIsWallNow) {
  for (const SimDuration begin : {SimDuration{}, SimDuration{10min}, SimDuration{1h + 1ms}}) {
    const WallClock clock(sim_start + begin);
    const std::int64_t wall = wall_nanoseconds();
    const std::int64_t now = nanoseconds_of(clock.now()) + clock.epoch().unix_seconds * 1'000'000'000;
    EXPECT_LT(std::abs(now - wall), 1'000'000'000);
    EXPECT_GE(clock.now(), sim_start + begin);
    EXPECT_LE(clock.now(), sim_start + begin + 2s);
  }
}

TEST(WallClock, GoesOn) {
  const WallClock clock(sim_start);
  const SimTime first = clock.now();
  while (clock.now() == first) {
  }
  EXPECT_GT(clock.now(), first);
}

}  // namespace
}  // namespace muster
