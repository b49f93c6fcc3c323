#include "scenarios/image_pattern.hpp"

namespace muster {

// Goes back to the last * on a mismatch: at most |pattern| * |image| steps.
bool matches_image_pattern(std::string_view pattern, std::string_view image) {
  std::size_t p = 0, i = 0, star = std::string_view::npos, resume = 0;
  while (i < image.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = i;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == image[i])) {
      ++p;
      ++i;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      i = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool has_behaviour(const AppProfile& app, std::string_view image) {
  for (const ImageBehaviour& behaviour : app.images) {
    if (matches_image_pattern(behaviour.pattern, image)) return true;
  }
  return false;
}

}  // namespace muster
