// Watches over a node's memory and disk and evicts pods before the node itself fails. Model:
// kubernetes/kubernetes pkg/kubelet/eviction/eviction_manager.go, with the default hard thresholds. Images
// and pods share one file system, so that imagefs.available < 15 % is met before nodefs.available < 10 %.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "cluster_model/controllers/control_context.hpp"
#include "cluster_model/kubelet/eviction_order.hpp"
#include "cluster_model/kubelet/node_status.hpp"

namespace muster {

/// What the eviction manager asks of its kubelet.
struct NodePods {
  std::function<std::int64_t()> memory_in_use;  ///< bytes, by all containers
  std::function<std::vector<PodUse>()> memory;  ///< of the pods that run here
  std::function<std::vector<PodUse>(bool inodes)> disk;
  std::function<void(const std::string& uid, const std::string& message)> evict;
  std::function<void(const std::string& uid, const std::string& container)> oom_kill;
  std::function<bool()> evicting;  ///< an evicted pod has not ended yet
};

class EvictionManager {
 public:
  EvictionManager(ControlContext& context, std::string node, NodeStatus& status, NodePods pods)
      : context_(context), node_(std::move(node)), status_(status), pods_(std::move(pods)) {}

  /// One round; at most one pod is evicted in it.
  void check();
  /// The kernel's part: without any memory left it kills a process at once. True if it did.
  bool check_out_of_memory();
  /// The node was restarted: what it knew of pressure is gone.
  void forget();

  /// The pod may start here: under memory pressure no BestEffort pod may, under disk pressure none. Else the
  /// conditions in the way: "MemoryPressure".
  std::string refusal(const PodSpec& spec) const;

  /// Available memory, bytes: capacity less the working set of the system and of all containers. Capacity is
  /// what is allocatable plus the eviction threshold (kubernetes.io docs, reserve-compute-resources).
  std::int64_t memory_available() const;
  std::int64_t memory_capacity() const;

  static constexpr SimDuration monitor_period = 10s;
  /// --eviction-pressure-transition-period
  static constexpr SimDuration pressure_sticks = 300s;
  static constexpr std::int64_t memory_threshold = std::int64_t{100} << 20;
  static constexpr double image_disk_threshold = 0.15, inode_threshold = 0.05;

 private:
  struct Shortage {
    std::string resource;  ///< "memory", "ephemeral-storage", "inodes"; empty = none
    std::string threshold, available;
  };
  Shortage memory_shortage() const;
  Shortage disk_shortage() const;
  bool evict_one(const Shortage& shortage, std::vector<PodUse> pods);
  void remove_unused_images();

  ControlContext& context_;
  std::string node_;
  NodeStatus& status_;
  NodePods pods_;
  SimTime memory_short_at_ = sim_never, disk_short_at_ = sim_never;  // last seen; sim_never: not lately
};

}  // namespace muster
