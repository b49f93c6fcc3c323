// A ServiceTime made ready for drawing: logarithms are taken once here, not once per request.
#pragma once

#include <cstdint>

#include "cluster_model/profile.hpp"

namespace muster {

class ServiceSampler {
 public:
  explicit ServiceSampler(const ServiceTime& time);

  /// The time that belongs to this random word, times `factor`; whole nanoseconds.
  SimDuration draw(std::uint64_t word, double factor) const;

 private:
  ServiceTime::Kind kind_;
  double mean_ns_;
  double mu_ = 0;  // logarithm of the median in nanoseconds
  double sigma_ = 0;
};

}  // namespace muster
