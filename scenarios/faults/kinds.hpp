// The fault kinds, one function per kind; each is defined in the file of its name.
#pragma once

#include "scenarios/faults/fault_kinds.hpp"

namespace muster {

FaultKind configmap_set_kind();
FaultKind database_crash_kind();
FaultKind database_disk_full_kind();
FaultKind database_failover_broken_kind();
FaultKind database_host_loss_kind();
FaultKind database_lock_kind();
FaultKind database_max_connections_kind();
FaultKind database_replication_lag_kind();
FaultKind database_slow_queries_kind();
FaultKind deployment_restart_kind();
FaultKind deployment_set_image_kind();
FaultKind deployment_set_strategy_kind();
FaultKind disk_fill_kind();
FaultKind intruder_start_kind();
FaultKind network_dns_failure_kind();
FaultKind network_latency_kind();
FaultKind network_loss_kind();
FaultKind network_partition_kind();
FaultKind node_crash_kind();
FaultKind node_partition_kind();
FaultKind pod_delete_kind();
FaultKind provider_down_kind();
FaultKind provider_errors_kind();
FaultKind provider_rate_limit_kind();
FaultKind provider_slow_kind();
FaultKind registry_down_kind();
FaultKind secret_delete_kind();
FaultKind secret_set_kind();
FaultKind traffic_spike_kind();

}  // namespace muster
