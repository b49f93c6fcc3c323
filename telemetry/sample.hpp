// One value of a series at one moment.
#pragma once

#include <cstdint>

namespace muster {

struct Sample {
  std::int64_t at_ms = 0;  ///< virtual time in milliseconds since the drill began
  double value = 0;
};

/// The bits Prometheus writes where a series ended (model/value: StaleNaN).
double stale_marker();
bool is_stale_marker(double value);

}  // namespace muster
