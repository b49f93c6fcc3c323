#include "responders/runbook/pace.hpp"

#include "sim/distributions.hpp"
#include "sim/math.hpp"

namespace muster {
namespace {

constexpr double z95 = 1.6448536269514722;  // standard normal quantile of 0.95

}  // namespace

PaceClock::PaceClock(const ResponderHost& host, std::string entity, RunbookPace pace)
    : host_(host), entity_(std::move(entity)), pace_(pace) {
  skill_ = lognormal(unit_interval(host_.random(entity_, "skill").at(0)), 0, pace_.skill_sigma);
}

SimDuration PaceClock::draw(std::string_view purpose, const PaceTime& time, std::uint64_t index) const {
  if (time.median <= SimDuration::zero()) return SimDuration::zero();
  const double median = seconds_of(time.median);
  const double sigma = time.p95 > time.median ? portable_log(seconds_of(time.p95) / median) / z95 : 0;
  const double u = unit_interval(host_.random(entity_, purpose).at(index));
  return duration_from_seconds(skill_ * lognormal(u, portable_log(median), sigma));
}

}  // namespace muster
