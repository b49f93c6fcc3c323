// Claims, volumes and storage classes.
#include "api/kube/codec_json.hpp"
#include "api/kube/quantity.hpp"

namespace muster::kube {

namespace {

void read_storage(Fields& fields, const char* key, std::int64_t& bytes) {
  fields.object(key, [&](Fields& amounts) {
    std::optional<std::int64_t> storage;
    amounts.amount("storage", storage);
    bytes = storage.value_or(bytes);
  });
}

}  // namespace

void read_claim_spec(Fields& spec, ClaimSpec& claim) {
  spec.texts("accessModes", claim.access_modes);
  spec.object("resources",
              [&](Fields& resources) { read_storage(resources, "requests", claim.storage_bytes); });
  if (spec.has("storageClassName")) spec.text("storageClassName", claim.storage_class.emplace());
  spec.text("volumeName", claim.volume_name);
  claim.rest = spec.rest();
}

Json write_claim_spec(const ClaimSpec& claim) {
  Json json = Json::object();
  put(json, "accessModes", claim.access_modes);
  json["resources"]["requests"]["storage"] = format_amount(claim.storage_bytes);
  if (claim.storage_class) json["storageClassName"] = *claim.storage_class;
  put(json, "volumeName", claim.volume_name);
  merge_rest(json, claim.rest);
  return json;
}

void read_body(Fields& fields, PersistentVolumeClaim& claim) {
  fields.object("spec", [&](Fields& spec) { read_claim_spec(spec, claim.spec); });
  fields.object("status", [&](Fields& status) {
    status.text("phase", claim.status.phase);
    status.texts("accessModes", claim.status.access_modes);
    read_storage(status, "capacity", claim.status.capacity_bytes);
  });
}

void write_body(Json& json, const PersistentVolumeClaim& claim, Epoch) {
  json["spec"] = write_claim_spec(claim.spec);
  Json status{{"phase", claim.status.phase}};
  put(status, "accessModes", claim.status.access_modes);
  if (claim.status.capacity_bytes > 0)
    status["capacity"]["storage"] = format_amount(claim.status.capacity_bytes);
  json["status"] = std::move(status);
}

void read_body(Fields& fields, PersistentVolume& volume) {
  fields.object("spec", [&](Fields& spec) {
    read_storage(spec, "capacity", volume.capacity_bytes);
    spec.texts("accessModes", volume.access_modes);
    spec.text("storageClassName", volume.storage_class);
    spec.text("persistentVolumeReclaimPolicy", volume.reclaim_policy);
    spec.object("claimRef", [&](Fields& claim) {
      claim.text("namespace", volume.claim_namespace);
      claim.text("name", volume.claim_name);
      claim.text("uid", volume.claim_uid);
      for (const char* follows : {"apiVersion", "kind"}) claim.json().erase(follows);
    });
    volume.spec_rest = spec.rest();
  });
  fields.object("status", [&](Fields& status) { status.text("phase", volume.phase); });
}

void write_body(Json& json, const PersistentVolume& volume, Epoch) {
  Json spec{{"persistentVolumeReclaimPolicy", volume.reclaim_policy}};
  spec["capacity"]["storage"] = format_amount(volume.capacity_bytes);
  put(spec, "accessModes", volume.access_modes);
  put(spec, "storageClassName", volume.storage_class);
  if (!volume.claim_name.empty()) {
    Json claim{{"apiVersion", "v1"},
               {"kind", "PersistentVolumeClaim"},
               {"namespace", volume.claim_namespace},
               {"name", volume.claim_name}};
    put(claim, "uid", volume.claim_uid);
    spec["claimRef"] = std::move(claim);
  }
  merge_rest(spec, volume.spec_rest);
  json["spec"] = std::move(spec);
  json["status"]["phase"] = volume.phase;
}

void read_body(Fields& fields, StorageClass& storage_class) {
  std::string mode;
  fields.text("provisioner", storage_class.provisioner);
  fields.text("reclaimPolicy", storage_class.reclaim_policy);
  fields.text("volumeBindingMode", mode);
  storage_class.wait_for_first_consumer = mode == "WaitForFirstConsumer";
  storage_class.rest = fields.rest();
}

void write_body(Json& json, const StorageClass& storage_class, Epoch) {
  json["provisioner"] = storage_class.provisioner;
  json["reclaimPolicy"] = storage_class.reclaim_policy;
  json["volumeBindingMode"] = storage_class.wait_for_first_consumer ? "WaitForFirstConsumer" : "Immediate";
  merge_rest(json, storage_class.rest);
}

}  // namespace muster::kube
