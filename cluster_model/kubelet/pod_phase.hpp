// Phase and conditions of a pod as a function of its containers' states. Model: kubernetes/kubernetes
// pkg/kubelet/kubelet_pods.go getPhase and pkg/kubelet/status/generate.go.
#pragma once

#include "cluster_model/objects.hpp"

namespace muster {

std::string pod_phase(const PodSpec& spec, const std::vector<ContainerStatus>& containers);
/// Sets phase, Ready and ContainersReady from status.containers.
void summarise(const PodSpec& spec, PodStatus& status, SimTime now);

}  // namespace muster
