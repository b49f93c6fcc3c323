#include "scenarios/system_files.hpp"

#include <fmt/format.h>

#include "scenarios/manifest_files.hpp"
#include "scenarios/profile_file.hpp"
#include "scenarios/system_check.hpp"
#include "telemetry/rule_file.hpp"

namespace muster {

namespace {

bool is_frozen(const std::string& scenario_path) {
  return scenario_path == join_path(folder_of(scenario_path), "scenario.yaml") ||
         scenario_path.ends_with("/scenario.yaml") || scenario_path == "scenario.yaml";
}

Result<std::vector<RuleGroup>> read_rules(const std::string& system_folder, InputFiles& files) {
  const std::string folder = join_path(system_folder, "rules");
  std::vector<RuleGroup> all;
  for (const std::string& name : files_below(folder, {".yaml", ".yml"}, false)) {
    const std::string path = join_path(folder, name);
    const auto text = files.take(path, "system/rules/" + name);
    if (!text) return text.error();
    auto groups = load_rules(*text, path);
    if (!groups) return groups.error();
    for (RuleGroup& group : *groups) {
      group.file = "system/rules/" + name;  // no path of this machine may reach the journal
      all.push_back(std::move(group));
    }
  }
  return all;
}

Result<SystemSpec> read_spec(const std::string& folder, Epoch epoch, InputFiles& files) {
  const std::string path = join_path(folder, "profile.yaml");
  const auto text = files.take(path, "system/profile.yaml");
  if (!text) return text.error();
  auto profile = parse_profile(*text, path);
  if (!profile) return profile.error();
  auto manifests = read_manifests(folder, epoch, files);
  if (!manifests) return manifests.error();
  if (auto checked = check_system(*profile, *manifests); !checked) return checked.error();
  SystemSpec spec;
  spec.profile = std::move(profile->profile);
  for (Manifest& manifest : *manifests) spec.objects.push_back(std::move(manifest.object));
  return spec;
}

}  // namespace

Result<std::string> find_system(const std::string& scenario_path, const YamlNode& system) {
  const std::string folder = folder_of(scenario_path);
  if (const std::string frozen = join_path(folder, "system"); is_frozen(scenario_path) && is_folder(frozen))
    return frozen;
  const std::string& name = system.scalar;
  const std::string where = system.where(scenario_path);
  if (name.find('/') != std::string::npos) {
    const std::string path = join_path(folder, name);
    if (is_folder(path)) return path;
    return invalid_input(fmt::format("no such folder {}; expected a system's folder", path), where);
  }
  const std::string systems = join_path(folder, "../systems");
  const std::string path = join_path(systems, name);
  if (is_folder(path)) return path;
  const auto known = folders_in(systems);
  if (known.empty())
    return invalid_input(fmt::format("no system \"{}\": there is no system in {}", name, systems), where);
  return invalid_input(fmt::format("no system \"{}\" in {}{}", name, systems, expected_one_of(name, known)),
                       where);
}

Result<alertmanager::Config> read_alertmanager(const std::string& path, const std::string& name,
                                               InputFiles& files) {
  const auto text = files.take(path, name);
  if (!text) return text.error();
  return alertmanager::load_config(*text, path);
}

Result<SystemFiles> read_system(const std::string& folder, Epoch epoch, InputFiles& files) {
  SystemFiles system;
  system.folder = folder;
  auto spec = read_spec(folder, epoch, files);
  if (!spec) return spec.error();
  system.spec = std::move(*spec);
  auto rules = read_rules(folder, files);
  if (!rules) return rules.error();
  system.rules = std::move(*rules);
  if (const std::string path = join_path(folder, "alertmanager.yml"); is_file(path)) {
    auto config = read_alertmanager(path, "system/alertmanager.yml", files);
    if (!config) return config.error();
    system.alertmanager = std::move(*config);
  }
  system.rubric_file = join_path(folder, "rubric.yaml");
  if (is_file(system.rubric_file)) {
    const auto text = files.take(system.rubric_file, "system/rubric.yaml");
    if (!text) return text.error();
    auto rubric = read_yaml(*text, system.rubric_file);
    if (!rubric) return rubric.error();
    system.rubric = std::move(*rubric);
  }
  if (const std::string runbook = join_path(folder, "runbook.md"); is_file(runbook)) {
    if (auto text = files.take(runbook, "system/runbook.md"); !text) return text.error();
    system.runbook = runbook;
  }
  return system;
}

}  // namespace muster
