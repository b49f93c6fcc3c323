#include "sim/lognormal.hpp"

#include <cmath>

#include "sim/assert.hpp"
#include "sim/distributions.hpp"
#include "sim/math.hpp"

namespace muster {

LognormalLaw LognormalLaw::from_median_and_p95(double median, double p95) {
  MUSTER_ASSERT(median > 0 && p95 > median, "a 95th percentile lies above the median");
  return {portable_log(median), portable_log(p95 / median) / standard_normal(0.95)};
}

double LognormalLaw::mean() const {
  return portable_exp(mu + sigma * sigma / 2);
}

double LognormalLaw::standard_deviation() const {
  return mean() * std::sqrt(portable_exp(sigma * sigma) - 1);
}

double LognormalLaw::quantile(double u) const {
  return lognormal(u, mu, sigma);
}

}  // namespace muster
