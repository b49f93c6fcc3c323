// Removes what its owner left behind, in the way the deletion asked for (background, foreground, orphan), and
// empties namespaces that are being deleted. Model: kubernetes/kubernetes pkg/controller/garbagecollector and
// pkg/controller/namespace.
#pragma once

#include "cluster_model/controllers/control_context.hpp"
#include "cluster_model/controllers/controller.hpp"
#include "cluster_model/work_queue.hpp"

namespace muster {

/// Finalizers by which a DELETE with propagationPolicy Foreground or Orphan holds the object until its
/// dependents are gone, or let go (k8s.io/apimachinery pkg/apis/meta/v1).
inline constexpr const char* foreground_finalizer = "foregroundDeletion";
inline constexpr const char* orphan_finalizer = "orphan";

class GarbageCollector final : public Controller {
 public:
  explicit GarbageCollector(ControlContext& context);
  void watch(const Change& change) override;
  void resync() override;

 private:
  void look_for_absent_owners(const Change& change);
  void collect(const ObjectKey& key);
  void drop_dead_owners(const ObjectPtr& object);
  void finish_deletion(const ObjectPtr& owner);
  void delete_dependents(const ObjectPtr& owner);
  void orphan_dependents(const ObjectPtr& owner);
  void take_off(const ObjectPtr& owner, const char* finalizer);
  void empty_namespace(const ObjectKey& key);
  bool owner_lives(const Object& object, const OwnerReference& owner) const;

  ControlContext& context_;
  WorkQueue queue_;  // [an object whose owner has gone, or one that waits for its dependents]
  WorkQueue namespaces_;
};

}  // namespace muster
