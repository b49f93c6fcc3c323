#include "api/service/pod_port.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "api/service/web.hpp"
#include "cluster_model/control_plane.hpp"
#include "cluster_model/kubelet/application.hpp"
#include "cluster_model/kubelet/container_worker.hpp"
#include "cluster_model/world.hpp"

namespace muster {

namespace {

/// The container that has declared the port, or null.
const Container* container_of(const Pod& pod, int port) {
  for (const Container& container : pod.spec.containers)
    for (const ContainerPort& known : container.ports)
      if (known.port == port) return &container;
  return nullptr;
}

/// Whether the Service of the profile's service has the pod among its targets, ready or not.
bool selects(const World& world, const ServiceProfile& profile, const Object& pod) {
  if (profile.namespace_ != pod.meta.namespace_) return false;
  const ObjectPtr object =
      world.objects().find(Kind::Service, profile.namespace_, profile.kubernetes_service);
  if (!object || object->as<Service>().selector.empty()) return false;
  const auto& selector = object->as<Service>().selector;
  return std::all_of(selector.begin(), selector.end(), [&](const auto& wanted) {
    const auto found = pod.meta.labels.find(wanted.first);
    return found != pod.meta.labels.end() && found->second == wanted.second;
  });
}

}  // namespace

Result<Answer> ask_pod_port(World& world, const ObjectKey& pod, int port, const std::string& method,
                            const std::string& path) {
  const ObjectPtr object = world.objects().find(pod);
  const Container* container = object ? container_of(object->as<Pod>(), port) : nullptr;
  const ContainerWorker* worker = container ? world.control_plane().container(pod, container->name) : nullptr;
  if (!worker || !worker->listening()) return Error{ErrorCode::conflict, "connection refused", {}};
  const AppProfile* app = application_of(world.profile(), world.objects(), *object);
  std::optional<Answer> answer;
  for (const ServiceProfile& service : world.profile().services) {
    if (!app || app->container != container->name || !selects(world, service, *object)) continue;
    answer = application_page(service, method, path);
    if (answer->status != 404) break;
  }
  if (answer) return *std::move(answer);
  return Error{ErrorCode::unavailable,
               fmt::format("port {} of pod {} is open, but what container {} says there is not simulated",
                           port, pod.name, container->name),
               {}};
}

}  // namespace muster
