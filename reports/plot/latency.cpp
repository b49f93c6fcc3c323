#include <fmt/format.h>

#include <algorithm>

#include "reports/plot/plots.hpp"
#include "reports/words.hpp"

namespace muster::reports {
namespace {

constexpr double p95 = 0.95;
// Quick refusals among the replies can pull p95 far below anything worth reading off.
constexpr double floor_ms = 1;

double milliseconds(SimDuration d) {
  return seconds_of(d) * 1e3;
}

struct Sample {
  SimTime from{}, to{};
  std::optional<double> ms;  // none: nobody was served
};

// Where every request is refused at once, p95 is a few microseconds: no latency of the service, so a gap.
bool served(const TrafficBin& bin) { return bin.ended() > bin.failed(); }
bool served(const MinuteImpact& minute) { return minute.ended > minute.failed; }

std::vector<Sample> of_traffic(const Traffic& traffic) {
  std::vector<Sample> samples;
  for (std::size_t i = 0; i < traffic.bins.size(); ++i) {
    const SimTime from = sim_start + static_cast<std::int64_t>(i) * plot_step;
    const LatencyHistogram& latency = traffic.bins[i].latency;
    samples.push_back({from, from + plot_step, {}});
    if (served(traffic.bins[i])) samples.back().ms = milliseconds(latency.quantile(p95));
  }
  return samples;
}

std::vector<Sample> of_baseline(const ImpactCurve* curve) {
  std::vector<Sample> samples;
  for (std::size_t i = 0; curve && i < curve->minutes.size(); ++i) {
    const SimTime from = sim_start + static_cast<std::int64_t>(i) * 1min;
    const LatencyHistogram& latency = curve->minutes[i].latency;
    samples.push_back({from, from + 1min, {}});
    if (served(curve->minutes[i])) samples.back().ms = milliseconds(latency.quantile(p95));
  }
  return samples;
}

/// Steps, broken where there is nothing.
void draw(Canvas& canvas, const Frame& frame, const Scale& scale, const std::vector<Sample>& samples,
          std::string_view css_class) {
  std::vector<Point> points;
  for (const Sample& sample : samples) {
    if (!sample.ms) {
      canvas.polyline(points, css_class);
      points.clear();
      continue;
    }
    const double y = scale.at(std::max(*sample.ms, floor_ms));
    points.push_back({frame.x(sample.from), y});
    points.push_back({frame.x(sample.to), y});
  }
  canvas.polyline(points, css_class);
}

Scale scale_of(const Frame& frame, const std::vector<Sample>& real, const std::vector<Sample>& twin,
               const LatencyGoal& goal) {
  double low = 1e15, high = 0;
  const auto reach = [&](double ms) {
    low = std::min(low, ms);
    high = std::max(high, ms);
  };
  for (const auto* samples : {&real, &twin})
    for (const Sample& sample : *samples)
      if (sample.ms) reach(std::max(*sample.ms, floor_ms));
  if (goal.objective) reach(milliseconds(*goal.objective));
  if (high == 0) reach(100);
  return Scale::logarithmic(low, high, frame.bottom(), frame.top());
}

std::string tick_label(double ms) {
  return ms >= 1000 ? number_text(ms / 1000) + " s" : number_text(ms) + " ms";
}

}  // namespace

std::string latency_plot(const Scene& scene, const Traffic& traffic, const LatencyGoal& goal, Width width) {
  const Frame frame(scene, width, 200);
  Canvas canvas(frame.width(), frame.height(), width == Width::wide ? "latency-w" : "latency-n",
                "95th percentile of latency at the user", latency_sentence(traffic, goal));
  const std::vector<Sample> real = of_traffic(traffic), twin = of_baseline(goal.no_fault);
  const Scale scale = scale_of(frame, real, twin, goal);
  std::vector<Tick> ticks;
  for (const double value : scale.ticks(12)) ticks.push_back({value, tick_label(value)});
  frame.draw_ground(canvas);
  frame.draw_values(canvas, scale, ticks, "p95");
  draw(canvas, frame, scale, twin, "line-twin");
  if (goal.objective) {
    const double y = scale.at(milliseconds(*goal.objective));
    canvas.line({frame.left(), y}, {frame.right(), y}, "line-goal");
    canvas.text({frame.right() - 4, y - 5}, "objective " + format_duration(*goal.objective), "goal-text",
                Anchor::end);
  }
  draw(canvas, frame, scale, real, "line-p95");
  frame.draw_marks(canvas);
  return canvas.take();
}

std::string latency_sentence(const Traffic& traffic, const LatencyGoal& goal) {
  double worst = 0;
  SimTime when{};
  int above = 0, all = 0;
  for (const Sample& sample : of_traffic(traffic)) {
    if (!sample.ms) continue;
    ++all;
    if (goal.objective && *sample.ms > milliseconds(*goal.objective)) ++above;
    if (*sample.ms > worst) {
      worst = *sample.ms;
      when = sample.from;
    }
  }
  if (all == 0) return "Nobody was answered during the drill.";
  const std::string highest = fmt::format("Highest p95: {} at {}.", tick_label(worst), format_clock(when));
  if (!goal.objective) return highest;
  return fmt::format("p95 was above the objective of {} in {} of {} ten-second stretches. {}",
                     format_duration(*goal.objective), above, all, highest);
}

}  // namespace muster::reports
