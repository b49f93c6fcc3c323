#include "sim/math.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "sim/special_values.hpp"

namespace muster {
namespace {

// ln 2 in two parts; the first has 21 trailing zero bits, so that k * ln2_high is exact (fdlibm e_log.c).
constexpr double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;

/// x = 2^exponent * fraction with sqrt(1/2) <= fraction < sqrt(2), x > 0 and finite.
struct Split {
  int exponent;
  double fraction;
};

Split split(double x) {
  int exponent = 0;
  if (x < 0x1p-1022) {  // subnormal
    x *= 0x1p54;
    exponent = -54;
  }
  const auto bits = std::bit_cast<std::uint64_t>(x);
  exponent += static_cast<int>(bits >> 52) - 1023;
  double fraction = std::bit_cast<double>((bits & 0x000FFFFFFFFFFFFFull) | 0x3FF0000000000000ull);
  if (fraction > 1.41421356237309504880) {
    fraction *= 0.5;
    ++exponent;
  }
  return {exponent, fraction};
}

double power_of_two(int exponent) {  // -1022 .. 1023
  return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52);
}

/// value * 2^exponent with one rounding, value near 1.
double scale(double value, int exponent) {
  if (exponent > 1023) return value * 2.0 * power_of_two(exponent - 1);
  if (exponent < -1021) return value * power_of_two(exponent + 200) * 0x1p-200;
  return value * power_of_two(exponent);
}

/// exp(x + rest), rest much smaller than x. Method of fdlibm e_exp.c: x = k ln 2 + r with |r| <= ln 2 / 2,
/// then exp(r) = 1 + 2 r / (R - r), where R = r (exp(r) + 1) / (exp(r) - 1) has a fast even polynomial.
double exp_of_sum(double x, double rest) {
  if (x != x) return x;
  if (x > 709.9) return infinity;
  if (x < -745.2) return 0;
  const double k = std::floor(x * 1.44269504088896338700 + 0.5);
  const double high = x - k * ln2_high;
  const double low = k * ln2_low - rest;
  const double r = high - low;
  const double t = r * r;
  constexpr double p1 = 1.66666666666666019037e-01, p2 = -2.77777777770155933842e-03,
                   p3 = 6.61375632143793436117e-05, p4 = -1.65339022054652515390e-06,
                   p5 = 4.13813679705723846039e-08;
  const double c = r - t * (p1 + t * (p2 + t * (p3 + t * (p4 + t * p5))));
  return scale(1 - ((low - r * c / (2 - c)) - high), static_cast<int>(k));
}

/// An unevaluated sum of two doubles, |low| <= ulp(high) / 2: about 106 bits.
struct Pair {
  double high, low;
};

Pair exact_sum(double a, double b) {  // Knuth, TAOCP 2, 4.2.2
  const double sum = a + b;
  const double b_part = sum - a;
  return {sum, (a - (sum - b_part)) + (b - b_part)};
}

Pair exact_product(double a, double b) {  // Dekker 1971, with Veltkamp's splitting: no fused operation needed
  constexpr double splitter = 134217729.0;  // 2^27 + 1
  const double a_scaled = splitter * a, b_scaled = splitter * b;
  const double a_high = a_scaled - (a_scaled - a), a_low = a - a_high;
  const double b_high = b_scaled - (b_scaled - b), b_low = b - b_high;
  const double product = a * b;
  return {product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low};
}

Pair add(Pair a, Pair b) {
  const Pair sum = exact_sum(a.high, b.high);
  return exact_sum(sum.high, sum.low + (a.low + b.low));
}

Pair multiply(Pair a, Pair b) {
  const Pair product = exact_product(a.high, b.high);
  return exact_sum(product.high, product.low + (a.high * b.low + a.low * b.high));
}

/// ln x to about 2^-65, relative to the size of its terms, by the series 2 (s + s^3/3 + s^5/5 + ...) in
/// s = (f - 1) / (f + 1), |s| < 0.172; the first two terms are kept in pairs.
Pair wide_log(double x) {
  const auto [exponent, f] = split(x);
  const double above = f - 1;  // exact
  const Pair below = exact_sum(f, 1);
  const double s_high = above / below.high;
  const Pair back = exact_product(s_high, below.high);
  const Pair s{s_high, (((above - back.high) - back.low) - s_high * below.low) / below.high};
  const Pair z = multiply(s, s);
  double series = 0;
  for (int odd = 23; odd >= 5; odd -= 2) series = (series + 1.0 / odd) * z.high;
  const Pair third = add(Pair{1.0 / 3, 1.8503717077085943e-17}, exact_sum(series, 0));
  const Pair cubed = multiply(multiply(s, z), third);
  const Pair half = add(s, cubed);
  const double k = exponent;
  const Pair twos = add(Pair{k * ln2_high, 0}, exact_product(k, ln2_low));
  // ln 2 - ln2_high - ln2_low, so that the pair's ln 2 has some 106 bits.
  return add(add(twos, Pair{k * 1.1612227229362532e-26, 0}), Pair{2 * half.high, 2 * half.low});
}

}  // namespace

double portable_log(double x) {
  if (x != x || x < 0) return not_a_number;
  if (x == 0) return -infinity;
  if (x == infinity) return x;
  // Method of fdlibm e_log.c: ln(1 + f) = f - (f^2/2 - s (f^2/2 + R)), s = f / (2 + f), R a polynomial in
  // s^2.
  const auto [exponent, fraction] = split(x);
  const double f = fraction - 1, k = exponent;
  const double s = f / (2 + f), z = s * s;
  constexpr double l1 = 6.666666666666735130e-01, l2 = 3.999999999940941908e-01,
                   l3 = 2.857142874366239149e-01, l4 = 2.222219843214978396e-01,
                   l5 = 1.818357216161805012e-01, l6 = 1.531383769920937332e-01,
                   l7 = 1.479819860511658591e-01;
  const double series = z * (l1 + z * (l2 + z * (l3 + z * (l4 + z * (l5 + z * (l6 + z * l7))))));
  const double half_square = 0.5 * f * f;
  return k * ln2_high - ((half_square - (s * (half_square + series) + k * ln2_low)) - f);
}

double portable_exp(double x) {
  return exp_of_sum(x, 0);
}

double portable_pow(double x, double y) {
  if (y == 0 || x == 1) return 1;
  if (x != x || y != y || x < 0) return not_a_number;
  if (x == 0) return y > 0 ? 0 : infinity;
  if (x == infinity) return y > 0 ? infinity : 0;
  if (std::fabs(y) > 0x1p70) return (x > 1) == (y > 0) ? infinity : 0;
  const Pair log = wide_log(x);
  const Pair product = multiply(log, Pair{y, 0});
  return exp_of_sum(product.high, product.low);
}

}  // namespace muster
