// A scenario as a value: a system, when which fault strikes it, and how the response is judged.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cluster_model/world.hpp"
#include "sim/time.hpp"
#include "telemetry/alertmanager/config.hpp"
#include "telemetry/alerts.hpp"

namespace muster {

inline constexpr SimDuration horizon_max = 744h;  ///< 31 days: longer drills are typing errors

/// A fault with its parameters, ready to strike.
struct ScheduledFault {
  std::string id;  ///< "fault-1", in file order
  std::string kind, target, detail;
  SimTime at{};
  /// Both write as `id`. What `end` has to restore is kept from the last `begin`, so one scenario drives one
  /// world at a time.
  std::function<void(World&)> begin;
  std::function<void(World&)> end;  ///< empty = it does not end by itself
  SimTime end_at = sim_never;
};

struct ScenarioFile {
  std::string name;  ///< relative to inputs/
  std::string content;
};

struct Scenario {
  std::string name, title, summary;
  Epoch epoch;
  std::uint64_t seed = 1;
  SimTime horizon{};
  SystemSpec system;
  std::vector<RuleGroup> rules;
  alertmanager::Config alertmanager = alertmanager::pager_for_critical();
  SimDuration scrape_interval{15s};
  std::vector<ScheduledFault> faults;  ///< in order of time, then file
  std::string rubric_json;
  std::vector<std::string> overrides;  ///< "KEY=VALUE"
  std::vector<ScenarioFile>
      files;            ///< everything it was read from, sorted by name: "scenario.yaml", "system/..."
  std::string runbook;  ///< path of the system's own runbook, for `muster explain` and run.sh
};

/// Reads a scenario and its system. `overrides`: "KEY=VALUE" with a dotted path into the scenario file
/// ("faults.0.at=5m"). The system lies in `<dir>/system/` (a frozen drill: `path` is `<dir>/scenario.yaml`),
/// else in
/// `<dir>/../systems/NAME/`, or where `system:` says if that has a slash in it (relative to `<dir>`).
/// Errors: invalid_input with "file:line:column", what was expected and the nearest valid word.
Result<Scenario> load_scenario(const std::string& path, const std::vector<std::string>& overrides = {});

}  // namespace muster
