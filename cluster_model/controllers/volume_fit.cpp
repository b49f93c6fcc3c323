#include "cluster_model/controllers/volume_fit.hpp"

#include <fmt/format.h>

#include "cluster_model/controllers/volume_controller.hpp"

namespace muster {

namespace {

bool waits_for_consumer(const ObjectStore& store, const ClaimSpec& claim) {
  const ObjectPtr named = claim.storage_class ? store.find(Kind::StorageClass, {}, *claim.storage_class)
                                              : default_storage_class(store);
  return named && named->as<StorageClass>().wait_for_first_consumer;
}

}  // namespace

VolumeVerdict volume_verdict(const ObjectStore& store, const Object& pod) {
  VolumeVerdict verdict;
  for (const Volume& volume : pod.as<Pod>().spec.volumes) {
    if (volume.from != Volume::From::claim) continue;
    const ObjectPtr claim = store.find(Kind::PersistentVolumeClaim, pod.meta.namespace_, volume.object);
    if (!claim) {
      verdict.obstacle = fmt::format("persistentvolumeclaim \"{}\" not found", volume.object);
    } else if (claim->meta.deletion_at) {
      verdict.obstacle = fmt::format("persistentvolumeclaim \"{}\" is being deleted", volume.object);
    } else if (claim->as<PersistentVolumeClaim>().status.phase != "Bound") {
      verdict.ready = false;
      if (waits_for_consumer(store, claim->as<PersistentVolumeClaim>().spec)) {
        verdict.to_select.push_back(claim);
      } else {
        verdict.obstacle = "pod has unbound immediate PersistentVolumeClaims";
      }
    }
    if (!verdict.obstacle.empty()) break;
  }
  return verdict;
}

}  // namespace muster
