#include "scenarios/rubric_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scoring/rubric.hpp"
#include "telemetry/yaml_json.hpp"

namespace muster {

namespace {

Result<void> require_map(const RubricPart& part) {
  if (part.node.is_null() || part.node.is_map()) return {};
  return invalid_input(fmt::format("expected a rubric as a map, found {}", found_text(part.node)),
                       part.node.where(part.file));
}

YamlNode merged(const YamlNode& base, const YamlNode& overlay) {
  YamlNode both = base;
  both.kind = YamlNode::Kind::map;
  for (const auto& entry : overlay.entries) {
    const auto same = std::find_if(both.entries.begin(), both.entries.end(), [&](const auto& known) {
      return known.first.scalar == entry.first.scalar;
    });
    if (same == both.entries.end())
      both.entries.push_back(entry);
    else
      same->second = entry.second;
  }
  return both;
}

// The first name in the pointer tells which part it came from.
std::string place_of(const RubricPart& system, const RubricPart& scenario, const std::string& pointer) {
  const std::string key = pointer.empty() ? "" : pointer.substr(1, pointer.find('/', 1) - 1);
  const bool from_scenario = scenario.node.find(key) || !system.node.find(key);
  const RubricPart& part = from_scenario && !scenario.node.is_null() ? scenario : system;
  const YamlNode& node = node_at_pointer(part.node, pointer);
  return node.line > 0 ? node.where(part.file) : part.file;
}

}  // namespace

Result<std::string> merge_rubric(const RubricPart& system, const RubricPart& scenario) {
  for (const RubricPart* part : {&system, &scenario}) {
    if (auto map = require_map(*part); !map) return map.error();
    if (part->node.is_null()) continue;
    if (auto json = yaml_to_json(part->node, part->file); !json) return json.error();
  }
  const auto json = yaml_to_json(merged(system.node, scenario.node), scenario.file);
  if (!json) return json.error();
  const auto rubric = parse_rubric(*json);
  if (!rubric) return invalid_input(rubric.error().message, place_of(system, scenario, rubric.error().where));
  return *json;
}

}  // namespace muster
