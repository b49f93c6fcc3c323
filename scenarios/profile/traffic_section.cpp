// Who asks, how often, and with how much patience.
#include <fmt/format.h>

#include <charconv>
#include <sstream>

#include "scenarios/profile/sections.hpp"

namespace muster {
namespace {

// Bounds are far beyond any real system; they keep sums and products within their types.
constexpr double traffic_max = 1e5;  // requests per second
constexpr std::int64_t users_max = 1'000'000;

DayShape read_day(const YamlNode& node, ReadContext& errors) {
  MapReader map(node, "the day", errors);
  DayShape day;
  day.amplitude = map.number("amplitude", 0, 1, 0.0);
  day.peak = map.duration("peak", day.peak);
  day.period = positive_time(map, "period", day.period);
  for (const YamlNode& item : map.items("table")) {
    MapReader point(item, "a point of the day", errors);
    day.table.push_back({point.duration("at"), point.number("factor", 0, 1000)});
    point.finish();
    if (day.table.size() > 1 && day.table.back().at <= day.table[day.table.size() - 2].at)
      errors.fail(item, "the points of a day ascend");
    if (day.table.back().at >= day.period) errors.fail(item, "a point of the day lies within its period");
  }
  map.finish();
  double highest = day.table.empty() ? 1 : 0;
  for (const DayShape::Point& point : day.table) highest = std::max(highest, point.factor);
  if (highest <= 0) map.fail("table", "some point of the day has a factor above 0");
  return day;
}

/// One line "12.5" or "12.5,GET /tasks"; a first line that begins with "time" is a heading.
void read_trace_line(const std::string& line, MapReader& map, std::vector<TraceLine>& trace) {
  if (line.empty() || (trace.empty() && line.starts_with("time"))) return;
  const std::size_t comma = line.find(',');
  const std::string text = line.substr(0, comma);
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool good = error == std::errc{} && end == text.data() + text.size() && seconds >= 0 && seconds < 1e7;
  if (!good) map.fail("trace", fmt::format("\"{}\": expected seconds, or seconds,ENDPOINT", line));
  TraceLine arrival{duration_from_seconds(good ? seconds : 0), ""};
  if (comma != std::string::npos) arrival.endpoint = line.substr(comma + 1);
  if (!trace.empty() && arrival.at < trace.back().at)
    map.fail("trace", fmt::format("\"{}\": the times of a trace ascend", line));
  trace.push_back(std::move(arrival));
}

}  // namespace

TrafficProfile read_traffic(const YamlNode& node, ReadContext& errors, std::vector<TraceLine>& trace) {
  MapReader map(node, "the traffic", errors);
  TrafficProfile traffic;
  for (const char* key : {"requestsPerSecond", "users", "deadline"}) map.node(key);  // named first in errors
  const bool drawn = !map.node("think") && !map.node("trace");
  traffic.requests_per_second =
      map.number("requestsPerSecond", 0, traffic_max, drawn ? std::optional<double>() : 0.0);
  traffic.users = static_cast<std::uint32_t>(map.whole("users", 1, users_max));
  traffic.deadline = positive_time(map, "deadline", 10s);
  traffic.cancels = map.flag("cancels", false);
  if (map.node("think")) traffic.think = service_time(map, "think");
  traffic.retries = retries(map, "retries");
  traffic.concurrency = static_cast<int>(map.whole("concurrency", 0, users_max, 0));
  if (const YamlNode* day = map.node("day")) traffic.day = read_day(*day, errors);
  std::istringstream lines(map.text("trace", ""));
  for (std::string line; std::getline(lines, line);) read_trace_line(line, map, trace);
  map.finish();
  return traffic;
}

}  // namespace muster
