#include "cluster_model/apiserver/api_server.hpp"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "cluster_model/apiserver/admission.hpp"
#include "cluster_model/apiserver/object_defaults.hpp"
#include "cluster_model/apiserver/object_status.hpp"
#include "cluster_model/apiserver/object_validation.hpp"
#include "cluster_model/canonical.hpp"
#include "cluster_model/names.hpp"

namespace muster {

namespace {

bool nothing_runs(const Pod& pod) {
  return pod.spec.node_name.empty() || pod.status.phase == "Succeeded" || pod.status.phase == "Failed";
}

}  // namespace

Result<ObjectPtr> ApiServer::create(Object object) {
  const Kind kind = object.key().kind;
  if (is_namespaced(kind) && kind != Kind::Other && object.meta.namespace_.empty())
    object.meta.namespace_ = "default";
  apply_defaults(object);
  if (auto ok = validate(object); !ok) return ok.error();
  if (auto ok = admit_creation(store_, object); !ok) return ok.error();
  return admit(std::move(object), engine_.now());
}

Result<ObjectPtr> ApiServer::create_old(Object object, SimTime created) {
  return admit(std::move(object), created);
}

Result<ObjectPtr> ApiServer::admit(Object object, SimTime created) {
  const ObjectKey key = object.key();
  apply_defaults(object);
  if (auto ok = validate(object); !ok) return ok.error();
  if (store_.find(key)) return store_.create(std::move(object));  // the store's own refusal
  if (auto* service = std::get_if<Service>(&object.body); service && service->cluster_ip.empty()) {
    service->cluster_ip = next_cluster_ip(key);
  }
  reset_status(object);
  object.meta.uid = make_uid(seed_, key, births_[key]++);
  object.meta.created = created;
  object.meta.deletion_at.reset();
  object.meta.grace.reset();
  complete_new(object);
  if (key.kind == Kind::PersistentVolumeClaim && object.meta.finalizers.empty())
    object.meta.finalizers = {"kubernetes.io/pvc-protection"};
  return store_.create(std::move(object));
}

Result<ObjectPtr> ApiServer::update(Object object, std::uint64_t expected_version) {
  const ObjectPtr before = store_.find(object.key());
  if (!before) return store_.update(std::move(object), false);  // the store's own refusal
  apply_defaults(object);
  object.meta.uid = before->meta.uid;
  object.meta.created = before->meta.created;
  object.meta.deletion_at = before->meta.deletion_at;
  object.meta.grace = before->meta.grace;
  if (before->body.index() == object.body.index()) keep_status(*before, object);
  if (auto ok = validate(object); !ok) return ok.error();
  if (auto ok = validate_update(*before, object); !ok) return ok.error();
  const bool stale = expected_version != 0 && expected_version != before->meta.resource_version;
  const bool spec_changed = canonical_spec(*before) != canonical_spec(object);
  if (!spec_changed && !stale && canonical_metadata(before->meta) == canonical_metadata(object.meta)) {
    const auto* node = std::get_if<Node>(&object.body);
    if (!node || node->conditions == before->as<Node>().conditions) return before;
  }
  Result<ObjectPtr> written = store_.update(std::move(object), spec_changed, expected_version);
  const bool finalised =
      written && written.value()->meta.deletion_at && written.value()->meta.finalizers.empty();
  if (finalised && written.value()->key().kind != Kind::Pod &&
      written.value()->key().kind != Kind::Namespace) {
    return store_.remove(written.value()->key());
  }
  return written;
}

ObjectPtr ApiServer::write(Object object, bool spec_changed) {
  Result<ObjectPtr> written = store_.update(std::move(object), spec_changed);
  MUSTER_ASSERT(written.has_value(), "a controller wrote an object that is gone");
  return written.value();
}

Result<ObjectPtr> ApiServer::remove(const ObjectKey& key, std::optional<SimDuration> grace) {
  const ObjectPtr object = store_.find(key);
  if (!object) return store_.remove(key);  // the store's own refusal
  if (key.kind == Kind::Namespace) {
    Object marked = *object;
    marked.as<Namespace_>().phase = "Terminating";
    return mark_deleted(std::make_shared<const Object>(std::move(marked)), 0s);
  }
  SimDuration period = 0s;
  if (key.kind == Kind::Pod && !nothing_runs(object->as<Pod>())) {
    period = grace.value_or(object->as<Pod>().spec.termination_grace);
  }
  if (!object->meta.finalizers.empty() || period > 0s) return mark_deleted(object, period);
  return store_.remove(key);
}

Result<ObjectPtr> ApiServer::mark_deleted(const ObjectPtr& object, SimDuration grace) {
  const SimTime end = engine_.now() + grace;
  if (object->meta.deletion_at && *object->meta.deletion_at <= end)
    return object;  // a second DELETE only shortens
  Object marked = *object;
  marked.meta.deletion_at = end;
  marked.meta.grace = grace;
  return store_.update(std::move(marked), false);
}

std::string ApiServer::next_cluster_ip(const ObjectKey& key) {
  std::set<std::string> taken;
  for (const ObjectPtr& service : store_.list(Kind::Service)) taken.insert(service->as<Service>().cluster_ip);
  // 10.96.0.0/12 is the default service network; .0.x is left to the cluster's own services.
  for (std::uint32_t probe = fnv32a(entity_of(key));; ++probe) {
    std::string address = fmt::format("{}{}.{}", service_network, 1 + probe / 250 % 250, 1 + probe % 250);
    if (!taken.contains(address)) return address;
  }
}

}  // namespace muster
