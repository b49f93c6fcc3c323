// What one running container has used so far, as the kubelet's summary tells it.
#pragma once

#include <cstdint>
#include <string>

#include "cluster_model/objects/kind.hpp"

namespace muster {

struct ContainerUsage {
  ObjectKey pod;
  std::string pod_uid, container;
  std::uint64_t instance = 0;     ///< another number: another process, the counters began anew
  double cpu_seconds = 0;         ///< since the process began
  std::int64_t memory_bytes = 0;  ///< working set
};

}  // namespace muster
