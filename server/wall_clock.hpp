// Ties virtual time to the wall clock at the speed 1: virtual now = wall now.
#pragma once

#include <cstdint>

#include "sim/time.hpp"

namespace muster {

/// The calendar instant of virtual zero is chosen once, a whole second, so that `begin` is about now (at most
/// a second less). From then on the machine's steady clock counts: a wall clock that is set while we run does
/// not move virtual time.
class WallClock {
 public:
  explicit WallClock(SimTime begin);

  Epoch epoch() const { return epoch_; }
  SimTime now() const;

 private:
  Epoch epoch_;
  std::int64_t start_ns_ = 0;   // virtual
  std::int64_t steady_ns_ = 0;  // of the steady clock at that instant
};

/// Nanoseconds since 1970 by the machine's calendar clock.
std::int64_t wall_nanoseconds();

}  // namespace muster
