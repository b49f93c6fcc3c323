// The rate of arrivals as a factor on the profile's: shape of the day times a spike.
#pragma once

#include "cluster_model/profile/traffic.hpp"

namespace muster {

class ArrivalRate {
 public:
  ArrivalRate() = default;
  explicit ArrivalRate(const DayShape& shape);

  /// The drill begins at this time of day.
  void begin_day_at(SimDuration since_midnight) { offset_ = since_midnight; }
  bool flat() const { return shape_.flat(); }
  /// The highest factor of the day. Arrivals are drawn at that rate, and kept with probability
  /// factor(t) / highest() (thinning, Lewis and Shedler 1979).
  double highest() const { return highest_; }
  double factor(SimTime at) const;

 private:
  DayShape shape_;
  SimDuration offset_{0};
  double highest_ = 1;
};

/// Sine of `turns` full turns, by basic operations only: within 1e-12.
double sine_of_turns(double turns);

}  // namespace muster
