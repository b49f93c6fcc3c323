#include "cluster_model/traffic/service_sampler.hpp"

#include <algorithm>

#include "sim/assert.hpp"
#include "sim/distributions.hpp"
#include "sim/math.hpp"

namespace muster {
namespace {

// 30 years: later than any horizon, and far from the end of the clock's range.
constexpr double longest_ns = 1e18;

bool is_constant(const ServiceTime& time) {
  return time.kind == ServiceTime::Kind::deterministic ||
         (time.kind == ServiceTime::Kind::lognormal && time.sigma == 0);
}

QuantileTable law_of(const ServiceTime& time, double mean_ns) {
  if (is_constant(time)) return {};
  if (time.kind == ServiceTime::Kind::exponential) return exponential_gaps(mean_ns);
  // The mean of a lognormal is exp(mu + sigma^2 / 2).
  return {lognormal, portable_log(mean_ns) - time.sigma * time.sigma / 2, time.sigma};
}

}  // namespace

QuantileTable exponential_gaps(double mean_ns) {
  return {[](double u, double mean, double) { return exponential(u, mean); }, mean_ns, 0};
}

ServiceSampler::ServiceSampler(const ServiceTime& time)
    : mean_ns_(static_cast<double>(time.mean.count())), constant_(is_constant(time)) {
  MUSTER_ASSERT(time.mean.count() > 0, "a service time needs a mean above zero");
  MUSTER_ASSERT(time.sigma >= 0, "the sigma of a service time is not negative");
  law_ = law_of(time, mean_ns_);
}

SimDuration ServiceSampler::draw(std::uint64_t word, double factor) const {
  const double ns = constant_ ? mean_ns_ : law_.draw(word);
  return SimDuration{static_cast<std::int64_t>(std::min(ns * factor, longest_ns) + 0.5)};
}

}  // namespace muster
