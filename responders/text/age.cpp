#include "responders/text/age.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>

namespace muster {
namespace {

/// MicroTime has a fraction, which parse_epoch does not read and no column shows.
std::optional<std::int64_t> unix_seconds(const std::string& rfc3339) {
  std::string text = rfc3339;
  const auto dot = text.find('.');
  const auto zone = text.find_first_of("Z+", dot == std::string::npos ? 0 : dot);
  if (dot != std::string::npos && zone != std::string::npos) text.erase(dot, zone - dot);
  const auto epoch = parse_epoch(text);
  if (!epoch) return std::nullopt;
  return epoch->unix_seconds;
}

std::string two_units(std::int64_t large, char large_unit, std::int64_t small, char small_unit) {
  return small == 0 ? fmt::format("{}{}", large, large_unit)
                    : fmt::format("{}{}{}{}", large, large_unit, small, small_unit);
}

}  // namespace

std::string human_duration(std::int64_t s) {
  const std::int64_t minute = 60, hour = 3600, day = 86400, year = 365 * day;
  if (s < -1) return "<invalid>";
  if (s < 0) return "0s";
  if (s < 2 * minute) return fmt::format("{}s", s);
  if (s < 10 * minute) return two_units(s / minute, 'm', s % minute, 's');
  if (s < 3 * hour) return fmt::format("{}m", s / minute);
  if (s < 8 * hour) return two_units(s / hour, 'h', s / minute % 60, 'm');
  if (s < 2 * day) return fmt::format("{}h", s / hour);
  if (s < 8 * day) return two_units(s / day, 'd', s / hour % 24, 'h');
  if (s < 2 * year) return fmt::format("{}d", s / day);
  if (s < 8 * year) return two_units(s / year, 'y', s / day % 365, 'd');
  return fmt::format("{}y", s / year);
}

std::optional<std::int64_t> Clock::seconds_since(const std::string& rfc3339) const {
  const auto then = unix_seconds(rfc3339);
  if (!then) return std::nullopt;
  const std::int64_t present = epoch.unix_seconds + nanoseconds_of(now) / 1'000'000'000;
  return present - *then;
}

std::string Clock::age(const std::string& rfc3339) const {
  const auto seconds = seconds_since(rfc3339);
  return seconds ? human_duration(*seconds) : "<unknown>";
}

std::string rfc1123(const std::string& rfc3339) {
  static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto seconds = unix_seconds(rfc3339);
  if (!seconds) return rfc3339;
  const std::chrono::sys_seconds at{std::chrono::seconds{*seconds}};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{at - day};
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0000",
                     days[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
                     months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace muster
