#include "scenarios/system_check.hpp"

#include <fmt/format.h>
#include <array>

#include "cluster_model/kubelet/application.hpp"
#include "cluster_model/kubelet/environment.hpp"
#include "cluster_model/objects/templates.hpp"
#include "cluster_model/store.hpp"
#include "telemetry/map_reader.hpp"

namespace muster {

namespace {

// The manifests as a cluster would hold them, and where each was written.
class Inventory {
 public:
  explicit Inventory(const std::vector<Manifest>& manifests) {
    for (const Manifest& manifest : manifests) {
      const auto created = store_.create(manifest.object);
      MUSTER_ASSERT(created.has_value(), "manifests of one name were refused before");
      places_[manifest.object.key()] = manifest.where;
    }
  }
  const ObjectStore& store() const { return store_; }
  const std::string& place(const ObjectKey& key) const { return places_.at(key); }

 private:
  ObjectStore store_;
  std::map<ObjectKey, std::string> places_;
};

/// Kinds whose pods a profile may describe.
constexpr std::array workload_kinds{Kind::Deployment, Kind::StatefulSet, Kind::DaemonSet, Kind::Job,
                                    Kind::CronJob};

Error no_such(const ObjectKey& key, const Inventory& inventory, const std::string& where) {
  const std::string name = key.namespace_ + "/" + key.name;
  std::vector<std::string> names;
  for (const ObjectPtr& object : inventory.store().list(key.kind))
    names.push_back(object->meta.namespace_ + "/" + object->meta.name);
  if (names.empty())
    return invalid_input(fmt::format("the manifests have no {}", to_string(key.kind)), where);
  return invalid_input(
      fmt::format("no {} \"{}\" in the manifests{}", to_string(key.kind), name, expected_one_of(name, names)),
      where);
}

Result<void> check_service(const ServiceProfile& service, const std::string& where,
                           const Inventory& inventory) {
  const ObjectKey key{Kind::Service, service.namespace_, service.kubernetes_service};
  const ObjectPtr object = inventory.store().find(key);
  if (!object) return no_such(key, inventory, where);
  for (const Kind kind : workload_kinds) {
    for (const ObjectPtr& workload : inventory.store().list(kind, service.namespace_)) {
      const PodTemplate* pods = template_of(*workload);
      if (pods && selects(object->as<Service>().selector, pods->labels)) return {};
    }
  }
  return invalid_input(fmt::format("the selector of Service {} picks the pods of no Deployment in {}",
                                   key.name, service.namespace_),
                       inventory.place(key));
}

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

// A drill begins with a healthy system, so its own settings must let the program start.
Result<void> check_settings(const AppProfile& app, const StringMap& environment, const std::string& place,
                            const ProfileFile& profile) {
  for (const ConfigRule& rule : app.config) {
    if (rule.from_volume || !first_failure({rule}, environment)) continue;  // files: the kubelet will tell
    const auto value = environment.find(rule.key);
    const std::string given =
        value == environment.end() ? "no value" : fmt::format("the value \"{}\"", value->second);
    return invalid_input(
        fmt::format("{} could not start: the manifests give {} {}, and the rule for it is {}", app.workload,
                    rule.key, given, rule.pattern),
        profile.places.at(place + ".config." + rule.key));
  }
  return {};
}

Result<void> check_app(const AppProfile& app, const ProfileFile& profile, const std::string& place,
                       const Inventory& inventory) {
  const auto where = [&](const char* key) { return profile.places.at(place + "." + key); };
  ObjectKey key{Kind::Deployment, app.namespace_, app.workload};
  ObjectPtr workload;
  for (const Kind kind : workload_kinds) {
    if (!workload) workload = inventory.store().find(kind, app.namespace_, app.workload);
  }
  if (workload) key = workload->key();
  if (!workload) return no_such(key, inventory, where("workload"));
  static const PodTemplate no_pods;
  const PodTemplate* pods = template_of(*workload);
  const Container* container = find_container(pods ? *pods : no_pods, app.container);
  if (!container) return no_such_container(app, pods ? *pods : no_pods, where("container"));
  if (!behaviour_of(app, container->image))
    return invalid_input(fmt::format("no pattern here matches the image that {} begins with, {}",
                                     app.workload, container->image),
                         where("images"));
  const auto environment = resolve_environment(*container, app.namespace_, inventory.store());
  if (!environment)
    return invalid_input(fmt::format("{} could not start: {}", app.workload, environment.error().message),
                         inventory.place(key));
  return check_settings(app, *environment, place, profile);
}

}  // namespace

Result<void> check_system(const ProfileFile& profile, const std::vector<Manifest>& manifests) {
  const Inventory inventory(manifests);
  for (std::size_t i = 0; i < profile.profile.services.size(); ++i) {
    const std::string where = profile.places.at(fmt::format("services.{}.kubernetesService", i));
    if (auto service = check_service(profile.profile.services[i], where, inventory); !service) return service;
  }
  for (std::size_t i = 0; i < profile.profile.apps.size(); ++i) {
    const std::string place = fmt::format("apps.{}", i);
    if (auto app = check_app(profile.profile.apps[i], profile, place, inventory); !app) return app;
  }
  return {};
}

}  // namespace muster
