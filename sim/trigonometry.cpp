#include "sim/trigonometry.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

#include "sim/math.hpp"
#include "sim/special_values.hpp"

namespace muster {
namespace {

__extension__ typedef unsigned __int128 Wide;

constexpr double pi = std::numbers::pi;
constexpr double ln_2 = std::numbers::ln2;
constexpr double quarter_pi = pi / 4;

// The binary digits of 4/pi, the first word being its whole part: enough for the largest double (Payne and
// Hanek 1983; computed with integers by Machin's formula).
constexpr std::uint64_t four_over_pi[] = {
    0x0000000000000001ull, 0x45f306dc9c882a53ull, 0xf84eafa3ea69bb81ull, 0xb6c52b3278872083ull,
    0xfca2c757bd778ac3ull, 0x6e48dc74849ba5c0ull, 0x0c925dd413a32439ull, 0xfc3bd63962534e7dull,
    0xd1046bea5d768909ull, 0xd338e04d68befc82ull, 0x7323ac7306a673e9ull, 0x3908bf177bf25076ull,
    0x3ff12fffbc0b301full, 0xde5e2316b414da3eull, 0xda6cfd9e4f96136eull, 0x9e8c7ecd3cbfd45aull,
    0xea4f758fd7cbe2f6ull, 0x7a0e73ef14a525d4ull, 0xd7f6bf623f1aba10ull, 0xac06608df8f6d757ull};

// x = (octant + fraction) * pi/4 for x >= 0, octant modulo 8 and even, |fraction| <= 1.
struct Reduced {
  unsigned octant;
  double angle;  // fraction * pi/4
};

// 64 digits of 4/pi from the bit `at` on.
std::uint64_t digits_from(unsigned at) {
  const unsigned word = at / 64, shift = at % 64;
  if (shift == 0) return four_over_pi[word];
  return four_over_pi[word] << shift | four_over_pi[word + 1] >> (64 - shift);
}

// The product of x's 53 bits with 192 digits of 4/pi, chosen so that what is left out is a multiple of 8 or
// far below the last place. Its top three bits are the octant, the rest the fraction.
Reduced reduced(double x) {
  if (x < quarter_pi) return {0, x};
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const int exponent = static_cast<int>(bits >> 52) - 1075;  // x = mantissa * 2^exponent
  const std::uint64_t mantissa = (bits & 0x000FFFFFFFFFFFFFull) | 0x0010000000000000ull;
  const auto at = static_cast<unsigned>(exponent + 61);
  const Wide low = static_cast<Wide>(mantissa) * digits_from(at + 128) >> 64;
  const Wide middle = static_cast<Wide>(mantissa) * digits_from(at + 64) + low;
  const Wide product = middle + (static_cast<Wide>(mantissa * digits_from(at)) << 64);
  auto octant = static_cast<unsigned>(product >> 125);
  const auto fraction_bits = static_cast<std::uint64_t>(product >> 61);
  // Both halves are exact enough: the second holds what the first, rounded to 53 bits, has lost.
  double fraction = static_cast<double>(fraction_bits) * 0x1p-64;
  double rest = static_cast<double>(static_cast<std::uint64_t>(product << 67 >> 64)) * 0x1p-128;
  if (octant & 1) {
    // Counted back from the next octant, which makes small fractions of those close to 1.
    fraction = -static_cast<double>(~fraction_bits) * 0x1p-64;
    rest -= 0x1p-64;
    octant = (octant + 1) & 7;
  }
  return {octant, (fraction + rest) * quarter_pi};
}

// Taylor's series, |x| <= pi/4: the next term is below 2^-60.
double sin_near_zero(double x) {
  const double square = x * x;
  double series = 1;
  for (int n = 20; n >= 2; n -= 2) series = 1 - square / (n * (n + 1)) * series;
  return x * series;
}

double cos_near_zero(double x) {
  const double square = x * x;
  double series = 1;
  for (int n = 19; n >= 1; n -= 2) series = 1 - square / (n * (n + 1)) * series;
  return series;
}

// The same for sinh, |x| < 1.
double sinh_near_zero(double x) {
  const double square = x * x;
  double series = 1;
  for (int n = 22; n >= 2; n -= 2) series = 1 + square / (n * (n + 1)) * series;
  return x * series;
}

// ln(1 + x) without loss for small x (Kahan).
double log_of_one_plus(double x) {
  const double sum = 1 + x;
  if (sum == 1) return x;
  if (std::isinf(sum)) return sum;
  return portable_log(sum) * (x / (sum - 1));
}

// |x| <= 1: two halvings of the angle, then the series, of which the next term is below 2^-56 of the sum.
double atan_up_to_one(double x) {
  const auto halved = [](double tangent) { return tangent / (1 + std::sqrt(1 + tangent * tangent)); };
  const double t = halved(halved(x));
  const double square = t * t;
  double series = 0;
  for (int odd = 25; odd >= 1; odd -= 2) series = 1.0 / odd - square * series;
  return 4 * t * series;
}

}  // namespace

double portable_sin(double x) {
  if (!std::isfinite(x)) return not_a_number;
  if (x == 0) return x;
  const auto [octant, angle] = reduced(std::fabs(x));
  const double size = octant % 4 == 2 ? cos_near_zero(angle) : sin_near_zero(angle);
  return (octant >= 4) != (x < 0) ? -size : size;
}

double portable_cos(double x) {
  if (!std::isfinite(x)) return not_a_number;
  const auto [octant, angle] = reduced(std::fabs(x));
  const double size = octant % 4 == 2 ? sin_near_zero(angle) : cos_near_zero(angle);
  return octant == 2 || octant == 4 ? -size : size;
}

double portable_tan(double x) {
  if (x == 0) return x;
  return portable_sin(x) / portable_cos(x);
}

double portable_asin(double x) {
  if (!(std::fabs(x) <= 1)) return not_a_number;
  return portable_atan2(x, std::sqrt((1 - x) * (1 + x)));
}

double portable_acos(double x) {
  if (!(std::fabs(x) <= 1)) return not_a_number;
  return portable_atan2(std::sqrt((1 - x) * (1 + x)), x);
}

double portable_atan(double x) {
  if (std::isnan(x) || x == 0) return x;
  const double size = std::fabs(x);
  const double angle = size <= 1 ? atan_up_to_one(size) : pi / 2 - atan_up_to_one(1 / size);
  return std::copysign(angle, x);
}

double portable_atan2(double y, double x) {
  if (std::isnan(x) || std::isnan(y)) return not_a_number;
  const bool backward = std::signbit(x);
  if (y == 0) return std::copysign(backward ? pi : 0.0, y);
  if (x == 0) return std::copysign(pi / 2, y);
  if (std::isinf(x) && std::isinf(y)) return std::copysign(backward ? 3 * quarter_pi : quarter_pi, y);
  const double angle = portable_atan(std::fabs(y) / std::fabs(x));
  return std::copysign(backward ? pi - angle : angle, y);
}

double portable_sinh(double x) {
  const double size = std::fabs(x);
  if (!(size >= 1)) return sinh_near_zero(x);
  const double root = portable_exp(size / 2);  // e^x itself overflows before sinh(x) does
  const double half = size > 700 ? root / 2 * root : (portable_exp(size) - portable_exp(-size)) / 2;
  return std::copysign(half, x);
}

double portable_cosh(double x) {
  const double size = std::fabs(x);
  if (size > 700) {
    const double root = portable_exp(size / 2);
    return root / 2 * root;
  }
  return (portable_exp(size) + portable_exp(-size)) / 2;
}

double portable_tanh(double x) {
  const double size = std::fabs(x);
  if (!(size >= 1)) return portable_sinh(x) / portable_cosh(x);
  const double squared = portable_exp(2 * size);
  return std::copysign(std::isinf(squared) ? 1 : 1 - 2 / (squared + 1), x);
}

double portable_asinh(double x) {
  if (!std::isfinite(x) || x == 0) return x;
  const double size = std::fabs(x);
  const double area = size > 0x1p28 ? portable_log(size) + ln_2
                                    : log_of_one_plus(size + size * size / (1 + std::sqrt(1 + size * size)));
  return std::copysign(area, x);
}

double portable_acosh(double x) {
  if (!(x >= 1)) return not_a_number;
  if (x > 0x1p28) return portable_log(x) + ln_2;
  const double above = x - 1;
  return log_of_one_plus(above + std::sqrt(2 * above + above * above));
}

double portable_atanh(double x) {
  const double size = std::fabs(x);
  if (!(size <= 1)) return not_a_number;
  if (x == 0) return x;
  if (size == 1) return std::copysign(infinity, x);
  return std::copysign(log_of_one_plus(2 * size / (1 - size)) / 2, x);
}

}  // namespace muster
