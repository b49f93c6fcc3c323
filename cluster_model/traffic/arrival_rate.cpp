#include "cluster_model/traffic/arrival_rate.hpp"

#include <algorithm>
#include <cmath>

#include "sim/assert.hpp"

namespace muster {
namespace {

constexpr double two_pi = 6.283185307179586476925;

double along(const std::vector<DayShape::Point>& table, SimDuration period, SimDuration at) {
  const auto after =
      std::upper_bound(table.begin(), table.end(), at,
                       [](SimDuration t, const DayShape::Point& point) { return t < point.at; });
  const DayShape::Point& right = after == table.end() ? table.front() : *after;
  const DayShape::Point& left = after == table.begin() ? table.back() : *(after - 1);
  const SimDuration from = after == table.begin() ? left.at - period : left.at;
  const SimDuration to = after == table.end() ? right.at + period : right.at;
  if (to == from) return left.factor;
  return left.factor + (right.factor - left.factor) * seconds_of(at - from) / seconds_of(to - from);
}

}  // namespace

double sine_of_turns(double turns) {
  double x = turns - std::floor(turns);  // [0, 1)
  double sign = 1;
  if (x >= 0.5) {
    x -= 0.5;
    sign = -1;
  }
  if (x > 0.25) x = 0.5 - x;  // now a quarter turn at most: Taylor to x^19 is exact to 1e-15
  const double angle = x * two_pi, square = angle * angle;
  double term = angle, sum = angle;
  for (int n = 3; n <= 19; n += 2) {
    term *= -square / (n * (n - 1));
    sum += term;
  }
  return sign * sum;
}

ArrivalRate::ArrivalRate(const DayShape& shape) : shape_(shape) {
  MUSTER_ASSERT(shape.period > SimDuration{0}, "a day is longer than nothing");
  highest_ = 1 + shape_.amplitude;
  if (shape_.table.empty()) return;
  highest_ = 0;
  for (const DayShape::Point& point : shape_.table) highest_ = std::max(highest_, point.factor);
  MUSTER_ASSERT(highest_ > 0, "some time of the day has traffic");
}

double ArrivalRate::factor(SimTime at) const {
  if (shape_.flat()) return 1;
  const SimDuration of_day = (at.time_since_epoch() + offset_) % shape_.period;
  if (!shape_.table.empty()) return along(shape_.table, shape_.period, of_day);
  const double turns = seconds_of(of_day - shape_.peak) / seconds_of(shape_.period);
  return 1 + shape_.amplitude * sine_of_turns(turns + 0.25);
}

}  // namespace muster
