// ReplicaSets: as many active pods as wanted; takes in matching pods without an owner and lets go of owned
// ones that no longer match. Model: kubernetes/kubernetes pkg/controller/replicaset and
// controller_ref_manager.go.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cluster_model/controllers/control_context.hpp"
#include "cluster_model/controllers/controller.hpp"
#include "cluster_model/controllers/pod_tally.hpp"
#include "cluster_model/work_queue.hpp"

namespace muster {

/// Sizes of the batches in which `count` pods are created: 1, 2, 4, ... A batch with a failure ends the
/// attempt, so that a refusal (quota) is met once and not `count` times.
std::vector<int> slow_start_batches(int count);

/// A pod from the set's template, with this name.
Object new_pod(const Object& replica_set, const std::string& name);
ReplicaSet::Status replica_set_status(const Object& replica_set, const std::vector<ObjectPtr>& active,
                                      SimTime now);

class ReplicaSetController final : public Controller {
 public:
  explicit ReplicaSetController(ControlContext& context);

  void watch(const Change& change) override;
  void resync() override;
  void enqueue(const ObjectKey& replica_set) { queue_.add(replica_set); }
  /// Must hear of every change from the beginning, before watch().
  void count(const Change& change) { tally_.watch(change); }
  /// The tally agrees with the pods themselves. Asserts.
  void check_invariants() const;
  /// The name of the next pod of this set: a function of the set and of how many it has made, nothing else.
  std::string next_pod_name(const Object& replica_set);

 private:
  void reconcile(const ObjectKey& key);
  /// The set's active pods, after adoption and release.
  std::vector<ObjectPtr> claim_active(const Object& replica_set);
  /// Why a creation was refused; empty if none was.
  std::string create_pods(const Object& replica_set, int count);
  std::string create_pod(const Object& replica_set);
  void delete_pods(const Object& replica_set, const std::vector<ObjectPtr>& active, int count);
  bool must_look(const Object& replica_set) const;
  void look_at_pods(const ObjectPtr& set);
  void write_status(const ObjectPtr& replica_set, ReplicaSet::Status status, const std::string& refusal);

  ControlContext& context_;
  WorkQueue queue_;
  PodTally tally_;
  std::map<std::string, std::uint64_t> pods_made_;  // [uid of the set]
};

}  // namespace muster
