// pod/delete: pods of a deployment are deleted; their ReplicaSet makes new ones.
#include <fmt/format.h>

#include "scenarios/faults/fault_parts.hpp"
#include "scenarios/faults/kinds.hpp"

namespace muster {

namespace {

// The first `count` pods by name that the deployment's selector picks and that are not already on their way
// out.
std::vector<ObjectKey> victims(const World& world, const ObjectKey& deployment, std::int64_t count) {
  std::vector<ObjectKey> found;
  const ObjectPtr owner = world.objects().find(deployment);
  if (!owner) return found;
  for (const ObjectPtr& pod : world.objects().list(Kind::Pod, deployment.namespace_)) {
    if (std::ssize(found) == count) break;
    if (pod->meta.deletion_at || !selects(owner->as<Deployment>().selector, pod->meta.labels)) continue;
    found.push_back(pod->key());
  }
  return found;
}

FaultAction build_pod_delete(MapReader& map, const std::vector<Object>& objects, const std::string& by) {
  const ObjectKey deployment = read_object_key(map, "deployment", Kind::Deployment, objects);
  const std::int64_t count = map.whole("count", 1, 10'000, 1);
  std::optional<SimDuration> grace;
  if (map.node("gracePeriod")) grace = map.duration("gracePeriod");
  if (grace && *grace < SimDuration::zero()) map.fail("gracePeriod", "\"gracePeriod\": expected 0s or more");
  const auto begin = [=](World& world) {
    for (const ObjectKey& pod : victims(world, deployment, count)) {
      const auto removed = world.remove(pod, grace, by);
      static_cast<void>(removed);  // gone already: what the fault wants
    }
  };
  return {target_of(deployment), fmt::format("delete {} pods", count), begin, {}};
}

}  // namespace

FaultKind pod_delete_kind() {
  return {"pod/delete",
          "Deletes pods of a deployment; their ReplicaSet makes new ones.",
          {{"deployment", "namespace/name of a Deployment", true, "Whose pods."},
           {"count", "whole number", false, "How many, in order of their names; 1 if absent."},
           {"gracePeriod", "duration", false, "Instead of the pods' own; 0s deletes by force."}},
          false,
          build_pod_delete};
}

}  // namespace muster
