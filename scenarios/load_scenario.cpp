// load_scenario(): a scenario file and everything it names, strictly.
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/faults/fault_kinds.hpp"
#include "scenarios/input_files.hpp"
#include "scenarios/overrides.hpp"
#include "scenarios/rubric_file.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/scenario_head.hpp"
#include "scenarios/system_files.hpp"
#include "telemetry/map_reader.hpp"

namespace muster {

namespace {

Result<YamlNode> read_root(const std::string& path, const std::vector<std::string>& overrides,
                           InputFiles& files) {
  const auto text = files.take(path, "scenario.yaml");
  if (!text) return text.error();
  auto root = read_yaml(*text, path);
  if (!root) return root;
  if (root->is_null()) return invalid_input("is empty; expected a scenario", path);
  for (const std::string& assignment : overrides) {
    if (auto applied = apply_override(*root, assignment); !applied) return applied.error();
  }
  return root;
}

std::vector<ScheduledFault> read_faults(MapReader& map, const SystemSpec& system, SimTime horizon) {
  std::vector<ScheduledFault> faults;
  for (const YamlNode& item : map.items("faults")) {
    faults.push_back(read_fault(item, static_cast<int>(faults.size()) + 1, system, map.context()));
    const YamlNode* at = item.find("at");
    if (at && faults.back().at >= horizon)
      map.context().fail(*at, fmt::format("\"at\": the drill is over at {}, before this fault strikes",
                                          format_duration(horizon - sim_start)));
  }
  std::stable_sort(faults.begin(), faults.end(),
                   [](const ScheduledFault& a, const ScheduledFault& b) { return a.at < b.at; });
  return faults;
}

/// The file that the scenario names, relative to itself; in a frozen drill it lies beside it.
Result<alertmanager::Config> read_own_alertmanager(const std::string& scenario_path, const std::string& name,
                                                   InputFiles& files) {
  const std::string folder = folder_of(scenario_path);
  const std::string frozen = join_path(folder, "alertmanager.yml");
  const std::string named = join_path(folder, name);
  return read_alertmanager(!is_file(named) && is_file(frozen) ? frozen : named, "alertmanager.yml", files);
}

}  // namespace

Result<Scenario> load_scenario(const std::string& path, const std::vector<std::string>& overrides) {
  InputFiles files;
  const auto root = read_root(path, overrides, files);
  if (!root) return root.error();
  ReadContext context{path, {}};
  MapReader map(*root, "a scenario", context);
  Scenario scenario = read_scenario_head(map);
  const YamlNode none;
  const YamlNode* system_name = map.node("system");
  const YamlNode* own_rubric = map.node("rubric");
  const std::string alertmanager = map.text("alertmanager", "");
  map.node("faults");
  map.finish();  // a misspelt key is told before anything that follows from it
  if (context.first_error) return *context.first_error;

  const auto folder = find_system(path, *system_name);
  if (!folder) return folder.error();
  auto system = read_system(*folder, scenario.epoch, files);
  if (!system) return system.error();
  scenario.alertmanager = std::move(system->alertmanager);
  if (!alertmanager.empty()) {
    auto config = read_own_alertmanager(path, alertmanager, files);
    if (!config) return config.error();
    scenario.alertmanager = std::move(*config);
  }
  scenario.faults = read_faults(map, system->spec, scenario.horizon);
  if (context.first_error) return *context.first_error;
  const auto rubric =
      merge_rubric({system->rubric, system->rubric_file}, {own_rubric ? *own_rubric : none, path});
  if (!rubric) return rubric.error();

  scenario.rubric_json = *rubric;
  scenario.system = std::move(system->spec);
  scenario.rules = std::move(system->rules);
  scenario.runbook = std::move(system->runbook);
  scenario.overrides = overrides;
  scenario.files = files.release();
  return scenario;
}

}  // namespace muster
