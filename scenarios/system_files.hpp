// A system on disk: manifests/, rules/, profile.yaml, and optionally alertmanager.yml, runbook.md and
// rubric.yaml.
#pragma once

#include <string>
#include <vector>

#include "scenarios/input_files.hpp"
#include "scenarios/scenario.hpp"
#include "telemetry/map_reader.hpp"

namespace muster {

struct SystemFiles {
  std::string folder;
  SystemSpec spec;
  std::vector<RuleGroup> rules;  ///< their `file` is the name below inputs/: "system/rules/p0.yml"
  alertmanager::Config alertmanager =
      alertmanager::pager_for_critical();  ///< of alertmanager.yml, if there is one
  YamlNode rubric;                         ///< null if there is no rubric.yaml
  std::string rubric_file;                 ///< for messages
  std::string runbook;                     ///< path, empty if there is none
};

/// The folder of the system that a scenario names. `scenario_path` is the scenario's file, `system` the node
/// with the name. Error at that node, with the systems there are.
Result<std::string> find_system(const std::string& scenario_path, const YamlNode& system);

/// Reads and cross-checks everything. Errors: invalid_input at file:line:column.
Result<SystemFiles> read_system(const std::string& folder, Epoch epoch, InputFiles& files);

/// Reads an alertmanager.yml and keeps a copy as `name`.
Result<alertmanager::Config> read_alertmanager(const std::string& path, const std::string& name,
                                               InputFiles& files);

}  // namespace muster
