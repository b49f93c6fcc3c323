#include "sim/proportion.hpp"

#include <algorithm>
#include <cmath>

#include "sim/assert.hpp"
#include "sim/distributions.hpp"
#include "sim/math.hpp"

namespace muster {

namespace {

/// The two-sided normal quantile: 1.96 for 95 %.
double two_sided(double confidence) {
  return standard_normal(0.5 + confidence / 2);
}

/// log of n! / (k! (n - k)!).
double log_choose(std::uint64_t n, std::uint64_t k) {
  double sum = 0;
  for (std::uint64_t i = 1; i <= std::min(k, n - k); ++i) {
    sum += portable_log(static_cast<double>(n - i + 1)) - portable_log(static_cast<double>(i));
  }
  return sum;
}

/// P(X = k) * the sum of the terms of one tail relative to it, outwards from k: each term follows from its
/// neighbour.
double tail_from(std::uint64_t k, std::uint64_t n, double p, bool downwards) {
  const double k_real = static_cast<double>(k), n_real = static_cast<double>(n);
  double term =
      portable_exp(log_choose(n, k) + k_real * portable_log(p) + (n_real - k_real) * portable_log(1 - p));
  double sum = term;
  for (double i = k_real; downwards ? i > 0 : i < n_real; i += downwards ? -1 : 1) {
    term *= downwards ? i / (n_real - i + 1) * (1 - p) / p : (n_real - i) / (i + 1) * p / (1 - p);
    sum += term;
    if (term < sum * 1e-18) break;
  }
  return std::min(sum, 1.0);
}

/// The p at which `tail(p)`, which falls with p, is `target`.
template <class Tail>
double solve_falling(Tail tail, double target) {
  double low = 0, high = 1;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (tail(middle) > target ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace

Interval wilson_interval(std::uint64_t successes, std::uint64_t trials, double confidence) {
  MUSTER_ASSERT(trials > 0 && successes <= trials, "an interval needs trials");
  const double n = static_cast<double>(trials), share = static_cast<double>(successes) / n;
  const double z = two_sided(confidence), z2 = z * z;
  const double centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const double half = z / (1 + z2 / n) * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n));
  return {successes == 0 ? 0 : centre - half, successes == trials ? 1 : centre + half};
}

double binomial_at_most(std::uint64_t k, std::uint64_t n, double p) {
  if (k >= n || p <= 0) return 1;
  if (p >= 1) return 0;
  const bool below_mean = static_cast<double>(k) < static_cast<double>(n) * p;
  return below_mean ? tail_from(k, n, p, true) : 1 - tail_from(k + 1, n, p, false);
}

Interval clopper_pearson_interval(std::uint64_t successes, std::uint64_t trials, double confidence) {
  MUSTER_ASSERT(trials > 0 && successes <= trials, "an interval needs trials");
  const double each = (1 - confidence) / 2;
  Interval interval;
  if (successes > 0) {  // P(X >= successes) = each
    interval.low =
        solve_falling([&](double p) { return binomial_at_most(successes - 1, trials, p); }, 1 - each);
  }
  if (successes < trials) {  // P(X <= successes) = each
    interval.high = solve_falling([&](double p) { return binomial_at_most(successes, trials, p); }, each);
  }
  return interval;
}

double SequentialTest::accept_good() const {
  return portable_log((1 - beta) / alpha);
}

double SequentialTest::accept_bad() const {
  return portable_log(beta / (1 - alpha));
}

double SequentialTest::step(bool pass) const {
  return pass ? portable_log(good / bad) : portable_log((1 - good) / (1 - bad));
}

double SequentialTest::mean_trials_if_bad() const {
  const double drift = bad * step(true) + (1 - bad) * step(false);
  return (alpha * accept_good() + (1 - alpha) * accept_bad()) / drift;
}

double SequentialTest::mean_trials_if_good() const {
  const double drift = good * step(true) + (1 - good) * step(false);
  return ((1 - beta) * accept_good() + beta * accept_bad()) / drift;
}

std::uint64_t SequentialTest::fixed_trials() const {
  const double spread = standard_normal(1 - alpha) * std::sqrt(bad * (1 - bad)) +
                        standard_normal(1 - beta) * std::sqrt(good * (1 - good));
  const double root = spread / (good - bad);
  return static_cast<std::uint64_t>(std::ceil(root * root));
}

}  // namespace muster
