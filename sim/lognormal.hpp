// A lognormal law as people state it, by its median and 95th percentile, and as formulas want it.
#pragma once

namespace muster {

struct LognormalLaw {
  double mu = 0, sigma = 0;  ///< mean and standard deviation of the natural logarithm

  /// `p95` > `median` > 0, in any one unit; the results are in the same unit.
  static LognormalLaw from_median_and_p95(double median, double p95);
  double mean() const;
  double standard_deviation() const;
  double quantile(double u) const;  ///< 0 < u < 1
};

}  // namespace muster
