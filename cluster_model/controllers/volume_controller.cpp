#include "cluster_model/controllers/volume_controller.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/pod_facts.hpp"

namespace muster {

namespace {

const EventSource volume_controller{"persistentvolume-controller", ""};
/// How often the controller looks again at a claim that waits (--pvclaimbinder-sync-period).
constexpr SimDuration look_again = 15s;

const ClaimSpec& spec_of(const ObjectPtr& claim) {
  return claim->as<PersistentVolumeClaim>().spec;
}

bool has_modes(const PersistentVolume& volume, const ClaimSpec& claim) {
  return std::all_of(claim.access_modes.begin(), claim.access_modes.end(), [&](const std::string& mode) {
    const auto& modes = volume.access_modes;
    return std::find(modes.begin(), modes.end(), mode) != modes.end();
  });
}

bool names(const PodSpec& spec, const std::string& claim) {
  return std::any_of(spec.volumes.begin(), spec.volumes.end(), [&](const Volume& volume) {
    return volume.from == Volume::From::claim && volume.object == claim;
  });
}

}  // namespace

ObjectPtr default_storage_class(const ObjectStore& store) {
  ObjectPtr found;
  for (const ObjectPtr& candidate : store.list(Kind::StorageClass)) {
    const auto marked = candidate->meta.annotations.find(default_class_annotation);
    if (marked == candidate->meta.annotations.end() || marked->second != "true") continue;
    if (!found || candidate->meta.created > found->meta.created) found = candidate;
  }
  return found;
}

ObjectPtr matching_volume(const ObjectStore& store, const Object& claim) {
  const ClaimSpec& wanted = claim.as<PersistentVolumeClaim>().spec;
  ObjectPtr best;
  for (const ObjectPtr& object : store.list(Kind::PersistentVolume)) {
    const auto& volume = object->as<PersistentVolume>();
    const bool reserved =
        volume.claim_name == claim.meta.name && volume.claim_namespace == claim.meta.namespace_;
    if (volume.phase != "Available" || (!volume.claim_name.empty() && !reserved)) continue;
    if (!wanted.volume_name.empty() && wanted.volume_name != object->meta.name) continue;
    if (volume.storage_class != wanted.storage_class.value_or("") || !has_modes(volume, wanted)) continue;
    if (volume.capacity_bytes < wanted.storage_bytes) continue;
    if (reserved) return object;
    if (!best || volume.capacity_bytes < best->as<PersistentVolume>().capacity_bytes) best = object;
  }
  return best;
}

bool is_used(const ObjectStore& store, const Object& claim) {
  for (const ObjectPtr& pod : store.list(Kind::Pod, claim.meta.namespace_)) {
    const auto& body = pod->as<Pod>();
    if (!is_finished(body) && !body.spec.node_name.empty() && names(body.spec, claim.meta.name)) return true;
  }
  return false;
}

VolumeController::VolumeController(ControlContext& context)
    : context_(context),
      queue_(context.engine, context.seed, "volume", context.profile.cluster.controller,
             [this](const ObjectKey& key) { reconcile(key); }),
      provisioning_(context.engine, context.seed, "provision", context.profile.cluster.provision,
                    [this](const ObjectKey& key) { provision(key); }),
      reclaiming_(context.engine, context.seed, "reclaim", context.profile.cluster.controller,
                  [this](const ObjectKey& key) { reclaim(key); }) {}

void VolumeController::watch(const Change& change) {
  const ObjectKey key = change.after->key();
  if (key.kind == Kind::PersistentVolumeClaim) {
    if (change.type == Change::Type::deleted)
      return reclaiming_.add(
          {Kind::PersistentVolume, {}, change.after->as<PersistentVolumeClaim>().spec.volume_name});
    return queue_.add(key);
  }
  if (key.kind == Kind::PersistentVolume || key.kind == Kind::StorageClass) return resync();
  if (key.kind != Kind::Pod || change.type != Change::Type::deleted) return;
  for (const Volume& volume : change.after->as<Pod>().spec.volumes) {
    if (volume.from == Volume::From::claim)
      queue_.add({Kind::PersistentVolumeClaim, key.namespace_, volume.object});
  }
}

void VolumeController::resync() {
  for (const ObjectPtr& claim : context_.store.list(Kind::PersistentVolumeClaim)) enqueue(claim->key());
}

void VolumeController::reconcile(const ObjectKey& key) {
  const ObjectPtr claim = context_.store.find(key);
  if (!claim) return;
  if (claim->meta.deletion_at) return let_go(claim);
  const std::string& phase = claim->as<PersistentVolumeClaim>().status.phase;
  if (phase == "Pending") return satisfy(claim);
  const bool lost =
      phase == "Bound" && !context_.store.find(Kind::PersistentVolume, {}, spec_of(claim).volume_name);
  if (!lost) return;
  Object next = *claim;
  next.as<PersistentVolumeClaim>().status.phase = "Lost";
  context_.api.write(next, false);
  context_.events.warning(next, volume_controller, "ClaimLost",
                          "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
}

/// A claim that is being deleted stays until no pod uses it.
void VolumeController::let_go(const ObjectPtr& claim) {
  if (is_used(context_.store, *claim)) return;
  Object next = *claim;
  std::erase(next.meta.finalizers, claim_protection);
  const bool last = next.meta.finalizers.empty();
  if (next.meta.finalizers != claim->meta.finalizers) context_.api.write(std::move(next), false);
  if (last) (void)context_.store.remove(claim->key()).has_value();
}

void VolumeController::satisfy(ObjectPtr claim) {
  if (!spec_of(claim).storage_class) {
    if (const ObjectPtr fallback = default_storage_class(context_.store)) {
      Object next = *claim;
      next.as<PersistentVolumeClaim>().spec.storage_class = fallback->meta.name;
      claim = context_.api.write(std::move(next), true);
    }
  }
  if (const ObjectPtr volume = matching_volume(context_.store, *claim)) return bind(claim, volume);
  if (!spec_of(claim).storage_class.value_or("").empty()) return from_class(claim);
  context_.events.normal(*claim, volume_controller, "FailedBinding",
                         "no persistent volumes available for this claim and no storage class is set");
  retry(claim);
}

void VolumeController::retry(const ObjectPtr& claim) {
  queue_.add_at(claim->key(), context_.engine.now() + look_again);
}

void VolumeController::from_class(const ObjectPtr& claim) {
  const std::string& name = *spec_of(claim).storage_class;
  const ObjectPtr storage_class = context_.store.find(Kind::StorageClass, {}, name);
  if (!storage_class) {
    context_.events.warning(*claim, volume_controller, "ProvisioningFailed",
                            fmt::format("storageclass.storage.k8s.io \"{}\" not found", name));
    return retry(claim);
  }
  const auto& body = storage_class->as<StorageClass>();
  if (body.wait_for_first_consumer && !claim->meta.annotations.contains(selected_node_annotation)) {
    context_.events.normal(*claim, volume_controller, "WaitForFirstConsumer",
                           "waiting for first consumer to be created before binding");
    return retry(claim);
  }
  if (body.provisioner == "kubernetes.io/no-provisioner") return retry(claim);
  context_.events.normal(
      *claim, volume_controller, "ExternalProvisioning",
      fmt::format("Waiting for a volume to be created either by the external provisioner '{}' or manually by "
                  "the system administrator. If volume creation is delayed, please verify that the "
                  "provisioner is running and correctly registered.",
                  body.provisioner));
  provisioning_.add(claim->key());
}

Object VolumeController::new_volume(const Object& claim, const Object& storage_class) const {
  const auto& wanted = claim.as<PersistentVolumeClaim>().spec;
  Object volume;
  volume.api_version = "v1";
  volume.kind = "PersistentVolume";
  volume.meta.name = "pvc-" + claim.meta.uid;
  PersistentVolume body;
  body.capacity_bytes = wanted.storage_bytes;
  body.access_modes = wanted.access_modes;
  body.storage_class = storage_class.meta.name;
  body.reclaim_policy = storage_class.as<StorageClass>().reclaim_policy;
  body.claim_namespace = claim.meta.namespace_;
  body.claim_name = claim.meta.name;
  body.claim_uid = claim.meta.uid;
  volume.body = std::move(body);
  return volume;
}

void VolumeController::provision(const ObjectKey& key) {
  const ObjectPtr claim = context_.store.find(key);
  if (!claim || claim->meta.deletion_at || claim->as<PersistentVolumeClaim>().status.phase != "Pending")
    return;
  const ObjectPtr storage_class =
      context_.store.find(Kind::StorageClass, {}, spec_of(claim).storage_class.value_or(""));
  if (!storage_class) return;
  const EventSource provisioner{storage_class->as<StorageClass>().provisioner, ""};
  context_.events.normal(*claim, provisioner, "Provisioning",
                         fmt::format("External provisioner is provisioning volume for claim \"{}/{}\"",
                                     key.namespace_, key.name));
  const Result<ObjectPtr> volume = context_.api.create(new_volume(*claim, *storage_class));
  if (!volume) return;
  context_.events.normal(*claim, provisioner, "ProvisioningSucceeded",
                         fmt::format("Successfully provisioned volume {}", volume.value()->meta.name));
  bind(claim, volume.value());
}

void VolumeController::bind(const ObjectPtr& claim, const ObjectPtr& volume) {
  Object taken = *volume;
  auto& body = taken.as<PersistentVolume>();
  body.phase = "Bound";
  body.claim_namespace = claim->meta.namespace_;
  body.claim_name = claim->meta.name;
  body.claim_uid = claim->meta.uid;
  Object next = *claim;
  auto& served = next.as<PersistentVolumeClaim>();
  served.spec.volume_name = volume->meta.name;
  served.status = {"Bound", body.access_modes, body.capacity_bytes};
  next.meta.annotations["pv.kubernetes.io/bind-completed"] = "yes";
  context_.api.write(std::move(taken), false);
  context_.api.write(std::move(next), true);
}

/// The claim is gone: its volume is deleted or kept with its data, as its policy says.
void VolumeController::reclaim(const ObjectKey& key) {
  const ObjectPtr volume = context_.store.find(key);
  if (!volume || volume->as<PersistentVolume>().phase != "Bound") return;
  const auto& body = volume->as<PersistentVolume>();
  const ObjectPtr claim =
      context_.store.find(Kind::PersistentVolumeClaim, body.claim_namespace, body.claim_name);
  if (claim && claim->meta.uid == body.claim_uid) return;
  if (body.reclaim_policy == "Delete") {
    (void)context_.store.remove(key).has_value();
    return;
  }
  Object next = *volume;
  next.as<PersistentVolume>().phase = "Released";
  context_.api.write(std::move(next), false);
}

void VolumeController::settle(const ObjectPtr& stored, SimTime created) {
  if (stored->as<PersistentVolumeClaim>().status.phase == "Bound") return;
  ObjectPtr claim = stored;
  if (!spec_of(claim).storage_class) {
    const ObjectPtr fallback = default_storage_class(context_.store);
    if (!fallback) return enqueue(claim->key());
    Object next = *claim;
    next.as<PersistentVolumeClaim>().spec.storage_class = fallback->meta.name;
    claim = context_.api.write(std::move(next), true);
  }
  if (const ObjectPtr volume = matching_volume(context_.store, *claim)) return bind(claim, volume);
  const ObjectPtr storage_class =
      context_.store.find(Kind::StorageClass, {}, spec_of(claim).storage_class.value_or(""));
  if (!storage_class) return enqueue(claim->key());
  const Result<ObjectPtr> volume = context_.api.create_old(new_volume(*claim, *storage_class), created);
  if (volume) bind(claim, volume.value());
}

}  // namespace muster
