// A moment as Go's time.Time in UTC, to the millisecond: what `toTime` gives.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "telemetry/template/nodes.hpp"

namespace muster::text_template {
namespace {

constexpr std::string_view months[] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};
constexpr std::string_view weekdays[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                         "Thursday", "Friday", "Saturday"};

struct Moment {
  int year;
  unsigned month, day, weekday;  // from 1, from 1, from Sunday = 0
  std::int64_t hour, minute, second, millisecond;
};

Moment moment_of(double unix_seconds) {
  using namespace std::chrono;
  const sys_time<milliseconds> at{milliseconds{static_cast<std::int64_t>(unix_seconds * 1000)}};
  const sys_days day = floor<days>(at);
  const year_month_day date{day};
  const std::int64_t ms = (at - day).count();
  return {int(date.year()), unsigned(date.month()), unsigned(date.day()), weekday{day}.c_encoding(),
          ms / 3'600'000,   ms / 60'000 % 60,       ms / 1000 % 60,       ms % 1000};
}

/// One element of Go's reference time, Mon Jan 2 15:04:05 MST 2006, and what stands for it.
struct Element {
  std::string_view layout;
  std::string (*shown)(const Moment&);
};

std::int64_t twelve(std::int64_t hour) {
  return (hour + 11) % 12 + 1;
}

// Of two elements that begin alike the longer one is first.
constexpr Element elements[] = {
    {"January", [](const Moment& m) { return std::string(months[m.month - 1]); }},
    {"Jan", [](const Moment& m) { return std::string(months[m.month - 1].substr(0, 3)); }},
    {"Monday", [](const Moment& m) { return std::string(weekdays[m.weekday]); }},
    {"Mon", [](const Moment& m) { return std::string(weekdays[m.weekday].substr(0, 3)); }},
    {"MST", [](const Moment&) { return std::string("UTC"); }},
    {"2006", [](const Moment& m) { return fmt::format("{:04}", m.year); }},
    {"01", [](const Moment& m) { return fmt::format("{:02}", m.month); }},
    {"02", [](const Moment& m) { return fmt::format("{:02}", m.day); }},
    {"03", [](const Moment& m) { return fmt::format("{:02}", twelve(m.hour)); }},
    {"04", [](const Moment& m) { return fmt::format("{:02}", m.minute); }},
    {"05", [](const Moment& m) { return fmt::format("{:02}", m.second); }},
    {"06", [](const Moment& m) { return fmt::format("{:02}", m.year % 100); }},
    {"15", [](const Moment& m) { return fmt::format("{:02}", m.hour); }},
    {"1", [](const Moment& m) { return fmt::format("{}", m.month); }},
    {"_2", [](const Moment& m) { return fmt::format("{:>2}", m.day); }},
    {"2", [](const Moment& m) { return fmt::format("{}", m.day); }},
    {"3", [](const Moment& m) { return fmt::format("{}", twelve(m.hour)); }},
    {"4", [](const Moment& m) { return fmt::format("{}", m.minute); }},
    {"5", [](const Moment& m) { return fmt::format("{}", m.second); }},
    {"PM", [](const Moment& m) { return std::string(m.hour < 12 ? "AM" : "PM"); }},
    {"pm", [](const Moment& m) { return std::string(m.hour < 12 ? "am" : "pm"); }},
    {"-07:00", [](const Moment&) { return std::string("+00:00"); }},
    {"-0700", [](const Moment&) { return std::string("+0000"); }},
    {"Z07:00", [](const Moment&) { return std::string("Z"); }},
    {"Z0700", [](const Moment&) { return std::string("Z"); }},
    {".000", [](const Moment& m) { return fmt::format(".{:03}", m.millisecond); }},
};

std::string formatted(const Moment& moment, std::string_view layout) {
  std::string out;
  while (!layout.empty()) {
    const auto* found = std::find_if(std::begin(elements), std::end(elements), [&](const Element& element) {
      return layout.starts_with(element.layout);
    });
    if (found == std::end(elements)) {
      out += layout.front();
      layout.remove_prefix(1);
    } else {
      out += found->shown(moment);
      layout.remove_prefix(found->layout.size());
    }
  }
  return out;
}

}  // namespace

Result<Value> call_time_method(double unix_seconds, const std::string& name,
                               const std::vector<Value>& arguments) {
  const Moment moment = moment_of(unix_seconds);
  const auto whole = [](auto number) { return Value::of(static_cast<double>(number), true); };
  if (name == "Format" && arguments.size() == 1) return Value::of(formatted(moment, arguments[0].shown()));
  if (!arguments.empty() || name == "Format")
    return invalid_input(fmt::format("wrong number of args for {}", name));
  if (name == "Year") return whole(moment.year);
  if (name == "Month") return Value::of(std::string(months[moment.month - 1]));
  if (name == "Day") return whole(moment.day);
  if (name == "Weekday") return Value::of(std::string(weekdays[moment.weekday]));
  if (name == "Hour") return whole(moment.hour);
  if (name == "Minute") return whole(moment.minute);
  if (name == "Second") return whole(moment.second);
  const auto ms = static_cast<std::int64_t>(unix_seconds * 1000);
  if (name == "Unix") return whole(ms / 1000 - (ms % 1000 < 0 ? 1 : 0));
  if (name == "UnixMilli") return whole(ms);
  return invalid_input(fmt::format("can't evaluate field {} in type *time.Time", name));
}

}  // namespace muster::text_template
