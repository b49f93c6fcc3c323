#include "scenarios/faults/fault_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/default_nodes.hpp"
#include "sim/spelling.hpp"

namespace muster {

const Object* find_object(const std::vector<Object>& objects, const ObjectKey& key) {
  for (const Object& object : objects) {
    if (object.key() == key) return &object;
  }
  return nullptr;
}

std::string target_of(const ObjectKey& key) {
  return key.namespace_ + "/" + key.name;
}

ObjectKey read_object_key(MapReader& map, const std::string& key, Kind kind,
                          const std::vector<Object>& objects) {
  const std::string text = map.text(key);
  if (text.empty()) return {};
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == text.size()) {
    map.fail(key, fmt::format("\"{}\": expected namespace/name, found \"{}\"", key, text));
    return {};
  }
  const ObjectKey wanted{kind, text.substr(0, slash), text.substr(slash + 1)};
  if (find_object(objects, wanted)) return wanted;
  std::vector<std::string> names;
  for (const Object& object : objects) {
    if (object.key().kind == kind) names.push_back(target_of(object.key()));
  }
  map.fail(key, names.empty() ? fmt::format("the system has no {}", to_string(kind))
                              : fmt::format("no {} \"{}\" in the system{}", to_string(kind), text,
                                            expected_one_of(text, names)));
  return {};
}

std::string read_node_name(MapReader& map, const std::string& key, const std::vector<Object>& objects) {
  const std::string wanted = map.text(key);
  std::vector<std::string> names;
  for (const Object& object : objects) {
    if (object.key().kind == Kind::Node) names.push_back(object.meta.name);
  }
  if (names.empty()) names = default_node_names();
  if (wanted.empty() || std::find(names.begin(), names.end(), wanted) != names.end()) return wanted;
  map.fail(key, fmt::format("no Node \"{}\" in the system{}", wanted, expected_one_of(wanted, names)));
  return {};
}

void change_object(World& world, const ObjectKey& key, const std::string& by,
                   const std::function<bool(Object&)>& change) {
  const ObjectPtr present = world.objects().find(key);
  if (!present) return;
  Object changed = *present;
  if (!change(changed)) return;
  const auto written = world.update(std::move(changed), by);
  static_cast<void>(
      written);  // a refusal (an immutable ConfigMap) is the API server's right, and changes nothing
}

PodTemplate template_copy(const Object& deployment) {
  const auto& present = deployment.as<Deployment>().pod_template;
  return present ? *present : PodTemplate{};
}

void put_template(Object& deployment, PodTemplate changed) {
  deployment.as<Deployment>().pod_template = std::make_shared<const PodTemplate>(std::move(changed));
}

void set_change_cause(Object& deployment, const std::string& cause) {
  if (!cause.empty()) deployment.meta.annotations["kubernetes.io/change-cause"] = cause;
}

}  // namespace muster
