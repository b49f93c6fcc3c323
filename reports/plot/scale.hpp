// From values to positions: linear and logarithmic scales, with round numbers as ticks.
#pragma once

#include <string>
#include <vector>

namespace muster::reports {

struct Tick {
  double value = 0;
  std::string label;
};

class Scale {
 public:
  /// [0, top] with top >= max, a round number; positions run from `low_at` (value 0) to `high_at`.
  static Scale linear(double max, double low_at, double high_at);
  /// Decades around [min, max], both > 0.
  static Scale logarithmic(double min, double max, double low_at, double high_at);

  /// Finite for every value; values beyond the ends stay at the ends.
  double at(double value) const;
  double top() const { return high_; }
  double bottom() const { return low_; }
  /// Round numbers, about `wanted` of them; of a logarithmic scale 1, 2 and 5 of each decade at most.
  std::vector<double> ticks(int wanted) const;

 private:
  Scale(double low, double high, double low_at, double high_at, bool is_log)
      : low_(low), high_(high), low_at_(low_at), high_at_(high_at), is_log_(is_log) {}
  double low_, high_, low_at_, high_at_;
  bool is_log_;
};

/// The smallest of 1, 2, 5 times a power of ten that is not below `value` (> 0).
double round_up(double value);

}  // namespace muster::reports
