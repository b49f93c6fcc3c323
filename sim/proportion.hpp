// Confidence intervals for a share (pass rates), and Wald's sequential test between two shares.
#pragma once

#include <cstdint>

namespace muster {

struct Interval {
  double low = 0, high = 1;
};

/// Wilson's score interval for `successes` of `trials` (> 0) at two-sided `confidence` in (0, 1) (E. B.
/// Wilson, J. Am. Stat. Assoc. 22, 1927).
Interval wilson_interval(std::uint64_t successes, std::uint64_t trials, double confidence);

/// The exact interval (C. J. Clopper and E. S. Pearson, Biometrika 26, 1934): each tail has at most half of
/// what `confidence` leaves. Accurate to 1e-12.
Interval clopper_pearson_interval(std::uint64_t successes, std::uint64_t trials, double confidence);

/// P(X <= k) of a binomial number X of n trials with probability p.
double binomial_at_most(std::uint64_t k, std::uint64_t n, double p);

/// Wald's sequential probability ratio test (A. Wald, Ann. Math. Stat. 16, 1945): is the pass rate `bad` or
/// the higher `good`? Each pass adds step(true), each failure step(false) to a sum that starts at 0; at or
/// above accept_good the rate is good, at or below accept_bad it is bad.
struct SequentialTest {
  double bad, good;            ///< 0 < bad < good < 1
  double alpha = 0.05;         ///< probability that a bad rate is taken for good
  double beta = 0.05;          ///< probability that a good rate is taken for bad
  double accept_good() const;  ///< log((1 - beta) / alpha)
  double accept_bad() const;   ///< log(beta / (1 - alpha))
  double step(bool pass) const;
  /// Mean number of trials until a decision if the rate is `rate`, one of bad and good; Wald's approximation,
  /// which neglects the overshoot.
  double mean_trials_if_bad() const;
  double mean_trials_if_good() const;
  /// Trials of a test of fixed size with the same errors (normal approximation, rounded up).
  std::uint64_t fixed_trials() const;
};

}  // namespace muster
