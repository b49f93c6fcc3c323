#include "telemetry/promql/arithmetic.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "sim/math.hpp"
#include "sim/special_values.hpp"

namespace muster::promql {

namespace {

constexpr double ln_2 = 0.693147180559945309417;
constexpr double ln_10 = 2.302585092994045684018;
constexpr double largest_exact_exponent = 64;

bool is_odd(double x) {
  return std::fabs(std::fmod(x, 2)) == 1;
}

double power_of_whole(double base, unsigned exponent) {
  double result = 1;
  for (double square = base; exponent > 0; exponent >>= 1, square *= square)
    if (exponent & 1) result *= square;
  return result;
}

// x to the y for finite x > 0 and y of any kind.
double power_of_positive(double x, double y) {
  if (std::isinf(y)) {
    if (x == 1) return 1;
    return (x > 1) == (y > 0) ? infinity : 0;
  }
  return portable_pow(x, y);
}

}  // namespace

void CompensatedSum::add(double value) {
  const double total = sum_ + value;
  if (std::fabs(sum_) >= std::fabs(value)) {
    compensation_ += (sum_ - total) + value;
  } else {
    compensation_ += (value - total) + sum_;
  }
  sum_ = total;
}

double CompensatedSum::value() const {
  return std::isinf(sum_) ? sum_ : sum_ + compensation_;
}

double quantile(double q, std::vector<double> values) {
  if (values.empty() || std::isnan(q)) return not_a_number;
  if (q < 0) return -infinity;
  if (q > 1) return infinity;
  std::stable_sort(values.begin(), values.end(),
                   [](double a, double b) { return std::isnan(a) ? !std::isnan(b) : a < b; });
  const double last = static_cast<double>(values.size() - 1);
  const double rank = q * last;
  const double lower = std::max(0.0, std::floor(rank)), upper = std::min(last, lower + 1);
  const double weight = rank - std::floor(rank);
  return values[static_cast<std::size_t>(lower)] * (1 - weight) +
         values[static_cast<std::size_t>(upper)] * weight;
}

double power(double base, double exponent) {
  if (exponent == 0 || base == 1) return 1;
  if (std::isnan(base) || std::isnan(exponent)) return not_a_number;
  const bool whole = std::floor(exponent) == exponent;
  if (whole && std::fabs(exponent) <= largest_exact_exponent) {
    const double size = power_of_whole(base, static_cast<unsigned>(std::fabs(exponent)));
    return exponent > 0 ? size : 1 / size;
  }
  const double size = std::fabs(base);
  const double sign = base < 0 && whole && is_odd(exponent) ? -1 : 1;
  if (size == 0 || std::isinf(size)) return sign * ((size == 0) == (exponent > 0) ? 0 : infinity);
  if (base < 0 && !whole) return not_a_number;
  if (base == -1) return sign;
  return sign * power_of_positive(size, exponent);
}

double natural_log(double x) {
  if (std::isnan(x) || x < 0) return not_a_number;
  if (x == 0) return -infinity;
  return std::isinf(x) ? x : portable_log(x);
}

// The whole part comes from the exponent, so that powers of two are exact.
double binary_log(double x) {
  if (std::isnan(x) || x <= 0 || std::isinf(x)) return natural_log(x);
  int exponent = 0;
  const double mantissa = 2 * std::frexp(x, &exponent);
  return exponent - 1 + natural_log(mantissa) / ln_2;
}

double decimal_log(double x) {
  const double log = natural_log(x) / ln_10;
  if (!std::isfinite(log)) return log;
  const double whole = std::round(log);
  constexpr double rounding = 1e-12;
  const bool power_of_ten =
      std::fabs(log - whole) < rounding && std::fabs(whole) <= 22 && power(10, whole) == x;
  return power_of_ten ? whole : log;
}

double go_max(double a, double b) {
  if (a == infinity || b == infinity) return infinity;
  if (std::isnan(a) || std::isnan(b)) return not_a_number;
  return std::max(a, b);
}

double go_min(double a, double b) {
  if (a == -infinity || b == -infinity) return -infinity;
  if (std::isnan(a) || std::isnan(b)) return not_a_number;
  return std::min(a, b);
}

}  // namespace muster::promql
