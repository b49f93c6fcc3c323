#include "reports/plot/scale.hpp"

#include <algorithm>
#include <cmath>

#include "sim/math.hpp"

namespace muster::reports {
namespace {

double power_of_ten(double value) {  // the largest that is not above `value`
  double power = 1;
  while (power > value) power /= 10;
  while (power * 10 <= value) power *= 10;
  return power;
}

bool is_usable(double value) {
  return std::isfinite(value) && value > 1e-12 && value < 1e15;
}

}  // namespace

double round_up(double value) {
  if (!is_usable(value)) return 1;
  const double power = power_of_ten(value);
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= value * (1 - 1e-9)) return factor * power;
  return 10 * power;
}

Scale Scale::linear(double max, double low_at, double high_at) {
  const double step = round_up((is_usable(max) ? max : 1) / 5);
  const double top = step * std::ceil((is_usable(max) ? max : 1) / step * (1 - 1e-9));
  return {0, top, low_at, high_at, false};
}

Scale Scale::logarithmic(double min, double max, double low_at, double high_at) {
  const double low = power_of_ten(is_usable(min) ? min : 1);
  double high = round_up(is_usable(max) ? max : 10);
  if (high < low * 10) high = low * 10;
  return {low, high, low_at, high_at, true};
}

double Scale::at(double value) const {
  const double inside = std::isfinite(value) ? std::clamp(value, low_, high_) : low_;
  const double share =
      is_log_ ? portable_log(inside / low_) / portable_log(high_ / low_) : (inside - low_) / (high_ - low_);
  return low_at_ + share * (high_at_ - low_at_);
}

std::vector<double> Scale::ticks(int wanted) const {
  std::vector<double> values;
  if (!is_log_) {
    const double step = round_up(high_ / wanted);
    for (int i = 0; i * step <= high_ * (1 + 1e-9); ++i) values.push_back(i * step);
    return values;
  }
  const double decades = portable_log(high_ / low_) / portable_log(10);
  for (double power = low_; power <= high_ * (1 + 1e-9); power *= 10)
    for (const double factor : {1.0, 2.0, 5.0}) {
      const bool fits = factor == 1 || decades * 3 <= wanted;
      if (fits && factor * power <= high_ * (1 + 1e-9)) values.push_back(factor * power);
    }
  return values;
}

}  // namespace muster::reports
