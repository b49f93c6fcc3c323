// Revisions: which ReplicaSet carries the present template, which numbers they have, and what the annotations
// say. Rules: kubernetes/kubernetes pkg/controller/deployment/util/deployment_util.go.
#pragma once

#include <string>
#include <vector>

#include "cluster_model/objects.hpp"

namespace muster {

inline constexpr const char* revision_annotation = "deployment.kubernetes.io/revision";
inline constexpr const char* history_annotation = "deployment.kubernetes.io/revision-history";
inline constexpr const char* desired_annotation = "deployment.kubernetes.io/desired-replicas";
inline constexpr const char* max_annotation = "deployment.kubernetes.io/max-replicas";

/// 0 if there is none.
std::int64_t revision_of(const Meta& meta);
/// The whole number in this annotation, or `otherwise`.
std::int64_t annotated_number(const Meta& meta, const char* annotation, std::int64_t otherwise);

/// The ReplicaSets of one deployment.
struct OwnedSets {
  ObjectPtr current;           ///< with the deployment's template; null if none
  std::vector<ObjectPtr> old;  ///< the others, oldest first
  std::vector<ObjectPtr> all() const;
};
/// Sorts `sets` into current and old. Of two sets with the template the older one counts.
OwnedSets sort_out(const Object& deployment, std::vector<ObjectPtr> sets);

/// Highest revision of the old sets + 1, but not below the revision the current set has already.
std::int64_t next_revision(const OwnedSets& sets);

/// The annotations `set` should have with this revision: the deployment's own copied, the number raised, and
/// its former number appended to the history.
StringMap annotations_at(const Object& deployment, const Object& set, std::int64_t revision);

/// Old sets without pods that history no longer keeps, oldest revision first.
std::vector<ObjectPtr> beyond_history(const OwnedSets& sets, int limit);

/// A new ReplicaSet for the deployment's template, with `replicas` pods wanted. `revision` is written into
/// it.
Object new_replica_set(const Object& deployment, int replicas, int max_replicas, std::int64_t revision,
                       int collision_count);

}  // namespace muster
