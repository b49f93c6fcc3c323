// A ServiceTime made ready for drawing.
#pragma once

#include <cstdint>
#include <vector>

#include "cluster_model/profile.hpp"
#include "cluster_model/traffic/quantile_table.hpp"

namespace muster {

class ServiceSampler {
 public:
  explicit ServiceSampler(const ServiceTime& time);

  /// The time that belongs to this random word, times `factor`; whole nanoseconds.
  SimDuration draw(std::uint64_t word, double factor) const;

 private:
  enum class Form : std::uint8_t { constant, table, sum, choice };
  double draw_ns(std::uint64_t word) const;

  Form form_;
  double mean_ns_;
  int phases_;
  QuantileTable law_;  // nanoseconds; of one phase of a sum; of mean 1 for a choice
  struct Branch {
    double below;  // cumulative probability
    double mean_ns;
  };
  std::vector<Branch> branches_;
};

/// Nanoseconds between the arrivals of a Poisson process.
QuantileTable exponential_gaps(double mean_ns);

}  // namespace muster
