// Questions about a pod that many parts ask.
#pragma once

#include <string>

#include "cluster_model/objects.hpp"

namespace muster {

/// Condition Ready is True.
bool is_ready(const Pod& pod);
/// Since when, if it is.
SimTime ready_since(const Pod& pod);
/// Ready for at least `min_ready`.
bool is_available(const Pod& pod, SimDuration min_ready, SimTime now);
/// Phase Succeeded or Failed: nothing in it runs or ever will.
bool is_finished(const Pod& pod);
/// Neither finished nor being deleted: a ReplicaSet counts it.
bool is_active(const Object& pod);
int restarts_of(const Pod& pod);

/// Puts a condition in, or changes it; the order is that of kubectl describe. `now` is the transition time if
/// the status changes.
void set_pod_condition(PodStatus& status, const char* type, bool holds, const std::string& reason,
                       const std::string& message, SimTime now);

}  // namespace muster
