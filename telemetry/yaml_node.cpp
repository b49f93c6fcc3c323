#include <fmt/format.h>

#include "sim/spelling.hpp"
#include "telemetry/yaml.hpp"

namespace muster {

const YamlNode* YamlNode::find(std::string_view key) const {
  for (const auto& [name, value] : entries)
    if (name.scalar == key) return &value;
  return nullptr;
}

const YamlNode* YamlNode::find_key(std::string_view key) const {
  for (const auto& [name, value] : entries)
    if (name.scalar == key) return &name;
  return nullptr;
}

std::string YamlNode::where(const std::string& file) const {
  return fmt::format("{}:{}:{}", file, line, column);
}

const char* YamlNode::kind_name() const {
  switch (kind) {
    case Kind::null:
      return "nothing";
    case Kind::scalar:
      return "text";
    case Kind::sequence:
      return "a list";
    case Kind::map:
      return "a map";
  }
  return "nothing";
}

Result<void> check_yaml(std::string_view text, const std::string& file_name) {
  auto tree = read_yaml(text, file_name);
  if (!tree) return tree.error();
  return {};
}

Result<void> require_known_keys(const YamlNode& map, const std::vector<std::string>& known,
                                const std::string& what, const std::string& file_name) {
  for (const auto& [key, value] : map.entries) {
    bool found = false;
    for (const std::string& word : known) found = found || word == key.scalar;
    if (found) continue;
    return invalid_input(fmt::format("unknown key \"{}\" in {}; expected one of {}{}", key.scalar, what,
                                     fmt::join(known, ", "), did_you_mean(key.scalar, known)),
                         key.where(file_name));
  }
  return {};
}

}  // namespace muster
