#include "responders/console/regular_expression.hpp"

#include <re2/re2.h>

namespace muster {

std::string basic_to_extended(std::string_view text) {
  static constexpr std::string_view swapped = "+?|(){}";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escaped = text[i] == '\\' && i + 1 < text.size();
    const char c = escaped ? text[++i] : text[i];
    const bool swap = swapped.find(c) != std::string_view::npos;
    if (escaped != swap) out += '\\';
    out += c;
  }
  return out;
}

std::unique_ptr<re2::RE2> compile_expression(const std::string& pattern, bool extended, bool ignore_case) {
  re2::RE2::Options settings;
  settings.set_case_sensitive(!ignore_case);
  settings.set_log_errors(false);
  return std::make_unique<re2::RE2>(extended ? pattern : basic_to_extended(pattern), settings);
}

}  // namespace muster
