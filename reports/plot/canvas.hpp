// Writes one SVG picture. Colours come from classes of the page's style sheet, so that light and dark need no
// second drawing; coordinates have one decimal, the same on every machine.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace muster::reports {

/// A coordinate: finite (asserted), at most one decimal.
std::string coordinate(double value);

struct Point {
  double x = 0, y = 0;
};

enum class Anchor { start, middle, end };

class Canvas {
 public:
  /// `id` is unique in the page; title and description are what a screen reader says.
  Canvas(double width, double height, std::string_view id, std::string_view title,
         std::string_view description);

  void line(Point from, Point to, std::string_view css_class);
  void box(Point corner, double width, double height, std::string_view css_class);
  /// Straight lines through the points; with `closed` an area.
  void polyline(const std::vector<Point>& points, std::string_view css_class, bool closed = false);
  void text(Point at, std::string_view words, std::string_view css_class, Anchor anchor = Anchor::start);
  /// The picture; nothing may be drawn afterwards.
  std::string take();

 private:
  std::string out_;
};

}  // namespace muster::reports
