#include "cluster_model/traffic/service_sampler.hpp"

#include <algorithm>

#include "cluster_model/traffic/mix.hpp"
#include "sim/assert.hpp"
#include "sim/distributions.hpp"
#include "sim/math.hpp"

namespace muster {
namespace {

using Law = ServiceTime::Kind;

// 30 years: later than any horizon, and far from the end of the clock's range.
constexpr double longest_ns = 1e18;

bool is_constant(const ServiceTime& time) {
  return time.kind == Law::deterministic || (time.kind == Law::lognormal && time.sigma == 0);
}

QuantileTable law_of(const ServiceTime& time, double mean_ns) {
  if (is_constant(time)) return {};
  if (time.kind == Law::exponential) return exponential_gaps(mean_ns);
  if (time.kind == Law::erlang) return exponential_gaps(mean_ns / time.phases);
  if (time.kind == Law::hyperexponential) return exponential_gaps(1);
  // The mean of a lognormal is exp(mu + sigma^2 / 2).
  return {lognormal, portable_log(mean_ns) - time.sigma * time.sigma / 2, time.sigma};
}

}  // namespace

QuantileTable exponential_gaps(double mean_ns) {
  return {[](double u, double mean, double) { return exponential(u, mean); }, mean_ns, 0};
}

ServiceSampler::ServiceSampler(const ServiceTime& time)
    : form_(Form::table), mean_ns_(static_cast<double>(time.mean.count())), phases_(time.phases) {
  if (is_constant(time)) form_ = Form::constant;
  if (time.kind == Law::erlang) form_ = Form::sum;
  if (time.kind == Law::hyperexponential) form_ = Form::choice;
  MUSTER_ASSERT(form_ == Form::choice || time.mean.count() > 0, "a service time needs a mean above zero");
  MUSTER_ASSERT(time.sigma >= 0, "the sigma of a service time is not negative");
  MUSTER_ASSERT(time.phases > 0, "an Erlang time has a phase");
  MUSTER_ASSERT(time.shares.size() == time.branches.size(), "each share of a service time has its mean");
  MUSTER_ASSERT((form_ == Form::choice) == !time.shares.empty(), "shares belong to a hyperexponential time");
  double sum = 0;
  for (std::size_t i = 0; i < time.shares.size(); ++i) {
    sum += time.shares[i];
    branches_.push_back({sum, static_cast<double>(time.branches[i].count())});
  }
  if (!branches_.empty()) branches_.back().below = 2;  // whatever the sum was rounded to
  law_ = law_of(time, mean_ns_);
}

double ServiceSampler::draw_ns(std::uint64_t word) const {
  switch (form_) {
    case Form::constant:
      return mean_ns_;
    case Form::table:
      return law_.draw(word);
    case Form::sum: {
      double sum = 0;
      for (int i = 0; i < phases_; ++i) sum += law_.draw(mix(word, static_cast<std::uint64_t>(i)));
      return sum;
    }
    case Form::choice:
      break;
  }
  std::size_t branch = 0;
  while (unit_interval(word) >= branches_[branch].below) ++branch;
  return branches_[branch].mean_ns * law_.draw(mix(word, 0));
}

SimDuration ServiceSampler::draw(std::uint64_t word, double factor) const {
  return SimDuration{static_cast<std::int64_t>(std::min(draw_ns(word) * factor, longest_ns) + 0.5)};
}

}  // namespace muster
