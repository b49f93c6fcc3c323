// configmap/set and secret/set: somebody changes values. Running containers keep what they read at their
// start.
#include <fmt/format.h>

#include "scenarios/faults/fault_parts.hpp"
#include "scenarios/faults/kinds.hpp"

namespace muster {

namespace {

using Values = std::map<std::string, std::optional<std::string>>;  // no value = the key is not there

// Sets each key to its value in `to`. With `only_from`, only keys that still have the value there.
Values swap(World& world, const ObjectKey& key, const std::string& by, const Values& to,
            const Values* only_from) {
  Values before;
  change_object(world, key, by, [&](Object& object) {
    StringMap& data = object.as<ConfigData>().data;
    for (const auto& [name, value] : to) {
      const auto present = data.find(name);
      const auto now = present == data.end() ? std::nullopt : std::optional(present->second);
      if (only_from && only_from->at(name) != now) continue;
      before[name] = now;
      if (value)
        data[name] = *value;
      else
        data.erase(name);
    }
    return !before.empty();
  });
  return before;
}

Values read_values(MapReader& map) {
  Values values;
  const YamlNode* data = map.node("data", "a map of keys and their new values; null takes a key away");
  if (!data) return values;
  if (!data->is_map() || data->entries.empty()) {
    map.fail("data", fmt::format("\"data\": expected a map of keys and values, found {}", found_text(*data)));
    return values;
  }
  for (const auto& [key, value] : data->entries) {
    if (!value.is_scalar() && !value.is_null())
      map.context().fail(
          value, fmt::format("\"{}\": expected a text or null, found {}", key.scalar, found_text(value)));
    const bool absent = value.is_null() || (!value.quoted && (value.scalar == "null" || value.scalar == "~"));
    values[key.scalar] = absent ? std::nullopt : std::optional(value.scalar);
  }
  return values;
}

std::string key_list(const Values& values) {
  std::vector<std::string> names;
  for (const auto& [name, value] : values) names.push_back(name);
  return fmt::format("{}", fmt::join(names, ", "));
}

FaultAction build(MapReader& map, const ObjectKey& key, const std::string& by) {
  const Values values = read_values(map);
  auto before = std::make_shared<Values>();
  return {target_of(key), "set " + key_list(values),
          [=](World& world) { *before = swap(world, key, by, values, nullptr); },
          [=](World& world) {
            if (!before->empty()) swap(world, key, by, *before, &values);
          }};
}

FaultAction build_config_map(MapReader& map, const std::vector<Object>& objects, const std::string& by) {
  return build(map, read_object_key(map, "configMap", Kind::ConfigMap, objects), by);
}

FaultAction build_secret(MapReader& map, const std::vector<Object>& objects, const std::string& by) {
  return build(map, read_object_key(map, "secret", Kind::Secret, objects), by);
}

}  // namespace

FaultKind configmap_set_kind() {
  return {"configmap/set",
          "Changes values of a ConfigMap.",
          {{"configMap", "namespace/name of a ConfigMap", true, "What is changed."},
           {"data", "map of texts", true, "Keys and their new values; null takes a key away."}},
          true,
          build_config_map};
}

FaultKind secret_set_kind() {
  return {"secret/set",
          "Changes values of a Secret.",
          {{"secret", "namespace/name of a Secret", true, "What is changed."},
           {"data", "map of texts", true, "Keys and their new values in clear text; null takes a key away."}},
          true,
          build_secret};
}

}  // namespace muster
