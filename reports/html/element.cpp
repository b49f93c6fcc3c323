#include <fmt/format.h>

#include "reports/html/sections.hpp"
#include "reports/markup.hpp"

namespace muster::reports {

std::string element(std::string_view tag, std::string_view css_class, std::string_view text) {
  if (css_class.empty()) return fmt::format("<{0}>{1}</{0}>", tag, escape_markup(text));
  return fmt::format("<{0} class=\"{1}\">{2}</{0}>", tag, css_class, escape_markup(text));
}

}  // namespace muster::reports
