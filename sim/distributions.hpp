// Our own distributions, by inversion: one uniform number in (0, 1) gives one value, the same on every
// compiler (sim/math.hpp, no libm), and larger with a larger number, which keeps paired runs correlated.
// Golden vectors: tests/unit/sim/distributions_test.cpp.
#pragma once

#include "sim/time.hpp"

namespace muster {

/// Exponential with the given mean: -mean * log(1 - u).
double exponential(double u, double mean);
/// Standard normal quantile, |relative error| < 1e-15 (Wichura, "Algorithm AS 241", Applied Statistics 37,
/// 1988).
double standard_normal(double u);
/// Lognormal with median exp(mu) and shape sigma (standard deviation of the logarithm).
double lognormal(double u, double mu, double sigma);

/// A lognormal duration as profiles state it: by its median, or by its mean.
struct LognormalTime {
  SimDuration median{};
  double sigma = 0;  ///< 0 = always the median
  SimDuration draw(double u) const;
  static LognormalTime from_mean(SimDuration mean, double sigma);
  friend bool operator==(const LognormalTime&, const LognormalTime&) = default;
};

}  // namespace muster
