// What pods use, as metrics-server knows it: sampled every 15 s; a rate needs two samples of the same
// process, so a new container is unknown for one interval (kubernetes-sigs/metrics-server,
// --metric-resolution of the shipped manifest, pkg/storage).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cluster_model/kubelet/container_usage.hpp"
#include "cluster_model/objects/kind.hpp"
#include "cluster_model/timer.hpp"

namespace muster {

struct ContainerLoad {
  std::string name;
  std::int64_t cpu_nanos = 0;  ///< billionths of a core
  std::int64_t memory_bytes = 0;
};

struct Usage {
  SimTime at{};          ///< of the sample
  SimDuration window{};  ///< that the CPU rate spans
  std::int64_t cpu_millis = 0, memory_bytes = 0;
  std::vector<ContainerLoad> containers{};  ///< in the order of their names
};

class UsageSampler {
 public:
  /// Every container that runs on a node that can be reached.
  using Walk = std::function<std::vector<ContainerUsage>()>;
  UsageSampler(Engine& engine, Walk walk);

  /// Samples now, and from now on at every interval.
  void begin();
  /// The last sample; nothing if there are not yet two, or the pod is gone.
  std::optional<Usage> usage(const ObjectKey& pod) const;

  static constexpr SimDuration interval = 15s;

 private:
  struct Seen {
    std::uint64_t instance = 0;
    double cpu_seconds = 0;
    SimTime at{};
  };
  void sample();

  Engine& engine_;
  Walk walk_;
  Timer timer_;
  std::map<std::pair<std::string, std::string>, Seen> seen_;  // [pod uid, container]
  std::map<ObjectKey, Usage> usage_;
};

}  // namespace muster
