#include "drill/inputs.hpp"

#include <algorithm>
#include <filesystem>

#include "drill/drill_directory.hpp"
#include "journal/journal.hpp"
#include "journal/read_file.hpp"
#include "responders/factory.hpp"
#include "responders/make_plays.hpp"

namespace muster {
namespace {

std::string without_folders(const std::string& spec) {
  const std::size_t colon = spec.find(':');
  if (colon == std::string::npos) return spec;
  if (spec.starts_with("exec:")) return program_name(spec);
  const std::size_t hash = std::min(spec.find('#', colon), spec.size());
  const std::string file =
      std::filesystem::path(spec.substr(colon + 1, hash - colon - 1)).filename().string();
  std::string rest = spec.substr(hash);
  // Behind the profile of a person stands the file of a runbook, not the title of a section.
  if (spec.starts_with("human:") && !rest.empty())
    rest = "#" + std::filesystem::path(rest.substr(1)).filename().string();
  return spec.substr(0, colon + 1) + file + rest;
}

bool same_name(const ScenarioFile& a, const ScenarioFile& b) {
  return a.name == b.name;
}

}  // namespace

Result<std::vector<ScenarioFile>> freeze_inputs(const Scenario& scenario,
                                                const std::vector<std::string>& responders) {
  std::vector<ScenarioFile> inputs = scenario.files;
  for (const std::string& spec : responders) {
    for (const std::string& path : responder_files(spec)) {
      Result<std::string> content = read_file(path);
      if (!content) return content.error();
      inputs.push_back(
          {"responders/" + std::filesystem::path(path).filename().string(), std::move(*content)});
    }
  }
  std::stable_sort(inputs.begin(), inputs.end(),
                   [](const auto& a, const auto& b) { return a.name < b.name; });
  for (std::size_t i = 1; i < inputs.size(); ++i) {
    if (same_name(inputs[i - 1], inputs[i]) && inputs[i - 1].content != inputs[i].content) {
      return invalid_input("two different responder files are both called \"" + inputs[i].name +
                           "\"; rename one");
    }
  }
  inputs.erase(std::unique(inputs.begin(), inputs.end(), same_name), inputs.end());
  return inputs;
}

Header make_header(const Scenario& scenario, std::uint64_t seed, const std::vector<std::string>& responders,
                   const std::vector<ScenarioFile>& inputs) {
  Header header;
  header.scenario = scenario.name;
  header.seed = seed;
  header.epoch = format_rfc3339(scenario.epoch, sim_start);
  header.horizon = scenario.horizon;
  for (const std::string& spec : responders) {
    if (spec != "none") header.responders.push_back(without_folders(spec));
  }
  header.overrides = scenario.overrides;
  for (const ScenarioFile& file : inputs) header.inputs.push_back({file.name, sha256_hex(file.content)});
  header.rubric_json = scenario.rubric_json;
  return header;
}

}  // namespace muster
