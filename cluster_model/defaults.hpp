// Times of the cluster that no profile states, with unit and source. Those that a profile may state are in
// ClusterProfile: controller reaction 50 ms (watch latency, our assumption), scheduling 500 ms and
// sandbox 1.5 s (anchored to the Kubernetes SLO "99 % of pods start within 5 s", kubernetes/community
// sig-scalability/slos), endpoint propagation 1 s (iptables sync period, pkg/proxy).
#pragma once

#include "sim/distributions.hpp"
#include "sim/time.hpp"

namespace muster::defaults {

/// Boot of a program that no profile knows; our assumption.
inline constexpr LognormalTime plain_boot{1s, 0.3};
/// From process start to the exit of an application that refuses its configuration; our assumption: imports
/// and settings take some seconds in the runtimes that such applications are written in.
inline constexpr LognormalTime config_crash{3s, 0.4};

/// How long the program of a Job runs that no profile knows; our assumption: a batch job of a minute.
inline constexpr LognormalTime job_run{60s, 0.3};

/// The kubelet looks at a failing pod again after this, plus up to half of it (kubernetes/kubernetes
/// pkg/kubelet/kubelet.go backOffPeriod, pod_workers.go workerBackOffPeriodJitterFactor).
inline constexpr SimDuration kubelet_retry = 10s;
inline constexpr double kubelet_retry_jitter = 0.5;
/// How long an error is shown before the state says that the kubelet backs off: one relist of the runtime (1
/// s, pkg/kubelet/kubelet.go genericPlegRelistPeriod) and one sync.
inline constexpr SimDuration error_shown_for = 2s;
/// From the end of the last container to the removal of the pod object: one relist.
inline constexpr SimDuration pod_removal = 1s;
/// A process without a handler dies at once from SIGTERM.
inline constexpr SimDuration signal_death = 50ms;
/// Grace that the kubelet still gives a pod whose object was removed by force (pkg/kubelet/kuberuntime
/// minimumGracePeriodInSeconds).
inline constexpr SimDuration forced_grace = 2s;

/// A volume that cannot be mounted is tried again after this, doubling to the other (pkg/util/goroutinemap/
/// exponentialbackoff: initialDurationBeforeRetry, maxDurationBeforeRetry).
inline constexpr SimDuration mount_retry_least = 500ms;
inline constexpr SimDuration mount_retry_most = 122s;
/// Grace of a pod that the kubelet evicts because a hard threshold is met (pkg/kubelet/eviction
/// eviction_manager.go, immediateEvictionGracePeriodSeconds).
inline constexpr SimDuration eviction_grace = 1s;

/// Time of a registry's answer: manifest of a known image, or "not found"; our assumption.
inline constexpr LognormalTime registry_answer{600ms, 0.4};
/// Size of an image that no profile knows, bytes; our assumption.
inline constexpr std::int64_t image_bytes = 100'000'000;

/// Nodes of a system whose manifests name none: three of 8 CPUs and 32 GiB; our assumption.
inline constexpr int nodes = 3;
inline constexpr std::int64_t node_cpu_millis = 8000;
inline constexpr std::int64_t node_memory_bytes = std::int64_t{32} << 30;

}  // namespace muster::defaults
