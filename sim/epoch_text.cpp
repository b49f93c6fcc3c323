// Calendar time as Kubernetes and people write it (RFC 3339, UTC).
#include <fmt/format.h>

#include <cstddef>

#include "sim/time.hpp"

namespace muster {
namespace {

using Days = std::chrono::sys_days;

constexpr std::string_view pattern = "0000-00-00T00:00:00Z";

bool fits_pattern(std::string_view text) {
  if (text.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (pattern[i] == '0' ? !digit : text[i] != pattern[i]) return false;
  }
  return true;
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

struct Calendar {
  int year;
  unsigned month, day;
  std::int64_t hour, minute, second, microsecond;
};

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

Calendar calendar_of(Epoch epoch, SimTime at) {
  const std::int64_t whole = floor_divide(nanoseconds_of(at), 1'000'000'000);
  const std::int64_t unix = epoch.unix_seconds + whole;
  const std::int64_t day_number = floor_divide(unix, 86400);
  const std::chrono::year_month_day date{Days{std::chrono::days{day_number}}};
  const std::int64_t second = unix - day_number * 86400;
  return {static_cast<int>(date.year()),
          static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day()),
          second / 3600,
          second / 60 % 60,
          second % 60,
          (nanoseconds_of(at) - whole * 1'000'000'000) / 1000};
}

}  // namespace

Result<Epoch> parse_epoch(std::string_view rfc3339) {
  const auto wrong = [&](std::string_view why) {
    return invalid_input(
        fmt::format("\"{}\" is not an instant: {}; expected UTC such as 2025-11-01T14:20:00Z", rfc3339, why));
  };
  if (!fits_pattern(rfc3339)) return wrong("it must have the form YYYY-MM-DDThh:mm:ssZ");
  const auto part = [&](std::size_t begin, std::size_t size) { return number(rfc3339.substr(begin, size)); };
  const std::chrono::year_month_day date{std::chrono::year{part(0, 4)},
                                         std::chrono::month{static_cast<unsigned>(part(5, 2))},
                                         std::chrono::day{static_cast<unsigned>(part(8, 2))}};
  if (!date.ok()) return wrong("there is no such day");
  const int hour = part(11, 2), minute = part(14, 2), second = part(17, 2);
  if (hour > 23 || minute > 59 || second > 59) return wrong("there is no such time of day");
  const std::int64_t day = Days{date}.time_since_epoch().count();
  return Epoch{day * 86400 + hour * 3600 + minute * 60 + second};
}

std::string format_rfc3339(Epoch epoch, SimTime at) {
  const Calendar c = calendar_of(epoch, at);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", c.year, c.month, c.day, c.hour, c.minute,
                     c.second);
}

std::string format_rfc3339_micro(Epoch epoch, SimTime at) {
  const Calendar c = calendar_of(epoch, at);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", c.year, c.month, c.day, c.hour, c.minute,
                     c.second, c.microsecond);
}

double unix_seconds_of(Epoch epoch, SimTime at) {
  // Whole seconds and the rest apart: one sum of nanoseconds since 1970 would not fit a double's 53 bits.
  const std::int64_t whole = floor_divide(nanoseconds_of(at), 1'000'000'000);
  const std::int64_t rest = nanoseconds_of(at) - whole * 1'000'000'000;
  return static_cast<double>(epoch.unix_seconds + whole) + static_cast<double>(rest) * 1e-9;
}

}  // namespace muster
