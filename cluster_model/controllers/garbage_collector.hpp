// Removes what its owner left behind (background deletion), and empties namespaces that are being deleted.
// Model: kubernetes/kubernetes pkg/controller/garbagecollector and pkg/controller/namespace.
#pragma once

#include "cluster_model/controllers/control_context.hpp"
#include "cluster_model/controllers/controller.hpp"
#include "cluster_model/work_queue.hpp"

namespace muster {

class GarbageCollector final : public Controller {
 public:
  explicit GarbageCollector(ControlContext& context);
  void watch(const Change& change) override;
  void resync() override;

 private:
  void look_for_absent_owners(const Change& change);
  void collect(const ObjectKey& key);
  void empty_namespace(const ObjectKey& key);
  bool owner_lives(const Object& object, const OwnerReference& owner) const;

  ControlContext& context_;
  WorkQueue queue_;  // [an object whose owner has gone]
  WorkQueue namespaces_;
};

}  // namespace muster
