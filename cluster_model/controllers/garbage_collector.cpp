#include "cluster_model/controllers/garbage_collector.hpp"

#include <algorithm>
#include <array>

namespace muster {

namespace {

/// Removed first when a namespace goes: what makes pods before pods.
constexpr std::array first_to_go{Kind::Deployment, Kind::StatefulSet, Kind::DaemonSet, Kind::CronJob,
                                 Kind::Job,        Kind::ReplicaSet,  Kind::Pod};

/// Every kind that a namespace may hold, in order of removal.
std::vector<Kind> contents() {
  std::vector<Kind> kinds(first_to_go.begin(), first_to_go.end());
  for (int number = 0; number <= static_cast<int>(Kind::Other); ++number) {
    const Kind kind = static_cast<Kind>(number);
    const bool known = std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
    if (is_namespaced(kind) && kind != Kind::Event && !known) kinds.push_back(kind);
  }
  kinds.push_back(Kind::Event);
  return kinds;
}

bool has_finalizer(const Object& object, const char* name) {
  const auto& all = object.meta.finalizers;
  return std::find(all.begin(), all.end(), name) != all.end();
}

bool waits_for_dependents(const Object& object) {
  return object.meta.deletion_at &&
         (has_finalizer(object, foreground_finalizer) || has_finalizer(object, orphan_finalizer));
}

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
  if (waits_for_dependents(object)) queue_.add(key);
  if (key.kind == Kind::Event) return;
  if (change.type != Change::Type::deleted) return look_for_absent_owners(change);
  const ObjectPtr home = context_.store.find(Kind::Namespace, {}, key.namespace_);
  if (home && home->meta.deletion_at) namespaces_.add(home->key());
  for (const ObjectPtr& dependent : context_.store.dependents_of(object.meta.uid))
    queue_.add(dependent->key());
  for (const OwnerReference& owner : object.meta.owners) {
    const ObjectKey above{kind_of(owner.api_version, owner.kind), key.namespace_, owner.name};
    const ObjectPtr found = context_.store.find(above);
    if (found && waits_for_dependents(*found)) queue_.add(above);
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

void GarbageCollector::resync() {
  for (const Kind kind : contents()) {
    for (const ObjectPtr& object : context_.store.list(kind)) {
      if (!object->meta.owners.empty() || waits_for_dependents(*object)) queue_.add(object->key());
    }
  }
}

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
  if (!object) return;
  if (waits_for_dependents(*object)) return finish_deletion(object);
  if (object->meta.deletion_at || object->meta.owners.empty()) return;
  const auto& owners = object->meta.owners;
  const bool any = std::any_of(owners.begin(), owners.end(),
                               [&](const OwnerReference& owner) { return owner_lives(*object, owner); });
  if (any) return drop_dead_owners(object);
  (void)context_.api.remove(key).has_value();
}

void GarbageCollector::drop_dead_owners(const ObjectPtr& object) {
  Object next = *object;
  std::erase_if(next.meta.owners, [&](const OwnerReference& owner) { return !owner_lives(*object, owner); });
  if (next.meta.owners != object->meta.owners) context_.api.write(std::move(next), false);
}

void GarbageCollector::finish_deletion(const ObjectPtr& owner) {
  if (has_finalizer(*owner, orphan_finalizer)) return orphan_dependents(owner);
  delete_dependents(owner);
}

/// Those that have dependents of their own wait for them in turn.
void GarbageCollector::delete_dependents(const ObjectPtr& owner) {
  for (const ObjectPtr& dependent : context_.store.dependents_of(owner->meta.uid)) {
    if (dependent->meta.deletion_at) continue;
    if (!context_.store.dependents_of(dependent->meta.uid).empty()) {
      Object next = *dependent;
      next.meta.finalizers.push_back(foreground_finalizer);
      context_.api.write(std::move(next), false);
    }
    (void)context_.api.remove(dependent->key()).has_value();
  }
  if (context_.store.dependents_of(owner->meta.uid).empty()) take_off(owner, foreground_finalizer);
}

void GarbageCollector::orphan_dependents(const ObjectPtr& owner) {
  for (const ObjectPtr& dependent : context_.store.dependents_of(owner->meta.uid)) {
    Object next = *dependent;
    std::erase_if(next.meta.owners,
                  [&](const OwnerReference& found) { return found.uid == owner->meta.uid; });
    context_.api.write(std::move(next), false);
  }
  take_off(owner, orphan_finalizer);
}

void GarbageCollector::take_off(const ObjectPtr& owner, const char* finalizer) {
  Object next = *owner;
  std::erase(next.meta.finalizers, finalizer);
  const bool last = next.meta.finalizers.empty();
  const ObjectKey key = owner->key();
  context_.api.write(std::move(next), false);
  if (last) (void)context_.store.remove(key).has_value();
}

void GarbageCollector::empty_namespace(const ObjectKey& key) {
  const ObjectPtr home = context_.store.find(key);
  if (!home || !home->meta.deletion_at) return;
  bool empty = true;
  for (const Kind kind : contents()) {
    for (const ObjectPtr& object : context_.store.list(kind, key.name)) {
      if (!object->meta.deletion_at) (void)context_.api.remove(object->key()).has_value();
      empty = empty && !context_.store.find(object->key());
    }
  }
  if (empty) (void)context_.store.remove(key).has_value();
}

}  // namespace muster
