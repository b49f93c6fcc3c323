#include "scenarios/library.hpp"

#include <algorithm>

#include "scenarios/input_files.hpp"
#include "scenarios/scenario_head.hpp"

namespace muster {

namespace {

Result<ScenarioEntry> read_entry(const std::string& path) {
  const auto text = read_input_file(path);
  if (!text) return text.error();
  const auto root = read_yaml(*text, path);
  if (!root) return root.error();
  ReadContext context{path, {}};
  MapReader map(*root, "a scenario", context);
  const Scenario head = read_scenario_head(map);
  map.node("faults");
  map.node("rubric");
  map.finish();
  if (context.first_error) return *context.first_error;
  return ScenarioEntry{path, head.name, head.title, head.summary};
}

}  // namespace

Result<std::vector<ScenarioEntry>> list_scenarios(const std::string& folder) {
  if (!is_folder(folder)) return invalid_input("no such folder; expected one with scenarios", folder);
  std::vector<ScenarioEntry> found;
  for (const std::string& name : files_below(folder, {".yaml", ".yml"}, false)) {
    auto entry = read_entry(join_path(folder, name));
    if (!entry) return entry.error();
    found.push_back(std::move(*entry));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const ScenarioEntry& a, const ScenarioEntry& b) { return a.name < b.name; });
  return found;
}

}  // namespace muster
