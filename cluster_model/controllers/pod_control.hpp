// What every controller of pods does alike: find its pods, take in and let go, create and delete. Model:
// kubernetes/kubernetes pkg/controller/controller_ref_manager.go and controller_utils.go.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cluster_model/controllers/control_context.hpp"

namespace muster {

OwnerReference controller_reference(const Object& owner);
bool controls(const Object& owner, const Object& dependent);
/// The controller of that kind which the changed object had before and has no longer (its reference was
/// removed).
std::optional<ObjectKey> former_controller(const Change& change, Kind kind);
/// The pods that this object controls, finished and dying ones too, in order of their names.
std::vector<ObjectPtr> controlled_pods(const ObjectStore& store, const Object& owner);
/// The same after adoption of matching pods without a controller, and release of owned ones that no longer
/// match. `wanted` decides which pods count at all.
std::vector<ObjectPtr> claim_pods(ControlContext& context, const Object& owner, const LabelSelector& selector,
                                  const std::function<bool(const Object&)>& wanted);

/// A pod from the template, owned by `owner`.
Object pod_from_template(const Object& owner, const PodTemplate& pod_template, const std::string& name);
/// The name of the `made`-th pod of this owner that is not taken; `made` is counted on.
std::string free_pod_name(const ControlContext& context, const Object& owner, std::uint64_t& made);

/// With the events SuccessfulCreate, or FailedCreate "Error creating: ..."; false then.
bool create_pod(ControlContext& context, const Object& owner, const EventSource& source, Object pod);
/// With the event SuccessfulDelete.
void delete_pod(ControlContext& context, const Object& owner, const EventSource& source,
                const ObjectKey& pod);

}  // namespace muster
