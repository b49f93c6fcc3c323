// Deployments: keeps one ReplicaSet per template and moves pods between them, one small step per reconcile.
// Model: kubernetes/kubernetes pkg/controller/deployment. Decisions are in rollout.hpp, deployment_status.hpp
// and deployment_revisions.hpp; here they are read from the store and applied.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cluster_model/controllers/control_context.hpp"
#include "cluster_model/controllers/controller.hpp"
#include "cluster_model/controllers/deployment_revisions.hpp"
#include "cluster_model/work_queue.hpp"

namespace muster {

class DeploymentController final : public Controller {
 public:
  explicit DeploymentController(ControlContext& context);

  void watch(const Change& change) override;
  void resync() override;
  void enqueue(const ObjectKey& deployment) { queue_.add(deployment); }
  /// Tells the journal the present counts of a deployment that exists since before the drill.
  void announce(const Object& deployment);

 private:
  void reconcile(const ObjectKey& key);
  void roll(Object& deployment, OwnedSets& sets);
  void recreate(Object& deployment, OwnedSets& sets);
  void only_scale(Object& deployment, OwnedSets& sets);

  std::vector<ObjectPtr> owned_sets(const Object& deployment) const;
  bool was_scaled(const Object& deployment, const OwnedSets& sets) const;
  bool old_pods_exist(const OwnedSets& sets) const;
  void note_pause(Object& deployment);
  /// Brings revision and annotations of the current set up to date; makes the set if there is none and
  /// `create`.
  void claim_current(Object& deployment, OwnedSets& sets, bool create);
  void create_current(Object& deployment, OwnedSets& sets, std::int64_t revision);
  void note_refused_set(Object& deployment, const Error& why);
  /// False if the set has this size already.
  bool resize(const Object& deployment, ObjectPtr& set, int size);
  void resize_in_proportion(const Object& deployment, OwnedSets& sets);
  void clean_up_history(const Object& deployment, const OwnedSets& sets);
  void finish(Object& deployment, DeploymentStatus status);
  void tell_rollout(const Object& deployment, const DeploymentStatus& before, const DeploymentStatus& after);

  ControlContext& context_;
  WorkQueue queue_;
  std::map<ObjectKey, std::vector<std::int64_t>> told_;  // the numbers of the last WorkloadFact
};

}  // namespace muster
