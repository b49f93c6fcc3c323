#include "scenarios/scenario_head.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace muster {

namespace {

// Used in names of folders and in the journal.
bool is_plain_name(const std::string& name) {
  return !name.empty() && name.size() <= 63 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

std::string read_name(MapReader& map) {
  const std::string name = map.text("name");
  if (!name.empty() && !is_plain_name(name))
    map.fail("name",
             fmt::format("\"name\": expected up to 63 small letters, digits and -, found \"{}\"", name));
  return name;
}

Epoch read_epoch(MapReader& map) {
  const std::string text = map.text("epoch", "2025-01-06T09:00:00Z");
  const auto epoch = parse_epoch(text);
  if (!epoch)
    map.fail("epoch",
             fmt::format("\"epoch\": expected a time such as 2025-11-01T14:20:00Z, found \"{}\"", text));
  return epoch ? *epoch : Epoch{};
}

SimDuration read_within(MapReader& map, const char* key, SimDuration least, SimDuration most,
                        std::optional<SimDuration> fallback = {}) {
  const SimDuration value = map.duration(key, fallback);
  if (map.node(key) && (value < least || value > most))
    map.fail(key,
             fmt::format("\"{}\": expected {} to {}", key, format_duration(least), format_duration(most)));
  return value;
}

}  // namespace

Scenario read_scenario_head(MapReader& map) {
  Scenario scenario;
  map.whole("muster", scenario_format_version, scenario_format_version);
  scenario.name = read_name(map);
  scenario.title = map.text("title", scenario.name);
  scenario.summary = map.text("summary", "");
  map.text("system");
  scenario.epoch = read_epoch(map);
  scenario.seed =
      static_cast<std::uint64_t>(map.whole("seed", 0, std::numeric_limits<std::int64_t>::max(), 1));
  scenario.horizon = sim_start + read_within(map, "horizon", 1min, horizon_max);
  scenario.scrape_interval = read_within(map, "scrapeInterval", 1s, 10min, 15s);
  return scenario;
}

}  // namespace muster
