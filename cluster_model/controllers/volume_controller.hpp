// Claims of storage get volumes: existing ones that fit, or new ones made by a storage class. Model:
// kubernetes/kubernetes pkg/controller/volume/persistentvolume (binding, reclaim), pkg/controller/volume/
// pvcprotection, and the external provisioner as one latency.
#pragma once

#include <string>

#include "cluster_model/controllers/control_context.hpp"
#include "cluster_model/controllers/controller.hpp"
#include "cluster_model/work_queue.hpp"

namespace muster {

inline constexpr const char* default_class_annotation = "storageclass.kubernetes.io/is-default-class";
inline constexpr const char* selected_node_annotation = "volume.kubernetes.io/selected-node";
inline constexpr const char* claim_protection = "kubernetes.io/pvc-protection";

/// The class that claims without one get; null if there is none. Of several the newest.
ObjectPtr default_storage_class(const ObjectStore& store);
/// The smallest free volume that satisfies the claim, or null.
ObjectPtr matching_volume(const ObjectStore& store, const Object& claim);
bool is_used(const ObjectStore& store, const Object& claim);

class VolumeController final : public Controller {
 public:
  explicit VolumeController(ControlContext& context);

  void watch(const Change& change) override;
  void resync() override;
  void enqueue(const ObjectKey& claim) { queue_.add(claim); }
  /// Bound long ago; a class that the manifests do not have is the cluster's own.
  void settle(const ObjectPtr& claim, SimTime created);

 private:
  void reconcile(const ObjectKey& key);
  void let_go(const ObjectPtr& claim);
  void satisfy(ObjectPtr claim);
  void from_class(const ObjectPtr& claim);
  void provision(const ObjectKey& key);
  Object new_volume(const Object& claim, const Object& storage_class) const;
  void bind(const ObjectPtr& claim, const ObjectPtr& volume);
  void reclaim(const ObjectKey& volume);
  void retry(const ObjectPtr& claim);

  ControlContext& context_;
  WorkQueue queue_;         // [claim]
  WorkQueue provisioning_;  // [claim]
  WorkQueue reclaiming_;    // [volume]
};

}  // namespace muster
