#include "cli/plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "telemetry/promql/label_pool.hpp"
#include "telemetry/promql/literal.hpp"

namespace muster::cli {
namespace {

constexpr std::size_t most_series = 26;
constexpr int axis_width = 12;  // of a value at the left, with the line

struct Frame {
  std::int64_t begin_ms, end_ms;
  double low, high;
  int columns, rows;

  int column(std::int64_t at_ms) const {
    const std::int64_t span = std::max<std::int64_t>(1, end_ms - begin_ms);
    return static_cast<int>((at_ms - begin_ms) * (columns - 1) / span);
  }
  int row(double value) const {
    const double part = high > low ? (value - low) / (high - low) : 0.5;
    return static_cast<int>(std::lround((1 - part) * (rows - 1)));
  }
};

// Least and greatest finite value; zero belongs to the picture unless the values are far from it.
std::pair<double, double> bounds_of(const std::vector<promql::ResultSeries>& series) {
  double low = 0, high = 0;
  bool first = true;
  for (const auto& one : series) {
    for (const Sample& point : one.points) {
      if (!std::isfinite(point.value)) continue;
      low = first ? point.value : std::min(low, point.value);
      high = first ? point.value : std::max(high, point.value);
      first = false;
    }
  }
  if (low > 0 && low < high / 2) low = 0;
  return {low, high};
}

std::vector<std::string> draw(const std::vector<promql::ResultSeries>& series, const Frame& frame) {
  std::vector<std::string> canvas(static_cast<std::size_t>(frame.rows),
                                  std::string(static_cast<std::size_t>(frame.columns), ' '));
  for (std::size_t i = std::min(series.size(), most_series); i-- > 0;) {
    for (const Sample& point : series[i].points) {
      if (!std::isfinite(point.value)) continue;
      canvas[static_cast<std::size_t>(frame.row(point.value))]
            [static_cast<std::size_t>(frame.column(point.at_ms))] = static_cast<char>('a' + i);
    }
  }
  return canvas;
}

std::string time_axis(const Frame& frame) {
  const std::string begin = clock_of(frame.begin_ms), end = clock_of(frame.end_ms);
  const int gap = std::max(1, frame.columns - static_cast<int>(begin.size() + end.size()));
  return fmt::format("{:{}} +{}\n{:{}}  {}{:{}}{}\n", "", axis_width - 2,
                     std::string(static_cast<std::size_t>(frame.columns), '-'), "", axis_width - 2, begin, "",
                     gap, end);
}

}  // namespace

std::string clock_of(std::int64_t at_ms) {
  return format_clock(sim_start + std::chrono::milliseconds(at_ms));
}

std::string plot(const std::vector<promql::ResultSeries>& series, std::int64_t begin_ms, std::int64_t end_ms,
                 int width, int height) {
  const auto [low, high] = bounds_of(series);
  const Frame frame{begin_ms, end_ms, low, high, std::max(width, 40) - axis_width, std::max(height, 8)};
  const std::vector<std::string> canvas = draw(series, frame);
  std::string text;
  for (int row = 0; row < frame.rows; ++row) {
    const bool labelled = row == 0 || row == frame.rows - 1 || row == (frame.rows - 1) / 2;
    const double value = high - (high - low) * row / (frame.rows - 1);
    text += fmt::format("{:>{}} |{}\n", labelled ? fmt::format("{:.4g}", value) : "", axis_width - 2,
                        canvas[static_cast<std::size_t>(row)]);
  }
  text += time_axis(frame);
  for (std::size_t i = 0; i < std::min(series.size(), most_series); ++i)
    text += fmt::format("  {}  {}\n", static_cast<char>('a' + i), promql::print_labels(series[i].labels));
  if (series.size() > most_series)
    text += fmt::format("  and {} more series, not drawn\n", series.size() - most_series);
  return text;
}

}  // namespace muster::cli
