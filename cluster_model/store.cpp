#include "cluster_model/store.hpp"

#include <algorithm>
#include <utility>

namespace muster {

namespace {

/// Kinds whose metadata.generation counts changes of spec.
bool has_generation(Kind kind) {
  switch (kind) {
    case Kind::Namespace:
    case Kind::Node:
    case Kind::ConfigMap:
    case Kind::Secret:
    case Kind::Service:
    case Kind::Pod:
    case Kind::PersistentVolumeClaim:
    case Kind::PersistentVolume:
    case Kind::StorageClass:
    case Kind::ControllerRevision:
    case Kind::ResourceQuota:
    case Kind::Event:
    case Kind::Lease:
    case Kind::EndpointSlice:
      return false;
    default:
      return true;
  }
}

/// About how much memory one version takes that it does not share with others; only slices grow without
/// bound.
std::size_t weight_of(const Object& object) {
  constexpr std::size_t plain = 4096, endpoint = 256;
  const auto* slice = std::get_if<EndpointSlice>(&object.body);
  return plain + (slice ? slice->endpoints.size() * endpoint : 0);
}

std::string describe(const ObjectKey& key) {
  const std::string where = key.namespace_.empty() ? std::string() : key.namespace_ + "/";
  return std::string(to_string(key.kind)) + " \"" + where + key.name + "\"";
}

}  // namespace

ObjectPtr ObjectStore::find(const ObjectKey& key) const {
  const auto found = objects_.find(key);
  return found == objects_.end() ? nullptr : found->second;
}

ObjectPtr ObjectStore::find(Kind kind, const std::string& namespace_, const std::string& name) const {
  return find(ObjectKey{kind, namespace_, name});
}

std::vector<ObjectPtr> ObjectStore::list(Kind kind, const std::string& namespace_) const {
  std::vector<ObjectPtr> found;
  for (auto at = objects_.lower_bound(ObjectKey{kind, namespace_, {}}); at != objects_.end(); ++at) {
    const ObjectKey& key = at->first;
    if (key.kind != kind || (!namespace_.empty() && key.namespace_ != namespace_)) break;
    found.push_back(at->second);
  }
  return found;
}

namespace {

std::vector<ObjectPtr> values_at(const std::map<std::string, std::map<ObjectKey, ObjectPtr>>& index,
                                 const std::string& name) {
  std::vector<ObjectPtr> found;
  const auto entry = index.find(name);
  if (entry == index.end()) return found;
  found.reserve(entry->second.size());
  for (const auto& [key, object] : entry->second) found.push_back(object);
  return found;
}

}  // namespace

std::vector<ObjectPtr> ObjectStore::dependents_of(const std::string& uid) const {
  return values_at(by_owner_, uid);
}

std::vector<ObjectPtr> ObjectStore::loose_pods(const std::string& namespace_) const {
  return values_at(loose_pods_, namespace_);
}

/// Versions with the same owners keep their place; a new version only takes over the pointer.
void ObjectStore::index(const ObjectKey& key, const ObjectPtr& before, const ObjectPtr& after) {
  const auto take_out = [&](Index& from, const std::string& name) {
    const auto entry = from.find(name);
    if (entry == from.end()) return;
    entry->second.erase(key);
    if (entry->second.empty()) from.erase(entry);
  };
  const bool moved = !before || !after || before->meta.owners != after->meta.owners;
  if (before && moved) {
    for (const OwnerReference& owner : before->meta.owners) take_out(by_owner_, owner.uid);
    if (key.kind == Kind::Pod) take_out(loose_pods_, key.namespace_);
  }
  if (!after) return;
  for (const OwnerReference& owner : after->meta.owners) by_owner_[owner.uid][key] = after;
  if (key.kind == Kind::Pod && !controller_of(after->meta)) loose_pods_[key.namespace_][key] = after;
}

Result<ObjectPtr> ObjectStore::create(Object object) {
  const ObjectKey key = object.key();
  if (objects_.contains(key)) return Error{ErrorCode::conflict, describe(key) + " already exists", {}};
  object.meta.resource_version = ++resource_version_;
  object.meta.generation = has_generation(key.kind) ? 1 : 0;
  const ObjectPtr stored = std::make_shared<const Object>(std::move(object));
  objects_.emplace(key, stored);
  index(key, nullptr, stored);
  publish({Change::Type::added, nullptr, stored});
  return stored;
}

Result<ObjectPtr> ObjectStore::update(Object object, bool spec_changed, std::uint64_t expected_version) {
  const ObjectKey key = object.key();
  const auto found = objects_.find(key);
  if (found == objects_.end()) return Error{ErrorCode::not_found, describe(key) + " not found", {}};
  const ObjectPtr before = found->second;
  if (expected_version != 0 && expected_version != before->meta.resource_version) {
    return Error{ErrorCode::conflict,
                 describe(key) + " has been modified; apply the change to its latest version",
                 {}};
  }
  object.meta.resource_version = ++resource_version_;
  object.meta.generation = before->meta.generation + (spec_changed && has_generation(key.kind) ? 1 : 0);
  const ObjectPtr stored = std::make_shared<const Object>(std::move(object));
  found->second = stored;
  index(key, before, stored);
  publish({Change::Type::modified, before, stored});
  return stored;
}

Result<ObjectPtr> ObjectStore::remove(const ObjectKey& key) {
  const auto found = objects_.find(key);
  if (found == objects_.end()) return Error{ErrorCode::not_found, describe(key) + " not found", {}};
  const ObjectPtr before = found->second;
  Object last = *before;
  last.meta.resource_version = ++resource_version_;
  const ObjectPtr removed = std::make_shared<const Object>(std::move(last));
  objects_.erase(found);
  index(key, before, nullptr);
  publish({Change::Type::deleted, before, removed});
  return removed;
}

std::optional<std::vector<Change>> ObjectStore::changes_since(std::uint64_t version) const {
  if (version < history_begins_after_) return std::nullopt;
  // Every change has its own version and none is skipped, so the place of a version is known.
  const std::uint64_t skipped = std::min<std::uint64_t>(version - history_begins_after_, history_.size());
  return std::vector<Change>(history_.begin() + static_cast<std::ptrdiff_t>(skipped), history_.end());
}

void ObjectStore::subscribe(Observer observer) {
  observers_.push_back(std::move(observer));
}

void ObjectStore::publish(Change change) {
  history_.push_back(change);
  history_bytes_ += weight_of(*change.after);
  while (history_.size() > history_max || (history_bytes_ > history_bytes_max && history_.size() > 1)) {
    history_begins_after_ = history_.front().after->meta.resource_version;
    history_bytes_ -= weight_of(*history_.front().after);
    history_.pop_front();
  }
  // An observer may not subscribe another one from inside either.
  for (const Observer& observer : observers_) observer(change);
}

ObjectStore ObjectStore::unobserved_copy() const {
  ObjectStore copy = *this;
  copy.observers_.clear();
  return copy;
}

}  // namespace muster
