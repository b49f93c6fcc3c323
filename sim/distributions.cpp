#include "sim/distributions.hpp"

#include <cmath>
#include <cstddef>

#include "sim/assert.hpp"
#include "sim/math.hpp"

namespace muster {
namespace {

// Coefficients of routine PPND16 in Wichura 1988, numerator and denominator from the constant term up.
constexpr double centre_p[] = {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                               1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                               3.3430575583588128105e4, 2.5090809287301226727e3};
constexpr double centre_q[] = {1.0,
                               4.2313330701600911252e1,
                               6.8718700749205790830e2,
                               5.3941960214247511077e3,
                               2.1213794301586595867e4,
                               3.9307895800092710610e4,
                               2.8729085735721942674e4,
                               5.2264952788528545610e3};
constexpr double middle_p[] = {1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                               3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                               2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr double middle_q[] = {1.0,
                               2.05319162663775882187e0,
                               1.67638483018380384940e0,
                               6.89767334985100004550e-1,
                               1.48103976427480074590e-1,
                               1.51986665636164571966e-2,
                               5.47593808499534494600e-4,
                               1.05075007164441684324e-9};
constexpr double tail_p[] = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                             2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                             2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr double tail_q[] = {1.0,
                             5.99832206555887937690e-1,
                             1.36929880922735805310e-1,
                             1.48753612908506148525e-2,
                             7.86869131145613259100e-4,
                             1.84631831751005468180e-5,
                             1.42151175831644588870e-7,
                             2.04426310338993978564e-15};

double polynomial(const double (&coefficients)[8], double x) {
  double sum = coefficients[7];
  for (std::size_t i = 7; i-- > 0;) sum = sum * x + coefficients[i];
  return sum;
}

}  // namespace

double exponential(double u, double mean) {
  return -mean * portable_log(1 - u);
}

double standard_normal(double u) {
  MUSTER_ASSERT(u > 0 && u < 1, "a quantile lies between 0 and 1");
  const double off_centre = u - 0.5;
  if (std::fabs(off_centre) <= 0.425) {
    const double r = 0.180625 - off_centre * off_centre;
    return off_centre * polynomial(centre_p, r) / polynomial(centre_q, r);
  }
  const double r = std::sqrt(-portable_log(off_centre < 0 ? u : 1 - u));
  const double size = r <= 5 ? polynomial(middle_p, r - 1.6) / polynomial(middle_q, r - 1.6)
                             : polynomial(tail_p, r - 5) / polynomial(tail_q, r - 5);
  return off_centre < 0 ? -size : size;
}

double lognormal(double u, double mu, double sigma) {
  return portable_exp(mu + sigma * standard_normal(u));
}

SimDuration LognormalTime::draw(double u) const {
  if (sigma == 0) return median;
  const double factor = portable_exp(sigma * standard_normal(u));
  return duration_from_seconds(seconds_of(median) * factor);
}

LognormalTime LognormalTime::from_mean(SimDuration mean, double sigma) {
  // The mean of a lognormal is its median times exp(sigma^2 / 2).
  return {duration_from_seconds(seconds_of(mean) * portable_exp(-0.5 * sigma * sigma)), sigma};
}

}  // namespace muster
