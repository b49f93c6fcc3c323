#include "cluster_model/controllers/garbage_collector.hpp"

#include <array>

namespace muster {

namespace {

/// Kinds that a namespace holds, in the order in which they are removed: what makes pods before pods.
constexpr std::array contents{Kind::Deployment, Kind::ReplicaSet,    Kind::Pod,
                              Kind::Service,    Kind::EndpointSlice, Kind::ConfigMap,
                              Kind::Secret,     Kind::Other,         Kind::Event};
/// Kinds that have owners here.
constexpr std::array owned{Kind::ReplicaSet, Kind::Pod, Kind::EndpointSlice, Kind::ConfigMap, Kind::Secret};

}  // namespace

GarbageCollector::GarbageCollector(ControlContext& context)
    : context_(context),
      queue_(context.engine, context.seed, "garbage", context.profile.cluster.controller,
             [this](const ObjectKey& key) { collect(key); }),
      namespaces_(context.engine, context.seed, "namespace", context.profile.cluster.controller,
                  [this](const ObjectKey& key) { empty_namespace(key); }) {}

void GarbageCollector::watch(const Change& change) {
  const Object& object = *change.after;
  const ObjectKey key = object.key();
  if (key.kind == Kind::Namespace && object.meta.deletion_at) namespaces_.add(key);
  if (key.kind == Kind::Event) return;
  if (change.type != Change::Type::deleted) return look_for_absent_owners(change);
  const ObjectPtr home = context_.store.find(Kind::Namespace, {}, key.namespace_);
  if (home && home->meta.deletion_at) namespaces_.add(home->key());
  for (const Kind kind : owned) {
    for (const ObjectPtr& candidate : context_.store.list(kind, key.namespace_)) {
      for (const OwnerReference& owner : candidate->meta.owners) {
        if (owner.uid == object.meta.uid) queue_.add(candidate->key());
      }
    }
  }
}

// Whoever names an owner that is not there was orphaned before it came (kubernetes/kubernetes
// pkg/controller/garbagecollector/graph_builder.go: an absent owner is a virtual node that is looked up).
void GarbageCollector::look_for_absent_owners(const Change& change) {
  const Object& object = *change.after;
  if (change.before && change.before->meta.owners == object.meta.owners) return;
  for (const OwnerReference& owner : object.meta.owners) {
    if (!owner_lives(object, owner)) return queue_.add(object.key());
  }
}

void GarbageCollector::resync() {}

bool GarbageCollector::owner_lives(const Object& object, const OwnerReference& owner) const {
  Object named;
  named.api_version = owner.api_version;
  named.kind = owner.kind;
  named.meta.namespace_ = object.meta.namespace_;
  named.meta.name = owner.name;
  const ObjectPtr found = context_.store.find(named.key());
  return found && found->meta.uid == owner.uid;
}

void GarbageCollector::collect(const ObjectKey& key) {
  const ObjectPtr object = context_.store.find(key);
  if (!object || object->meta.deletion_at || object->meta.owners.empty()) return;
  for (const OwnerReference& owner : object->meta.owners) {
    if (owner_lives(*object, owner)) return;
  }
  (void)context_.api.remove(key).has_value();
}

void GarbageCollector::empty_namespace(const ObjectKey& key) {
  const ObjectPtr home = context_.store.find(key);
  if (!home || !home->meta.deletion_at) return;
  bool empty = true;
  for (const Kind kind : contents) {
    for (const ObjectPtr& object : context_.store.list(kind, key.name)) {
      if (!object->meta.deletion_at) (void)context_.api.remove(object->key()).has_value();
      empty = empty && !context_.store.find(object->key());
    }
  }
  if (empty) (void)context_.store.remove(key).has_value();
}

}  // namespace muster
