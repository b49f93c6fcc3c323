#include "sim/time.hpp"

#include <cmath>

#include "sim/assert.hpp"

namespace muster {

SimDuration duration_from_seconds(double seconds) {
  const double ns = std::floor(seconds * 1e9 + 0.5);
  MUSTER_ASSERT(ns > -9.223372036854775e18 && ns < 9.223372036854775e18, "a duration beyond 292 years");
  return SimDuration{static_cast<std::int64_t>(ns)};
}

}  // namespace muster
