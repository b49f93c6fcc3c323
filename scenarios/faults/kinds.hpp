// The fault kinds, one function per kind; each is defined in the file of its name.
#pragma once

#include "scenarios/faults/fault_kinds.hpp"

namespace muster {

FaultKind configmap_set_kind();
FaultKind deployment_restart_kind();
FaultKind deployment_set_image_kind();
FaultKind deployment_set_strategy_kind();
FaultKind node_crash_kind();
FaultKind node_partition_kind();
FaultKind pod_delete_kind();
FaultKind registry_down_kind();
FaultKind secret_delete_kind();
FaultKind secret_set_kind();
FaultKind traffic_spike_kind();

}  // namespace muster
