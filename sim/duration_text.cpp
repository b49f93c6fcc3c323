// Durations as people write them: "1h30m", "250ms".
#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <limits>

#include "sim/time.hpp"

namespace muster {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t ns;
};
constexpr std::array<Unit, 7> units{{{"d", 86'400'000'000'000},
                                     {"h", 3'600'000'000'000},
                                     {"m", 60'000'000'000},
                                     {"s", 1'000'000'000},
                                     {"ms", 1'000'000},
                                     {"us", 1'000},
                                     {"ns", 1}}};
constexpr std::string_view expected = "expected a duration such as 1h30m, 250ms or 0.5s";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

Error wrong(std::string_view text, std::string_view why) {
  return invalid_input(fmt::format("\"{}\" is not a duration: {}; {}", text, why, expected));
}

/// The unit that someone who wrote `name` had in mind, or none.
std::string_view unit_meant(std::string_view name) {
  struct Habit {
    std::string_view written, meant;
  };
  constexpr std::array<Habit, 21> habits{
      {{"sec", "s"},          {"secs", "s"}, {"second", "s"}, {"seconds", "s"}, {"S", "s"},
       {"min", "m"},          {"mins", "m"}, {"minute", "m"}, {"minutes", "m"}, {"M", "m"},
       {"hr", "h"},           {"hrs", "h"},  {"hour", "h"},   {"hours", "h"},   {"H", "h"},
       {"day", "d"},          {"days", "d"}, {"D", "d"},      {"msec", "ms"},   {"millis", "ms"},
       {"milliseconds", "ms"}}};
  for (const Habit& habit : habits)
    if (habit.written == name) return habit.meant;
  return {};
}

struct Part {
  std::uint64_t whole = 0;
  std::string_view decimals;  // digits after the point
  bool has_point = false;
  std::string_view unit;
};

constexpr std::uint64_t endless = std::numeric_limits<std::uint64_t>::max();

/// Takes "90", "0.5" and the letters after it off the front of `rest`.
Part take_part(std::string_view& rest) {
  const auto take_while = [&rest](auto belongs) {
    std::size_t n = 0;
    while (n < rest.size() && belongs(rest[n])) ++n;
    const std::string_view taken = rest.substr(0, n);
    rest.remove_prefix(n);
    return taken;
  };
  Part part;
  for (const char c : take_while(is_digit)) {
    const auto digit = static_cast<std::uint64_t>(c - '0');
    part.whole = part.whole > endless / 16 ? endless : part.whole * 10 + digit;
  }
  if (!rest.empty() && rest.front() == '.') {
    rest.remove_prefix(1);
    part.has_point = true;
    part.decimals = take_while(is_digit);
  }
  part.unit = take_while(is_letter);
  return part;
}

std::size_t unit_index(std::string_view name) {
  std::size_t i = 0;
  while (i < units.size() && units[i].name != name) ++i;
  return i;
}

/// Fraction digits as nanoseconds of the unit, cut off below one nanosecond.
std::int64_t fraction_ns(std::string_view decimals, std::int64_t unit_ns) {
  std::int64_t sum = 0, scale = 1;
  for (const char c : decimals) {
    if (scale >= 1'000'000'000'000) break;  // far below a nanosecond of a day
    scale *= 10;
    sum = sum * 10 + (c - '0');
  }
  __extension__ typedef __int128 Wide;
  return static_cast<std::int64_t>(static_cast<Wide>(sum) * unit_ns / scale);
}

std::string unknown_unit(std::string_view name) {
  if (name.empty()) return "a number needs a unit";
  const std::string_view meant = unit_meant(name);
  if (meant.empty()) return fmt::format("unknown unit \"{}\" (units: d h m s ms us ns)", name);
  return fmt::format("unknown unit \"{}\", did you mean \"{}\"?", name, meant);
}

}  // namespace

Result<SimDuration> parse_duration(std::string_view text) {
  if (text.empty()) return wrong(text, "it is empty");
  std::string_view rest = text;
  std::int64_t sum = 0;
  std::size_t least_unit = 0;  // units before this one are used up
  while (!rest.empty()) {
    if (!is_digit(rest.front())) return wrong(text, fmt::format("'{}' is not a digit", rest.front()));
    const Part part = take_part(rest);
    const std::size_t index = unit_index(part.unit);
    if (index == units.size()) return wrong(text, unknown_unit(part.unit));
    if (index < least_unit) return wrong(text, "units come once each, largest first");
    least_unit = index + 1;
    if (part.has_point && part.decimals.empty()) return wrong(text, "digits are missing after the point");
    if (part.has_point && !rest.empty()) return wrong(text, "only the last number may have a fraction");
    const std::int64_t ns = units[index].ns;
    const std::int64_t room = std::numeric_limits<std::int64_t>::max() - sum;
    const std::int64_t fraction = fraction_ns(part.decimals, ns);
    if (fraction > room || part.whole > static_cast<std::uint64_t>((room - fraction) / ns))
      return wrong(text, "it is longer than 292 years");
    sum += static_cast<std::int64_t>(part.whole) * ns + fraction;
  }
  return SimDuration{sum};
}

std::string format_duration(SimDuration d) {
  if (d.count() == 0) return "0s";
  const bool negative = d.count() < 0;
  std::uint64_t rest =
      negative ? 0 - static_cast<std::uint64_t>(d.count()) : static_cast<std::uint64_t>(d.count());
  std::string text = negative ? "-" : "";
  for (const Unit& unit : units) {
    const auto ns = static_cast<std::uint64_t>(unit.ns);
    const std::uint64_t whole = rest / ns;
    if (whole == 0) continue;
    rest %= ns;
    text += fmt::format("{}", whole);
    if (ns <= 1'000'000'000 && rest > 0) {  // below a minute one number with a fraction is the shortest
      std::string decimals = fmt::format("{:0{}}", rest, fmt::formatted_size("{}", ns) - 1);
      decimals.erase(decimals.find_last_not_of('0') + 1);
      text += "." + decimals;
      rest = 0;
    }
    text += unit.name;
  }
  return text;
}

std::string format_clock(SimTime at) {
  const std::int64_t ns = nanoseconds_of(at);
  const char* sign = ns < 0 ? "-" : "";
  const std::uint64_t seconds =
      (ns < 0 ? 0 - static_cast<std::uint64_t>(ns) : static_cast<std::uint64_t>(ns)) / 1'000'000'000;
  const std::uint64_t hours = seconds / 3600, minutes = seconds / 60 % 60;
  if (hours == 0) return fmt::format("{}{:02}:{:02}", sign, minutes, seconds % 60);
  return fmt::format("{}{}:{:02}:{:02}", sign, hours, minutes, seconds % 60);
}

}  // namespace muster
