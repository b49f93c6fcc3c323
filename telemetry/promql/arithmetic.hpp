// Arithmetic that PromQL shares between operators, aggregations and functions, with Go's rules for NaN and
// infinity.
#pragma once

#include <vector>

namespace muster::promql {

/// A sum with Neumaier's compensation (A. Neumaier, 1974), as Prometheus' kahanSumInc.
class CompensatedSum {
 public:
  void add(double value);
  /// The sum with its compensation; an infinite sum as it is.
  double value() const;
  /// Sum and compensation added, also when infinite.
  double raw() const { return sum_ + compensation_; }
  double uncompensated() const { return sum_; }

 private:
  double sum_ = 0, compensation_ = 0;
};

/// Linear interpolation between the ordered values; NaN sorts first. NaN if empty or q is NaN, -Inf and +Inf
/// if q is outside 0..1 (promql/quantile.go).
double quantile(double q, std::vector<double> values);

/// IEEE 754 pow for any base, exact for small whole exponents, the rest from sim/math.
double power(double base, double exponent);
double natural_log(double x);
double binary_log(double x);
double decimal_log(double x);

/// Go's math.Max and math.Min: NaN if either is, except that an infinity on its side wins.
double go_max(double a, double b);
double go_min(double a, double b);

}  // namespace muster::promql
