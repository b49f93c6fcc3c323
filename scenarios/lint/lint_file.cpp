#include "scenarios/lint/lint_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/input_files.hpp"
#include "scenarios/manifest_files.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/scenario_head.hpp"
#include "scenarios/system_files.hpp"
#include "telemetry/rule_file.hpp"
#include "telemetry/yaml.hpp"

namespace muster {

namespace {

const std::vector<std::string> manifest_extensions{".json", ".yaml", ".yml"};

Finding as_finding(const Error& error, const std::string& path) {
  return {Finding::Level::error, "not-accepted", error.where.empty() ? path : error.where, error.message};
}

void append(Findings& all, Findings some) {
  all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
}

Findings lint_manifests_in(const std::string& folder) {
  Findings findings;
  for (const std::string& name : files_below(folder, manifest_extensions, true)) {
    const std::string path = join_path(folder, name);
    const auto text = read_input_file(path);
    if (!text) {
      findings.push_back(as_finding(text.error(), path));
      continue;
    }
    const auto manifests = parse_manifests(*text, path, Epoch{});
    if (!manifests) findings.push_back(as_finding(manifests.error(), path));
    if (manifests) append(findings, lint_manifest_text(*text, path));
  }
  return findings;
}

Findings lint_rules_in(const std::string& folder) {
  Findings findings;
  for (const std::string& name : files_below(folder, {".yaml", ".yml"}, false)) {
    const std::string path = join_path(folder, name);
    const auto text = read_input_file(path);
    if (text && load_rules(*text, path)) append(findings, lint_rule_metrics(*text, path));
  }
  return findings;
}

Findings lint_system(const std::string& folder) {
  InputFiles files;
  Findings findings;
  if (const auto system = read_system(folder, Epoch{}, files); !system)
    findings.push_back(as_finding(system.error(), folder));
  for (Finding& finding : lint_manifests_in(join_path(folder, "manifests"))) {
    if (finding.level == Finding::Level::warning) findings.push_back(std::move(finding));
  }
  append(findings, lint_rules_in(join_path(folder, "rules")));
  return findings;
}

Findings lint_scenario(const std::string& path, const YamlNode& root) {
  Findings findings;
  if (const auto scenario = load_scenario(path); !scenario)
    findings.push_back(as_finding(scenario.error(), path));
  const YamlNode* name = root.find("system");
  const auto folder = name ? find_system(path, *name) : Result<std::string>(invalid_input(""));
  if (!folder) return findings;
  for (Finding& finding : lint_system(*folder)) {
    if (finding.level == Finding::Level::warning) findings.push_back(std::move(finding));
  }
  return findings;
}

Findings lint_rules(const std::string& path, const std::string& text) {
  const auto groups = load_rules(text, path);
  return groups ? lint_rule_metrics(text, path) : Findings{as_finding(groups.error(), path)};
}

Result<Findings> lint_yaml_file(const std::string& path) {
  const auto text = read_input_file(path);
  if (!text) return text.error();
  const auto documents = read_yaml_documents(*text, path);
  if (!documents) return Findings{as_finding(documents.error(), path)};
  const YamlNode none;
  const YamlNode& first = documents->empty() ? none : documents->front();
  const YamlNode* kind = first.find("kind");
  const bool rule_object = kind && kind->scalar == "PrometheusRule";
  if (first.find("groups") || rule_object) return lint_rules(path, *text);
  if (first.find("route") && first.find("receivers")) {
    const auto config = alertmanager::load_config(*text, path);
    return config ? Findings{} : Findings{as_finding(config.error(), path)};
  }
  if (first.find("apiVersion")) {
    const auto manifests = parse_manifests(*text, path, Epoch{});
    return manifests ? lint_manifest_text(*text, path) : Findings{as_finding(manifests.error(), path)};
  }
  if (first.find("muster") && first.find("horizon")) return lint_scenario(path, first);
  return invalid_input(
      "is neither a scenario (muster, horizon), nor a Kubernetes manifest (apiVersion), nor a Prometheus "
      "rule file (groups), nor an Alertmanager configuration (route, receivers); a profile is checked with "
      "its system's folder",
      path);
}

}  // namespace

bool has_error(const Findings& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.level == Finding::Level::error; });
}

Result<Findings> lint_path(const std::string& path) {
  if (is_folder(path)) {
    if (is_file(join_path(path, "profile.yaml"))) return lint_system(path);
    if (files_below(path, manifest_extensions, true).empty())
      return invalid_input("no .yaml, .yml or .json file in this folder", path);
    return lint_manifests_in(path);
  }
  return lint_yaml_file(path);
}

}  // namespace muster
