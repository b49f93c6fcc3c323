// A ServiceTime made ready for drawing.
#pragma once

#include <cstdint>

#include "cluster_model/profile.hpp"
#include "cluster_model/traffic/quantile_table.hpp"

namespace muster {

class ServiceSampler {
 public:
  explicit ServiceSampler(const ServiceTime& time);

  /// The time that belongs to this random word, times `factor`; whole nanoseconds.
  SimDuration draw(std::uint64_t word, double factor) const;

 private:
  double mean_ns_;
  bool constant_;
  QuantileTable law_;  // nanoseconds
};

/// Nanoseconds between the arrivals of a Poisson process.
QuantileTable exponential_gaps(double mean_ns);

}  // namespace muster
