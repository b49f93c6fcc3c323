// Whom the kubelet evicts first when a node runs short, and what it says. Model: kubernetes/kubernetes
// pkg/kubelet/eviction/helpers.go (rankMemoryPressure, rankDiskPressure, evictionMessage) and
// pkg/kubelet/qos/policy.go (GetContainerOOMScoreAdjust).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cluster_model/objects/qos.hpp"

namespace muster {

/// Bytes (or inodes) that a container uses and requests.
struct ContainerUse {
  std::string name;
  std::int64_t used = 0, requested = 0;
};

struct PodUse {
  std::string uid;
  std::int64_t priority = 0;
  Qos qos = Qos::best_effort;
  std::vector<ContainerUse> containers;
  std::int64_t elsewhere = 0;  ///< what the pod uses outside its containers: emptyDir volumes

  std::int64_t used() const;
  std::int64_t requested() const;
};

/// First goes who uses more than requested, then the lower priority, then the larger excess.
void rank_for_eviction(std::vector<PodUse>& pods);

/// Pods of the system classes stay (kubelettypes.IsCriticalPod: SystemCriticalPriority).
inline constexpr std::int64_t system_critical_priority = 2'000'000'000;

/// "The node was low on resource: memory. Threshold quantity: 100Mi, available: 52Mi. Container C was using
/// 812Mi, request is 256Mi, has larger consumption of memory. "
std::string eviction_message(const std::string& resource, const std::string& threshold,
                             const std::string& available, const PodUse& pod, bool bytes = true);

/// As Kubernetes writes a quantity in powers of 1024: "100Mi", "52428Ki", "77".
std::string binary_quantity(std::int64_t bytes);

/// The kernel's badness of a container's process, 0 to 2000: the highest goes when the node has no memory
/// left.
std::int64_t oom_score(Qos qos, const ContainerUse& container, std::int64_t node_memory);

}  // namespace muster
