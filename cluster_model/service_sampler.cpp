#include "cluster_model/service_sampler.hpp"

#include <algorithm>

#include "sim/assert.hpp"
#include "sim/distributions.hpp"
#include "sim/math.hpp"
#include "sim/random.hpp"

namespace muster {
namespace {

// 30 years: later than any horizon, and far from the end of the clock's range.
constexpr double longest_ns = 1e18;

}  // namespace

ServiceSampler::ServiceSampler(const ServiceTime& time)
    : kind_(time.kind), mean_ns_(static_cast<double>(time.mean.count())) {
  MUSTER_ASSERT(time.mean.count() > 0, "a service time needs a mean above zero");
  MUSTER_ASSERT(time.sigma >= 0, "the sigma of a service time is not negative");
  if (kind_ == ServiceTime::Kind::lognormal && time.sigma == 0) kind_ = ServiceTime::Kind::deterministic;
  if (kind_ != ServiceTime::Kind::lognormal) return;
  sigma_ = time.sigma;
  mu_ = portable_log(mean_ns_) - sigma_ * sigma_ / 2;  // mean of a lognormal = exp(mu + sigma^2 / 2)
}

SimDuration ServiceSampler::draw(std::uint64_t word, double factor) const {
  double ns = mean_ns_;
  if (kind_ == ServiceTime::Kind::lognormal) ns = lognormal(unit_interval(word), mu_, sigma_);
  if (kind_ == ServiceTime::Kind::exponential) ns = exponential(unit_interval(word), mean_ns_);
  return SimDuration{static_cast<std::int64_t>(std::min(ns * factor, longest_ns) + 0.5)};
}

}  // namespace muster
