#include "reports/plot/canvas.hpp"

#include <fmt/format.h>

#include <cmath>

#include "reports/markup.hpp"
#include "sim/assert.hpp"

namespace muster::reports {

std::string coordinate(double value) {
  MUSTER_ASSERT(std::isfinite(value), "a plot has a coordinate that is no number");
  std::string text = fmt::format("{:.1f}", value);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text == "-0" ? "0" : text;
}

Canvas::Canvas(double width, double height, std::string_view id, std::string_view title,
               std::string_view description) {
  out_ = fmt::format(
      "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">\n"
      "<title id=\"{id}-t\">{}</title>\n<desc id=\"{id}-d\">{}</desc>\n",
      coordinate(width), coordinate(height), escape_markup(title), escape_markup(description),
      fmt::arg("id", id));
}

void Canvas::line(Point from, Point to, std::string_view css_class) {
  out_ += fmt::format("<path class=\"{}\" d=\"M{} {}L{} {}\"/>\n", css_class, coordinate(from.x),
                      coordinate(from.y), coordinate(to.x), coordinate(to.y));
}

void Canvas::box(Point corner, double width, double height, std::string_view css_class) {
  out_ += fmt::format("<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>\n", css_class,
                      coordinate(corner.x), coordinate(corner.y), coordinate(width), coordinate(height));
}

void Canvas::polyline(const std::vector<Point>& points, std::string_view css_class, bool closed) {
  if (points.size() < 2) return;
  out_ += fmt::format("<path class=\"{}\" d=\"", css_class);
  char command = 'M';
  for (const Point& point : points) {
    out_ += fmt::format("{}{} {}", command, coordinate(point.x), coordinate(point.y));
    command = 'L';
  }
  out_ += closed ? "Z\"/>\n" : "\"/>\n";
}

void Canvas::text(Point at, std::string_view words, std::string_view css_class, Anchor anchor) {
  constexpr const char* anchors[] = {"start", "middle", "end"};
  out_ += fmt::format("<text class=\"{}\" x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>\n", css_class,
                      coordinate(at.x), coordinate(at.y), anchors[static_cast<int>(anchor)],
                      escape_markup(words));
}

std::string Canvas::take() {
  return std::move(out_) + "</svg>\n";
}

}  // namespace muster::reports
