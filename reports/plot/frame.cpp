#include "reports/plot/frame.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace muster::reports {
namespace {

constexpr double label_height = 13;
constexpr double letter_width = 6.6;  // of the marks' labels, 11 px

/// Marks of one place share one label: "tP tD".
struct Label {
  double x = 0;
  std::string words;
  double left() const { return x + 3; }
  double right() const { return left() + static_cast<double>(words.size()) * letter_width; }
};

constexpr SimDuration time_steps[] = {10s, 30s, 1min, 2min, 5min, 10min, 15min, 30min, 1h, 2h, 4h, 8h, 24h};

SimDuration time_step(SimTime end, int wanted) {
  for (const SimDuration step : time_steps)
    if ((end - sim_start) / step <= wanted) return step;
  return (end - sim_start) / wanted;
}

const char* class_of(MarkKind kind) {
  constexpr const char* classes[] = {"mark-fault", "mark-milestone", "mark-page"};
  return classes[static_cast<int>(kind)];
}

}  // namespace

std::string severity_class(std::string_view severity) {
  const std::size_t digit = severity.find_first_of("0123");
  return digit == std::string_view::npos ? "severity-3" : fmt::format("severity-{}", severity[digit]);
}

Frame::Frame(const Scene& scene, Width width, double plot_height) : scene_(scene), width_(width) {
  left_ = is_narrow() ? 38 : 52;
  right_ = (is_narrow() ? 360 : 1000) - right_margin;
  top_ = 3 * label_height + 6 + band_height + 4;
  bottom_ = top_ + plot_height;
}

double Frame::x(SimTime at) const {
  const double share = seconds_of(std::clamp(at, sim_start, scene_.end)) / seconds_of(scene_.end);
  return left_ + share * (right_ - left_);
}

void Frame::draw_ground(Canvas& canvas) const {
  draw_time_axis(canvas);
  draw_severity(canvas);
}

void Frame::draw_time_axis(Canvas& canvas) const {
  const SimDuration step = time_step(scene_.end, is_narrow() ? 4 : 10);
  for (SimTime at = sim_start; at <= scene_.end; at += step) {
    canvas.line({x(at), top_}, {x(at), bottom_}, "grid");
    const bool is_last = x(at) > right_ - 18;
    canvas.text({is_last ? right_ + 8 : x(at), bottom_ + 17}, format_clock(at), "axis",
                is_last ? Anchor::end : Anchor::middle);
  }
  canvas.line({left_, bottom_}, {right_, bottom_}, "axis-line");
}

void Frame::draw_severity(Canvas& canvas) const {
  for (const SeveritySpan& span : scene_.severity) {
    if (span.severity.empty()) continue;
    const double from = x(span.from), to = x(span.to);
    const std::string colour = severity_class(span.severity);
    canvas.box({from, top_}, to - from, bottom_ - top_, "wash " + colour);
    canvas.box({from, top_ - band_height - 2}, to - from, band_height, "band " + colour);
    if (to - from > static_cast<double>(span.severity.size()) * letter_width + 6)
      canvas.text({from + 4, top_ - 5.5}, span.severity, "band-text");
  }
}

void Frame::draw_values(Canvas& canvas, const Scale& scale, const std::vector<Tick>& ticks,
                        std::string_view unit) const {
  for (const Tick& tick : ticks) {
    const double y = scale.at(tick.value);
    canvas.line({left_, y}, {right_, y}, "grid");
    canvas.text({left_ - 6, y + 4}, tick.label, "axis", Anchor::end);
  }
  canvas.text({2, top_ - band_height - 8}, unit, "axis");
}

void Frame::draw_marks(Canvas& canvas) const {
  for (const Mark& mark : scene_.marks) {
    const double at = x(mark.at);
    canvas.line({at, top_ - band_height - 4}, {at, bottom_}, class_of(mark.kind));
    if (mark.kind == MarkKind::page)
      canvas.polyline({{at - 4, bottom_ + 7}, {at + 4, bottom_ + 7}, {at, bottom_ + 1}}, "page-sign", true);
  }
  draw_labels(canvas);
}

void Frame::draw_labels(Canvas& canvas) const {
  constexpr double same_place = 9;
  std::vector<Label> labels;
  for (const Mark& mark : scene_.marks) {
    if (mark.label.empty()) continue;
    const double at = x(mark.at);
    if (!labels.empty() && at - labels.back().x < same_place) {
      labels.back().words += " " + mark.label;
    } else {
      labels.push_back({at, mark.label});
    }
  }
  double taken[3] = {0, 0, 0};  // how far each row is written, from the lowest up
  for (Label& label : labels) {
    if (label.right() > width()) label.x = std::max(0.0, width() - (label.right() - label.x) - 2);
    const auto* row =
        std::find_if(std::begin(taken), std::end(taken), [&](double end) { return end <= label.left(); });
    if (row == std::end(taken)) continue;  // no room: the table of milestones has it
    const auto index = static_cast<std::size_t>(row - std::begin(taken));
    taken[index] = label.right() + 4;
    const double y = top_ - band_height - 8 - static_cast<double>(index) * label_height;
    canvas.text({label.left(), y}, label.words, "mark-text");
  }
}

}  // namespace muster::reports
