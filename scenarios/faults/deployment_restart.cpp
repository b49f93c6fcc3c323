// deployment/restart: somebody restarts the pods, as `kubectl rollout restart` does it.
#include "scenarios/faults/fault_parts.hpp"
#include "scenarios/faults/kinds.hpp"

namespace muster {

namespace {

FaultAction build_deployment_restart(MapReader& map, const std::vector<Object>& objects,
                                     const std::string& by) {
  const ObjectKey deployment = read_object_key(map, "deployment", Kind::Deployment, objects);
  const std::string cause = map.text("changeCause", "");
  const auto begin = [deployment, cause, by](World& world) {
    change_object(world, deployment, by, [&](Object& object) {
      PodTemplate changed = template_copy(object);
      // The annotation is the whole trick of `kubectl rollout restart` (kubectl
      // pkg/polymorphichelpers/objectrestarter.go).
      changed.annotations["kubectl.kubernetes.io/restartedAt"] = format_rfc3339(world.epoch(), world.now());
      put_template(object, std::move(changed));
      set_change_cause(object, cause);
      return true;
    });
  };
  return {target_of(deployment), "restart", begin, {}};
}

}  // namespace

FaultKind deployment_restart_kind() {
  return {"deployment/restart",
          "Restarts all pods, as `kubectl rollout restart` does it.",
          {{"deployment", "namespace/name of a Deployment", true, "What is restarted."},
           {"changeCause", "text", false, "What `kubectl rollout history` shows for the revision."}},
          false,
          build_deployment_restart};
}

}  // namespace muster
