// deployment/set-image: somebody rolls out another image.
#include <fmt/format.h>

#include "scenarios/faults/fault_parts.hpp"
#include "scenarios/faults/kinds.hpp"

namespace muster {

namespace {

struct SetImage {
  ObjectKey deployment;
  std::string container, image, cause, by;

  // Gives the container `to` if it has `only_from` now (or anything, if that is empty); returns what it had.
  std::string swap(World& world, const std::string& to, const std::string& only_from) const {
    std::string before;
    change_object(world, deployment, by, [&](Object& object) {
      PodTemplate changed = template_copy(object);
      for (Container& candidate : changed.spec.containers) {
        if (candidate.name != container) continue;
        if (!only_from.empty() && candidate.image != only_from) return false;
        before = std::exchange(candidate.image, to);
      }
      put_template(object, std::move(changed));
      set_change_cause(object, cause);
      return !before.empty();
    });
    return before;
  }
};

// The container to change: the named one, or the only one there is.
std::string read_container(MapReader& map, const Object* deployment) {
  const std::string named = map.text("container", "");
  if (!deployment || !deployment->as<Deployment>().pod_template) return named;
  std::vector<std::string> names;
  for (const Container& one : deployment->as<Deployment>().pod_template->spec.containers)
    names.push_back(one.name);
  if (named.empty() && names.size() == 1) return names.front();
  for (const std::string& name : names) {
    if (name == named) return named;
  }
  map.fail("container", named.empty() ? fmt::format("which container? expected \"container\": one of {}",
                                                    fmt::join(names, ", "))
                                      : fmt::format("no container \"{}\" in this deployment{}", named,
                                                    expected_one_of(named, names)));
  return named;
}

FaultAction build_deployment_set_image(MapReader& map, const std::vector<Object>& objects,
                                       const std::string& by) {
  SetImage fault;
  fault.by = by;
  fault.deployment = read_object_key(map, "deployment", Kind::Deployment, objects);
  fault.container = read_container(map, find_object(objects, fault.deployment));
  fault.image = map.text("image");
  fault.cause = map.text("changeCause", "");
  auto before = std::make_shared<std::string>();
  return {target_of(fault.deployment), "image " + fault.image,
          [fault, before](World& world) { *before = fault.swap(world, fault.image, ""); },
          [fault, before](World& world) {
            if (!before->empty()) fault.swap(world, *before, fault.image);
          }};
}

}  // namespace

FaultKind deployment_set_image_kind() {
  return {"deployment/set-image",
          "Rolls out another image.",
          {{"deployment", "namespace/name of a Deployment", true, "What is rolled out."},
           {"container", "name", false, "The container that gets the image; needed if there are several."},
           {"image", "image reference", true, "The new image; the profile says what it does."},
           {"changeCause", "text", false, "What `kubectl rollout history` shows for the revision."}},
          true,
          build_deployment_set_image};
}

}  // namespace muster
