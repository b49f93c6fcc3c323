#include "scenarios/system_check.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include "scenarios/image_pattern.hpp"
#include "scenarios/map_reader.hpp"

namespace muster {

namespace {

// Looks things up in the manifests.
class Inventory {
 public:
  explicit Inventory(const std::vector<Manifest>& manifests) : manifests_(manifests) {}

  const Manifest* find(Kind kind, const std::string& namespace_, const std::string& name) const {
    for (const Manifest& manifest : manifests_) {
      if (manifest.object.key() == ObjectKey{kind, namespace_, name}) return &manifest;
    }
    return nullptr;
  }
  std::vector<std::string> names(Kind kind) const {
    std::vector<std::string> found;
    for (const Manifest& manifest : manifests_) {
      const ObjectKey key = manifest.object.key();
      if (key.kind == kind) found.push_back(key.namespace_ + "/" + key.name);
    }
    return found;
  }
  const std::vector<Manifest>& all() const { return manifests_; }

 private:
  const std::vector<Manifest>& manifests_;
};

Error no_such(Kind kind, const std::string& name, const Inventory& inventory, const std::string& where) {
  const auto names = inventory.names(kind);
  if (names.empty()) return invalid_input(fmt::format("the manifests have no {}", to_string(kind)), where);
  return invalid_input(
      fmt::format("no {} \"{}\" in the manifests{}", to_string(kind), name, expected_one_of(name, names)),
      where);
}

Result<void> check_nodes(const Inventory& inventory) {
  if (!inventory.names(Kind::Node).empty()) return {};
  return invalid_input(
      "the manifests have no Node, so nothing could be scheduled; `kubectl get nodes -o yaml` gives them",
      inventory.all().front().where);
}

bool selects_any_workload(const Service& service, const std::string& namespace_, const Inventory& inventory) {
  for (const Manifest& manifest : inventory.all()) {
    const auto* deployment = std::get_if<Deployment>(&manifest.object.body);
    if (deployment && deployment->pod_template && manifest.object.meta.namespace_ == namespace_ &&
        selects(service.selector, deployment->pod_template->labels))
      return true;
  }
  return false;
}

Result<void> check_service(const ServiceProfile& service, const std::string& where,
                           const Inventory& inventory) {
  const Manifest* manifest = inventory.find(Kind::Service, service.namespace_, service.kubernetes_service);
  if (!manifest)
    return no_such(Kind::Service, service.namespace_ + "/" + service.kubernetes_service, inventory, where);
  if (selects_any_workload(manifest->object.as<Service>(), service.namespace_, inventory)) return {};
  return invalid_input(fmt::format("the selector of Service {} picks the pods of no Deployment in {}",
                                   service.kubernetes_service, service.namespace_),
                       manifest->where);
}

// ---- settings
// -----------------------------------------------------------------------------------------------------

const ConfigData* config_data(const Inventory& inventory, Kind kind, const std::string& namespace_,
                              const std::string& name) {
  const Manifest* manifest = inventory.find(kind, namespace_, name);
  return manifest ? &manifest->object.as<ConfigData>() : nullptr;
}

// The environment a container would get now. Error: an object or key that it needs is missing.
Result<StringMap> environment(const Container& container, const Manifest& workload,
                              const Inventory& inventory) {
  const std::string& namespace_ = workload.object.meta.namespace_;
  StringMap values;
  for (const EnvFrom& from : container.env_from) {
    const Kind kind = from.secret ? Kind::Secret : Kind::ConfigMap;
    const ConfigData* data = config_data(inventory, kind, namespace_, from.object);
    if (!data && !from.optional)
      return no_such(kind, namespace_ + "/" + from.object, inventory, workload.where);
    if (!data) continue;
    for (const auto& [key, value] : data->data) values[from.prefix + key] = value;
  }
  for (const EnvVar& variable : container.env) {
    if (variable.from == EnvVar::From::value) values[variable.name] = variable.value;
    if (variable.from == EnvVar::From::value || variable.from == EnvVar::From::other) continue;
    const Kind kind = variable.from == EnvVar::From::secret ? Kind::Secret : Kind::ConfigMap;
    const ConfigData* data = config_data(inventory, kind, namespace_, variable.object);
    if (!data && !variable.optional)
      return no_such(kind, namespace_ + "/" + variable.object, inventory, workload.where);
    const bool has = data && data->data.count(variable.key);
    if (has) values[variable.name] = data->data.at(variable.key);
    if (!has && !variable.optional)
      return invalid_input(fmt::format("{} needs the key \"{}\" of {} {}, which is not there", variable.name,
                                       variable.key, to_string(kind), variable.object),
                           workload.where);
  }
  return values;
}

Result<void> check_rules(const AppProfile& app, const StringMap& values, const std::string& where) {
  for (const ConfigRule& rule : app.config) {
    const auto value = values.find(rule.key);
    if (value == values.end() && !rule.required) continue;
    if (value != values.end() && RE2::FullMatch(value->second, rule.pattern)) continue;
    return invalid_input(
        fmt::format("the manifests give {} {}, and this rule for it would keep the drill from beginning "
                    "with a healthy system",
                    rule.key, value == values.end() ? "no value" : "another form of value"),
        where);
  }
  return {};
}

// ---- workloads
// ----------------------------------------------------------------------------------------------------

const Container* find_container(const PodTemplate& pods, const std::string& name) {
  for (const Container& container : pods.spec.containers) {
    if (container.name == name) return &container;
  }
  return nullptr;
}

Error no_such_container(const AppProfile& app, const PodTemplate& pods, const std::string& where) {
  std::vector<std::string> names;
  for (const Container& container : pods.spec.containers) names.push_back(container.name);
  return invalid_input(fmt::format("no container \"{}\" in Deployment {}{}", app.container, app.workload,
                                   expected_one_of(app.container, names)),
                       where);
}

Result<void> check_app(const AppProfile& app, const ProfileFile& profile, const std::string& place,
                       const Inventory& inventory) {
  const auto where = [&](const char* key) { return profile.places.at(place + "." + key); };
  const Manifest* workload = inventory.find(Kind::Deployment, app.namespace_, app.workload);
  if (!workload)
    return no_such(Kind::Deployment, app.namespace_ + "/" + app.workload, inventory, where("workload"));
  const auto& pods = workload->object.as<Deployment>().pod_template;
  const Container* container = pods ? find_container(*pods, app.container) : nullptr;
  if (!container) return no_such_container(app, pods ? *pods : PodTemplate{}, where("container"));
  if (!has_behaviour(app, container->image))
    return invalid_input(fmt::format("no pattern here matches the image that {} starts with, {}",
                                     app.workload, container->image),
                         where("images"));
  const auto values = environment(*container, *workload, inventory);
  if (!values) return values.error();
  return check_rules(app, *values, where("config"));
}

}  // namespace

Result<void> check_system(const ProfileFile& profile, const std::vector<Manifest>& manifests) {
  const Inventory inventory(manifests);
  if (auto nodes = check_nodes(inventory); !nodes) return nodes;
  for (std::size_t i = 0; i < profile.profile.services.size(); ++i) {
    const std::string where = profile.places.at(fmt::format("services.{}.kubernetesService", i));
    if (auto service = check_service(profile.profile.services[i], where, inventory); !service) return service;
  }
  for (std::size_t i = 0; i < profile.profile.apps.size(); ++i) {
    if (auto app = check_app(profile.profile.apps[i], profile, fmt::format("apps.{}", i), inventory); !app)
      return app;
  }
  return {};
}

}  // namespace muster
