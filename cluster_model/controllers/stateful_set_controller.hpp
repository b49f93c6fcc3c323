// StatefulSets: pods with names, claims and an order. Model: kubernetes/kubernetes
// pkg/controller/statefulset/stateful_set_control.go. One pod at a time with OrderedReady, so a pod that
// never becomes ready holds up everything behind it, also its own repair by a better template.
#pragma once

#include <vector>

#include "cluster_model/controllers/control_context.hpp"
#include "cluster_model/controllers/controller.hpp"
#include "cluster_model/controllers/stateful_set_pods.hpp"
#include "cluster_model/work_queue.hpp"

namespace muster {

class StatefulSetController final : public Controller {
 public:
  explicit StatefulSetController(ControlContext& context);

  void watch(const Change& change) override;
  void resync() override;
  void enqueue(const ObjectKey& set) { queue_.add(set); }

  /// Counts and revisions as the pods are now.
  StatefulSet::Status status_of(const Object& set, const std::vector<ObjectPtr>& pods) const;

 private:
  struct Revisions {
    ObjectPtr current, update;
  };
  void reconcile(const ObjectKey& key);
  Revisions revisions(const Object& set);
  /// False once nothing more may happen in this round.
  bool bring_up(const Object& set, const Revisions& revisions, const OrdinalPods& pods);
  bool bring_up_one(const Object& set, const Revisions& revisions, const ObjectPtr& pod, int ordinal);
  bool take_down(const Object& set, const OrdinalPods& pods);
  void roll(const Object& set, const Revisions& revisions, const OrdinalPods& pods);
  bool create(const Object& set, const Revisions& revisions, int ordinal);
  bool create_claims(const Object& set, int ordinal);
  void remove(const Object& set, const ObjectPtr& pod);
  void finish(const ObjectPtr& set, const Revisions& revisions);

  ControlContext& context_;
  WorkQueue queue_;
};

}  // namespace muster
