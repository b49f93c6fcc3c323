#include <fmt/format.h>

#include <algorithm>

#include "reports/plot/plots.hpp"
#include "reports/words.hpp"

namespace muster::reports {
namespace {

constexpr double seconds_per_bin = 10;

/// Top and bottom edge of the bands below and including `band`, as steps.
std::vector<Point> edge(const Frame& frame, const Scale& scale, const Traffic& traffic, std::size_t bands) {
  std::vector<Point> points;
  for (std::size_t i = 0; i < traffic.bins.size(); ++i) {
    std::uint64_t sum = 0;
    for (std::size_t band = 0; band < bands; ++band) sum += traffic.bins[i].counts[band];
    const double y = scale.at(static_cast<double>(sum) / seconds_per_bin);
    const SimTime from = sim_start + static_cast<std::int64_t>(i) * plot_step;
    if (!points.empty() && points.back().y == y) {
      points.back().x = frame.x(from + plot_step);
      continue;
    }
    points.push_back({frame.x(from), y});
    points.push_back({frame.x(from + plot_step), y});
  }
  return points;
}

}  // namespace

const BandStyle& style_of(Band band) {
  static constexpr BandStyle styles[band_count] = {{"answered in time", "fill-ok"},
                                                   {"slow", "fill-slow"},
                                                   {"4xx, the user's mistake", "fill-4xx"},
                                                   {"5xx of the application", "fill-5xx"},
                                                   {"503, nobody ready", "fill-503"},
                                                   {"connection reset", "fill-reset"},
                                                   {"timed out", "fill-timeout"}};
  return styles[static_cast<std::size_t>(band)];
}

std::string outcomes_plot(const Scene& scene, const Traffic& traffic, Width width) {
  const Frame frame(scene, width, 220);
  Canvas canvas(frame.width(), frame.height(), width == Width::wide ? "outcomes-w" : "outcomes-n",
                "How requests ended", outcomes_sentence(traffic));
  std::uint64_t most = 0;
  for (const TrafficBin& bin : traffic.bins) most = std::max(most, bin.ended());
  const Scale scale = Scale::linear(static_cast<double>(most) / seconds_per_bin, frame.bottom(), frame.top());
  frame.draw_ground(canvas);
  std::vector<Point> below = edge(frame, scale, traffic, 0);
  for (std::size_t band = 0; band < band_count; ++band) {
    const std::vector<Point> above = edge(frame, scale, traffic, band + 1);
    const bool is_empty = std::all_of(traffic.bins.begin(), traffic.bins.end(),
                                      [band](const TrafficBin& bin) { return bin.counts[band] == 0; });
    if (!is_empty) {
      std::vector<Point> area = above;
      area.insert(area.end(), below.rbegin(), below.rend());
      canvas.polyline(area, style_of(static_cast<Band>(band)).css_class, true);
    }
    below = above;
  }
  std::vector<Tick> ticks;
  for (const double value : scale.ticks(5)) ticks.push_back({value, number_text(value)});
  frame.draw_values(canvas, scale, ticks, frame.is_narrow() ? "req/s" : "requests/s");
  frame.draw_marks(canvas);
  return canvas.take();
}

std::string outcomes_sentence(const Traffic& traffic) {
  std::uint64_t ended = 0, failed = 0;
  double worst_share = 0;
  std::size_t worst = 0;
  for (std::size_t i = 0; i < traffic.bins.size(); ++i) {
    const TrafficBin& bin = traffic.bins[i];
    ended += bin.ended();
    failed += bin.failed();
    const double share =
        bin.ended() == 0 ? 0 : static_cast<double>(bin.failed()) / static_cast<double>(bin.ended());
    if (share > worst_share) {
      worst_share = share;
      worst = i;
    }
  }
  if (ended == 0) return "No request ended during the drill.";
  const std::string all = number_text(static_cast<double>(ended));
  if (failed == 0) return fmt::format("None of {} requests failed.", all);
  return fmt::format("{} of {} requests failed ({} %). Worst ten seconds: {} % failed at {}.",
                     number_text(static_cast<double>(failed)), all,
                     number_text(100 * static_cast<double>(failed) / static_cast<double>(ended)),
                     number_text(100 * worst_share),
                     format_clock(sim_start + static_cast<std::int64_t>(worst) * plot_step));
}

}  // namespace muster::reports
