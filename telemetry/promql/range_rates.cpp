#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "telemetry/promql/arithmetic.hpp"
#include "telemetry/promql/range_functions.hpp"

namespace muster::promql {

namespace {

constexpr double ms_per_second = 1000;

enum class Kind { gauge, counter, counter_rate };

// What the counter grew by, a drop counting as a restart from zero.
double raw_growth(const Window& window, bool counter) {
  double growth = window.samples.back().value - window.samples.front().value;
  if (!counter) return growth;
  double previous = window.samples.front().value;
  for (const Sample& sample : window.samples.subspan(1)) {
    if (sample.value < previous) growth += previous;
    previous = sample.value;
  }
  return growth;
}

// extrapolatedRate: the change between first and last sample, stretched to the window's edges where samples
// come near enough to them, and to no more than where a counter would have been zero.
std::optional<double> extrapolated(const Window& window, Kind kind) {
  if (window.samples.size() < 2) return std::nullopt;
  const Sample &first = window.samples.front(), &last = window.samples.back();
  const bool counter = kind != Kind::gauge;
  const double growth = raw_growth(window, counter);
  double to_begin = static_cast<double>(first.at_ms - window.begin_ms) / ms_per_second;
  const double to_end = static_cast<double>(window.end_ms - last.at_ms) / ms_per_second;
  const double sampled = static_cast<double>(last.at_ms - first.at_ms) / ms_per_second;
  const double average_gap = sampled / static_cast<double>(window.samples.size() - 1);
  if (counter && growth > 0 && first.value >= 0) {
    const double to_zero = sampled * (first.value / growth);
    if (to_zero < to_begin) to_begin = to_zero;
  }
  const double threshold = average_gap * 1.1;
  const double extended = sampled + (to_begin < threshold ? to_begin : average_gap / 2) +
                          (to_end < threshold ? to_end : average_gap / 2);
  double factor = extended / sampled;
  if (kind == Kind::counter_rate)
    factor /= static_cast<double>(window.end_ms - window.begin_ms) / ms_per_second;
  return growth * factor;
}

std::optional<double> last_step(const Window& window, bool per_second) {
  if (window.samples.size() < 2) return std::nullopt;
  const Sample &last = window.samples.back(), &before = window.samples[window.samples.size() - 2];
  const bool restarted = per_second && last.value < before.value;
  const double step = restarted ? last.value : last.value - before.value;
  if (last.at_ms == before.at_ms) return std::nullopt;
  if (!per_second) return step;
  return step / (static_cast<double>(last.at_ms - before.at_ms) / ms_per_second);
}

struct Line {
  double slope, intercept;
};

// Least squares; x in seconds from `origin_ms`.
Line fit(std::span<const Sample> samples, std::int64_t origin_ms) {
  CompensatedSum sum_x, sum_y, sum_xy, sum_xx;
  bool constant = true;
  for (const Sample& sample : samples) {
    if (sample.value != samples.front().value) constant = false;
    const double x = static_cast<double>(sample.at_ms - origin_ms) / ms_per_second;
    sum_x.add(x);
    sum_y.add(sample.value);
    sum_xy.add(x * sample.value);
    sum_xx.add(x * x);
  }
  if (constant) {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    return std::isinf(samples.front().value) ? Line{none, none} : Line{0, samples.front().value};
  }
  const double n = static_cast<double>(samples.size());
  const double x = sum_x.raw(), y = sum_y.raw();
  const double covariance = sum_xy.raw() - x * y / n, variance = sum_xx.raw() - x * x / n;
  const double slope = covariance / variance;
  return {slope, y / n - slope * x / n};
}

}  // namespace

std::optional<double> rate(const Window& window, const Scalars&) {
  return extrapolated(window, Kind::counter_rate);
}
std::optional<double> increase(const Window& window, const Scalars&) {
  return extrapolated(window, Kind::counter);
}
std::optional<double> delta(const Window& window, const Scalars&) {
  return extrapolated(window, Kind::gauge);
}
std::optional<double> irate(const Window& window, const Scalars&) {
  return last_step(window, true);
}
std::optional<double> idelta(const Window& window, const Scalars&) {
  return last_step(window, false);
}

std::optional<double> deriv(const Window& window, const Scalars&) {
  if (window.samples.size() < 2) return std::nullopt;
  return fit(window.samples, window.samples.front().at_ms).slope;
}

std::optional<double> predict_linear(const Window& window, const Scalars& scalars) {
  if (window.samples.size() < 2) return std::nullopt;
  const Line line = fit(window.samples, window.eval_ms);
  return line.slope * scalars.first + line.intercept;
}

std::string check_holt_winters(const Scalars& scalars) {
  const auto outside = [](double factor) { return !(factor > 0 && factor < 1); };
  if (outside(scalars.first))
    return fmt::format("invalid smoothing factor. Expected: 0 < sf < 1, got: {:f}", scalars.first);
  if (outside(scalars.second))
    return fmt::format("invalid trend factor. Expected: 0 < tf < 1, got: {:f}", scalars.second);
  return {};
}

// Double exponential smoothing of level and trend.
std::optional<double> holt_winters(const Window& window, const Scalars& scalars) {
  if (window.samples.size() < 2) return std::nullopt;
  const double smoothing = scalars.first, trend_factor = scalars.second;
  double before = 0, level = window.samples[0].value;
  double trend = window.samples[1].value - window.samples[0].value;
  for (std::size_t i = 1; i < window.samples.size(); ++i) {
    if (i > 1) trend = trend_factor * (level - before) + (1 - trend_factor) * trend;
    const double next = smoothing * window.samples[i].value + (1 - smoothing) * (level + trend);
    before = level;
    level = next;
  }
  return level;
}

std::optional<double> changes(const Window& window, const Scalars&) {
  int count = 0;
  double previous = window.samples.front().value;
  for (const Sample& sample : window.samples.subspan(1)) {
    const bool both_nan = std::isnan(sample.value) && std::isnan(previous);
    if (sample.value != previous && !both_nan) ++count;
    previous = sample.value;
  }
  return count;
}

std::optional<double> resets(const Window& window, const Scalars&) {
  int count = 0;
  double previous = window.samples.front().value;
  for (const Sample& sample : window.samples.subspan(1)) {
    if (sample.value < previous) ++count;
    previous = sample.value;
  }
  return count;
}

}  // namespace muster::promql
