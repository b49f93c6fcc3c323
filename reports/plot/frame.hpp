// What all plots have in common: one time axis, the true severity as a labelled band, faults, milestones and
// pages as vertical lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/plot/canvas.hpp"
#include "reports/plot/data.hpp"
#include "reports/plot/scale.hpp"
#include "scoring/scorecard.hpp"

namespace muster::reports {

/// Each plot is drawn twice, for a wide window and for a telephone; the style sheet shows one.
enum class Width { wide, narrow };

/// What is drawn into every frame.
struct Scene {
  SimTime end{};
  std::vector<Mark> marks;
  std::vector<SeveritySpan> severity;
};

class Frame {
 public:
  Frame(const Scene& scene, Width width, double plot_height);

  double width() const { return right_ + right_margin; }
  double height() const { return bottom_ + bottom_margin; }
  double left() const { return left_; }
  double right() const { return right_; }
  double top() const { return top_; }
  double bottom() const { return bottom_; }
  bool is_narrow() const { return width_ == Width::narrow; }
  double x(SimTime at) const;

  /// Time axis, severity band and grid, under the data.
  void draw_ground(Canvas& canvas) const;
  /// Grid lines and labels of the value axis.
  void draw_values(Canvas& canvas, const Scale& scale, const std::vector<Tick>& ticks,
                   std::string_view unit) const;
  /// Vertical lines with their labels, over the data.
  void draw_marks(Canvas& canvas) const;

 private:
  static constexpr double right_margin = 14, bottom_margin = 26, band_height = 14;
  void draw_severity(Canvas& canvas) const;
  void draw_time_axis(Canvas& canvas) const;
  void draw_labels(Canvas& canvas) const;

  const Scene& scene_;
  Width width_;
  double left_, right_, top_, bottom_;
};

/// "severity-0" ... "severity-3": the class of a severity's colour, by the digit in its name.
std::string severity_class(std::string_view severity);

}  // namespace muster::reports
