#include <cmath>

#include "telemetry/promql/arithmetic.hpp"
#include "telemetry/promql/range_functions.hpp"

namespace muster::promql {

std::optional<double> avg_over_time(const Window& window, const Scalars&) {
  CompensatedSum mean;
  double count = 0;
  for (const Sample& sample : window.samples) {
    ++count;
    const double present = mean.uncompensated();
    if (std::isinf(present)) {
      // An infinite mean stays, unless NaN or the other infinity comes.
      if (std::isinf(sample.value) && (present > 0) == (sample.value > 0)) continue;
      if (std::isfinite(sample.value)) continue;
    }
    mean.add(sample.value / count - present / count);
  }
  return mean.value();
}

std::optional<double> count_over_time(const Window& window, const Scalars&) {
  return static_cast<double>(window.samples.size());
}

std::optional<double> last_over_time(const Window& window, const Scalars&) {
  return window.samples.back().value;
}

std::optional<double> max_over_time(const Window& window, const Scalars&) {
  double greatest = window.samples.front().value;
  for (const Sample& sample : window.samples)
    if (sample.value > greatest || std::isnan(greatest)) greatest = sample.value;
  return greatest;
}

std::optional<double> min_over_time(const Window& window, const Scalars&) {
  double least = window.samples.front().value;
  for (const Sample& sample : window.samples)
    if (sample.value < least || std::isnan(least)) least = sample.value;
  return least;
}

std::optional<double> present_over_time(const Window&, const Scalars&) {
  return 1;
}

std::optional<double> quantile_over_time(const Window& window, const Scalars& scalars) {
  std::vector<double> values;
  values.reserve(window.samples.size());
  for (const Sample& sample : window.samples) values.push_back(sample.value);
  return quantile(scalars.first, std::move(values));
}

// Welford's method with compensated sums.
std::optional<double> stdvar_over_time(const Window& window, const Scalars&) {
  CompensatedSum mean, squares;
  double count = 0;
  for (const Sample& sample : window.samples) {
    ++count;
    const double distance = sample.value - mean.raw();
    mean.add(distance / count);
    squares.add(distance * (sample.value - mean.raw()));
  }
  return squares.raw() / count;
}

std::optional<double> stddev_over_time(const Window& window, const Scalars& scalars) {
  return std::sqrt(*stdvar_over_time(window, scalars));
}

std::optional<double> sum_over_time(const Window& window, const Scalars&) {
  CompensatedSum sum;
  for (const Sample& sample : window.samples) sum.add(sample.value);
  return sum.value();
}

}  // namespace muster::promql
