#include "cluster_model/profile/setting.hpp"

#include <charconv>

#include "sim/time.hpp"

namespace muster {

double Setting::in(const StringMap& environment) const {
  if (env.empty()) return value;
  const auto found = environment.find(env);
  if (found == environment.end()) return value;
  std::string text;
  for (char c : found->second) text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const char* yes : {"true", "yes", "on"})
    if (text == yes) return 1;
  for (const char* no : {"false", "no", "off"})
    if (text == no) return 0;
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size()) return number;
  const Result<SimDuration> duration = parse_duration(text);
  return duration ? seconds_of(duration.value()) : value;
}

}  // namespace muster
