// The object store: immutable versions in one ordered table, resourceVersion, and the history that watches
// read.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <vector>

#include "cluster_model/objects.hpp"
#include "sim/result.hpp"

namespace muster {

struct Change {
  enum class Type : std::uint8_t { added, modified, deleted };
  Type type = Type::added;
  ObjectPtr before;  ///< null for added
  ObjectPtr after;   ///< for deleted: the last version, with the resourceVersion of the deletion
  const ObjectPtr& object() const { return after; }
};

class ObjectStore {
 public:
  using Observer = std::function<void(const Change&)>;

  /// Null if there is none.
  ObjectPtr find(const ObjectKey& key) const;
  ObjectPtr find(Kind kind, const std::string& namespace_, const std::string& name) const;
  /// All of a kind, in key order; `namespace_` empty = every namespace.
  std::vector<ObjectPtr> list(Kind kind, const std::string& namespace_ = {}) const;

  /// Everything that names this uid among its owners, in key order.
  std::vector<ObjectPtr> dependents_of(const std::string& uid) const;
  /// Pods that nobody controls, in key order.
  std::vector<ObjectPtr> loose_pods(const std::string& namespace_) const;

  /// Errors: conflict if it exists. Sets resourceVersion, and generation 1 where the kind has one. The caller
  /// sets uid and creation time.
  Result<ObjectPtr> create(Object object);
  /// Replaces the object of the same key. Errors: not_found; conflict if `expected_version` is not 0 and not
  /// the present one. `spec_changed` raises the generation.
  Result<ObjectPtr> update(Object object, bool spec_changed, std::uint64_t expected_version = 0);
  /// Takes it out at once (finalisation is the caller's business). Errors: not_found.
  Result<ObjectPtr> remove(const ObjectKey& key);

  /// The same objects, versions and history, without anybody who follows the changes.
  ObjectStore unobserved_copy() const;

  std::uint64_t resource_version() const { return resource_version_; }
  /// The changes after `version`, oldest first; nullopt if the history no longer reaches that far back (410
  /// Gone).
  std::optional<std::vector<Change>> changes_since(std::uint64_t version) const;

  /// Called after each change, in order of subscription. Observers must not change the store from inside.
  void subscribe(Observer observer);

  /// Versions and history agree: none beyond the present one, each change later than the one before. Asserts.
  void check_invariants() const;

  /// Largest number of changes kept for watches, and about how many bytes they may take.
  static constexpr std::size_t history_max = 10'000;
  static constexpr std::size_t history_bytes_max = std::size_t{96} << 20;

 private:
  using Index = std::map<std::string, std::map<ObjectKey, ObjectPtr>>;
  void publish(Change change);
  void index(const ObjectKey& key, const ObjectPtr& before, const ObjectPtr& after);

  std::map<ObjectKey, ObjectPtr> objects_;
  Index by_owner_;    // [uid]
  Index loose_pods_;  // [namespace]
  std::deque<Change> history_;
  std::size_t history_bytes_ = 0;
  std::uint64_t resource_version_ = 0;
  std::uint64_t history_begins_after_ = 0;
  std::vector<Observer> observers_;
};

}  // namespace muster
