#include "cluster_model/store.hpp"

#include <algorithm>
#include <utility>

namespace muster {

namespace {

/// Kinds whose metadata.generation counts changes of spec.
bool has_generation(Kind kind) {
  switch (kind) {
    case Kind::Deployment:
    case Kind::ReplicaSet:
    case Kind::NetworkPolicy:
    case Kind::PodDisruptionBudget:
    case Kind::Other:
      return true;
    default:
      return false;
  }
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

Result<ObjectPtr> ObjectStore::create(Object object) {
  const ObjectKey key = object.key();
  if (objects_.contains(key)) return Error{ErrorCode::conflict, describe(key) + " already exists", {}};
  object.meta.resource_version = ++resource_version_;
  object.meta.generation = has_generation(key.kind) ? 1 : 0;
  const ObjectPtr stored = std::make_shared<const Object>(std::move(object));
  objects_.emplace(key, stored);
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
  if (history_.size() > history_max) {
    history_begins_after_ = history_.front().after->meta.resource_version;
    history_.pop_front();
  }
  // An observer may not subscribe another one from inside either.
  for (const Observer& observer : observers_) observer(change);
}

}  // namespace muster
