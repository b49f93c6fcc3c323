// The past templates of a StatefulSet or DaemonSet, kept as ControllerRevisions. Model: kubernetes/kubernetes
// pkg/controller/history/controller_history.go.
#pragma once

#include <memory>
#include <string>

#include "cluster_model/controllers/control_context.hpp"

namespace muster {

/// The label on pods and revisions.
inline constexpr const char* revision_hash_label = "controller-revision-hash";

/// The owner's revisions, oldest number first.
std::vector<ObjectPtr> revisions_of(const ObjectStore& store, const Object& owner);
/// The revision of this template: an equal one (it becomes the newest), or a new one. Null if it is refused.
ObjectPtr claim_revision(ControlContext& context, const Object& owner, const PodTemplate& pod_template);
/// The same for the time before the drill.
ObjectPtr first_revision(ControlContext& context, const Object& owner, const PodTemplate& pod_template,
                         SimTime created);
/// Deletes the oldest beyond `limit` of those that no pod and neither of the two names uses.
void forget_revisions(ControlContext& context, const Object& owner, const std::vector<ObjectPtr>& pods,
                      const std::string& current, const std::string& update, int limit);
/// Value of the label for a revision's pods: the part of its name behind the owner's.
std::string revision_hash(const Object& revision);
/// The revision's name that a pod belongs to; empty if its label is missing.
std::string revision_name(const Object& owner, const Object& pod);

}  // namespace muster
