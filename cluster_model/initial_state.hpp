// The cluster as it is when the drill begins: built at once, in the state that the controllers would have
// reached days ago. A test lets the controllers look at it and demands that they change nothing.
#pragma once

#include <string>
#include <vector>

#include "cluster_model/control_plane.hpp"

namespace muster {

class InitialState {
 public:
  explicit InitialState(ControlPlane& plane) : plane_(plane) {}
  Result<void> build(const std::vector<Object>& objects);

 private:
  Result<void> create(const Object& object, SimTime created);
  Result<void> create_namespaces(const std::vector<Object>& objects);
  Result<void> create_nodes(const std::vector<Object>& objects);
  void release(const ObjectPtr& deployment);
  // initial_workloads.cpp
  Result<void> create_storage_classes(const std::vector<Object>& objects);
  void settle_workloads();
  void settle_quotas();
  void release_stateful(const ObjectPtr& set);
  bool start_stateful_pod(const Object& set, const Object& revision, int ordinal);
  void release_daemons(const ObjectPtr& set);
  void complete_job(const ObjectPtr& job);
  void take_back_pods(const Object& owner);

  bool start_pods(const Object& replica_set, SimTime released);
  /// Binds the pod and makes it run since `started`. False if it has no room or cannot run; it may be bound
  /// then.
  bool place(const ObjectPtr& pod, SimTime started);
  void place_bare_pods();
  void take_back(const Object& replica_set);
  void complete(const ObjectPtr& deployment, const ObjectPtr& replica_set, SimTime released);
  /// `least` to `most` ago, by the luck of `entity`; whole seconds.
  SimTime some_time_ago(const std::string& entity, SimDuration least, SimDuration most) const;

  ControlPlane& plane_;
  SimTime installed_{};  ///< when nodes, namespaces and configuration were made
};

}  // namespace muster
