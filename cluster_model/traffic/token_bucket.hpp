// A token bucket that refills by time, and one that refills by successes.
#pragma once

#include <algorithm>

#include "sim/time.hpp"

namespace muster {

/// `rate` tokens per second, at most `burst`, full at first. Rate 0 = never says no.
/// Whole tokens are counted in nanoseconds of refill, so that exact multiples of the period are exact.
class TokenBucket {
 public:
  TokenBucket() = default;
  TokenBucket(double rate, double burst)
      : period_ns_(rate > 0 ? 1e9 / rate : 0), full_ns_(burst * period_ns_), level_ns_(full_ns_) {}

  /// Another rate from now on; the share of the bucket that is full stays.
  void set_rate(double rate, double burst, SimTime now) {
    const double period = rate > 0 ? 1e9 / rate : 0;
    if (period == period_ns_) return;
    if (period_ns_ > 0)
      level_ns_ = std::min(full_ns_, level_ns_ + static_cast<double>((now - last_).count()));
    const double share = full_ns_ > 0 ? level_ns_ / full_ns_ : 1;
    last_ = now;
    period_ns_ = period;
    full_ns_ = burst * period;
    level_ns_ = share * full_ns_;
  }

  bool take(SimTime now) {
    if (period_ns_ == 0) return true;
    level_ns_ = std::min(full_ns_, level_ns_ + static_cast<double>((now - last_).count()));
    last_ = now;
    // A millionth of a token is rounding, not scarcity.
    if (level_ns_ < period_ns_ * (1 - 1e-6)) return false;
    level_ns_ = std::max(0.0, level_ns_ - period_ns_);
    return true;
  }

 private:
  double period_ns_ = 0, full_ns_ = 0, level_ns_ = 0;
  SimTime last_{};
};

/// Retry budget: successes deposit, retries take one. Deposit 0 = no budget, never says no.
class RetryBudget {
 public:
  RetryBudget() = default;
  RetryBudget(double per_success, double size) : per_success_(per_success), size_(size), tokens_(size) {}

  void succeeded() { tokens_ = std::min(size_, tokens_ + per_success_); }
  bool take() {
    if (per_success_ == 0) return true;
    if (tokens_ < 1 - 1e-9) return false;
    tokens_ = std::max(0.0, tokens_ - 1);
    return true;
  }

 private:
  double per_success_ = 0, size_ = 0, tokens_ = 0;
};

}  // namespace muster
