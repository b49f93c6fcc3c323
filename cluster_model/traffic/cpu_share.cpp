#include "cluster_model/traffic/cpu_share.hpp"

#include <algorithm>
#include <cmath>

#include "sim/assert.hpp"

namespace muster {
namespace {

constexpr auto later = [](const auto& a, const auto& b) {
  return a.ends != b.ends ? a.ends > b.ends : a.burst > b.burst;
};
// Work is whole nanoseconds; less than this much of one is rounding.
constexpr double epsilon_ns = 1e-3;

}  // namespace

CpuShare::CpuShare(double cores, double quota_cores, SimTime start)
    : cores_(cores),
      quota_ns_(quota_cores * static_cast<double>(period.count())),
      left_ns_(quota_ns_),
      at_(start),
      period_end_(start + period) {
  MUSTER_ASSERT(cores >= 0 && quota_cores >= 0, "processors are not negative");
}

double CpuShare::rate() const {
  const auto n = static_cast<double>(heap_.size());
  return cores_ > 0 && n > cores_ ? cores_ / n : 1;
}

void CpuShare::run_for(double ns) {
  if (heap_.empty() || throttled_ || ns <= 0) return;
  const double each = ns * rate();
  const double all = each * static_cast<double>(heap_.size());
  attained_ns_ += each;
  used_ns_ += all;
  if (quota_ns_ <= 0) return;
  left_ns_ -= all;
  if (left_ns_ > epsilon_ns) return;
  throttled_ = true;
  throttled_since_ = at_;
  ++throttled_periods_;
}

/// Nothing may change between at_ and now but what next_change() tells, so at most one thing does.
void CpuShare::advance(SimTime now) {
  const double ns = static_cast<double>((now - at_).count());
  at_ = now;
  run_for(ns);
  if (quota_ns_ > 0 && now >= period_end_) renew(now);
}

void CpuShare::renew(SimTime now) {
  if (throttled_) throttled_ns_ += (period_end_ - throttled_since_).count();
  if (ran_) ++quota_periods_;
  ran_ = !heap_.empty();
  const std::int64_t periods = (now - period_end_) / period + 1;
  period_end_ += periods * period;
  left_ns_ = quota_ns_;
  throttled_ = false;
}

void CpuShare::add(std::uint32_t burst, SimDuration work, SimTime now) {
  advance(now);
  if (heap_.empty()) attained_ns_ = 0;
  ran_ = true;
  heap_.push_back({attained_ns_ + static_cast<double>(work.count()), burst});
  std::push_heap(heap_.begin(), heap_.end(), later);
}

void CpuShare::remove(std::uint32_t burst, SimTime now) {
  advance(now);
  const auto found =
      std::find_if(heap_.begin(), heap_.end(), [&](const Entry& e) { return e.burst == burst; });
  MUSTER_ASSERT(found != heap_.end(), "a burst that does not run was given up");
  heap_.erase(found);
  std::make_heap(heap_.begin(), heap_.end(), later);
}

std::optional<std::uint32_t> CpuShare::take_finished(SimTime now) {
  advance(now);
  // next_change() is rounded up, so the first burst is over by less than a nanosecond of service.
  if (heap_.empty() || heap_.front().ends > attained_ns_ + epsilon_ns) return {};
  const std::uint32_t burst = heap_.front().burst;
  std::pop_heap(heap_.begin(), heap_.end(), later);
  heap_.pop_back();
  return burst;
}

std::optional<SimTime> CpuShare::next_change() const {
  if (heap_.empty()) return {};
  if (throttled_) return period_end_;
  const double to_end = std::max(0.0, heap_.front().ends - attained_ns_) / rate();
  double ns = to_end;
  if (quota_ns_ > 0) ns = std::min(ns, left_ns_ / (rate() * static_cast<double>(heap_.size())));
  const SimTime change = at_ + SimDuration{static_cast<std::int64_t>(std::ceil(ns))};
  return quota_ns_ > 0 ? std::min(change, period_end_) : change;
}

}  // namespace muster
