#include "scenarios/overrides.hpp"

#include <fmt/format.h>

#include <charconv>
#include <string_view>

#include "sim/spelling.hpp"

namespace muster {

namespace {

std::vector<std::string> key_names(const YamlNode& map) {
  std::vector<std::string> names;
  for (const auto& [key, value] : map.entries) names.push_back(key.scalar);
  return names;
}

// The longest key that `path` begins with, whole or up to a dot: keys may contain dots themselves.
YamlNode* map_child(YamlNode& map, std::string_view& path) {
  YamlNode* best = nullptr;
  std::size_t best_length = 0;
  for (auto& [key, value] : map.entries) {
    const std::string& name = key.scalar;
    const bool begins = path.starts_with(name) && (path.size() == name.size() || path[name.size()] == '.');
    if (begins && (!best || name.size() > best_length)) {
      best = &value;
      best_length = name.size();
    }
  }
  if (best) path.remove_prefix(std::min(path.size(), best_length + 1));
  return best;
}

YamlNode* list_child(YamlNode& list, std::string_view& path) {
  std::size_t index = 0;
  const std::string_view token = path.substr(0, path.find('.'));
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
  if (error != std::errc() || end != token.data() + token.size() || index >= list.items.size())
    return nullptr;
  path.remove_prefix(std::min(path.size(), token.size() + 1));
  return &list.items[index];
}

Error no_such_key(const YamlNode& node, std::string_view rest, const std::string& where) {
  const std::string token(rest.substr(0, rest.find('.')));
  if (node.is_map()) {
    const auto names = key_names(node);
    return invalid_input(fmt::format("no key \"{}\" in the scenario; expected one of {}{}", token,
                                     fmt::join(names, ", "), did_you_mean(token, names)),
                         where);
  }
  if (node.is_sequence() && !node.items.empty()) {
    return invalid_input(fmt::format("no item \"{}\" in that list; expected a number from 0 to {}", token,
                                     node.items.size() - 1),
                         where);
  }
  return invalid_input(fmt::format("no key \"{}\" there; what the path names before it is {}", token,
                                   node.is_sequence() ? "an empty list" : "a single value"),
                       where);
}

// A value keeps the position of what it replaces, so that later errors name a place in the file.
void take_position(YamlNode& node, int line, int column) {
  node.line = line;
  node.column = column;
  for (YamlNode& item : node.items) take_position(item, line, column);
  for (auto& [key, value] : node.entries) {
    take_position(key, line, column);
    take_position(value, line, column);
  }
}

}  // namespace

Result<void> apply_override(YamlNode& root, const std::string& assignment) {
  const std::string where = "--set " + assignment;
  const std::size_t equals = assignment.find('=');
  if (equals == std::string::npos || equals == 0)
    return invalid_input("expected KEY=VALUE, for example faults.0.at=5m", where);
  std::string_view path = std::string_view(assignment).substr(0, equals);
  auto value = read_yaml(assignment.substr(equals + 1), where);
  if (!value) return invalid_input(value.error().message, where);
  YamlNode* node = &root;
  while (!path.empty()) {
    YamlNode* next = node->is_map() ? map_child(*node, path) : list_child(*node, path);
    if (!next) return no_such_key(*node, path, where);
    node = next;
  }
  take_position(*value, node->line, node->column);
  *node = std::move(*value);
  return {};
}

}  // namespace muster
