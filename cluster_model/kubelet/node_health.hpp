// Whether each node runs and whether it reaches the rest of the world. The verbs are those of reality: pull
// the power plug, cut the network cable, put it right again. Who must react subscribes: kubelets, the
// network, the node lifecycle controller. All nodes are up until a verb says otherwise.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cluster_model/timer.hpp"
#include "sim/distributions.hpp"

namespace muster {

enum class NodeState : std::uint8_t {
  up,
  partitioned,  ///< everything on it runs on, but nothing reaches it and it reaches nothing
  down,         ///< crashed: every process on it ended without a word
  booting       ///< powered on again; the kubelet is not there yet
};
const char* to_string(NodeState state);

class NodeHealth {
 public:
  using Observer = std::function<void(const std::string& node, NodeState before, NodeState now)>;

  /// `boot` is the time from power on to the kubelet's first status; a node's n-th boot has its own luck.
  NodeHealth(Engine& engine, std::uint64_t seed, LognormalTime boot)
      : engine_(engine), seed_(seed), boot_(boot) {}

  /// The node loses power: processes end silently, nobody sends a reset. Nothing happens if it is down.
  void crash(const std::string& node);
  /// The node is cut off. A node that is down or boots stays so.
  void partition(const std::string& node);
  /// A partition ends at once; a crashed node is powered on and is up after its boot.
  void heal(const std::string& node);

  NodeState state(const std::string& node) const;
  /// Kubelet and API server reach each other.
  bool online(const std::string& node) const { return state(node) == NodeState::up; }
  /// Processes run on it.
  bool running(const std::string& node) const;
  /// When the state began; the start of the drill for a node that was never touched.
  SimTime since(const std::string& node) const;
  /// renewTime of the node's Lease as the API server has it: the kubelet renews every 10 s on a grid of its
  /// own (kubernetes/kubernetes pkg/kubelet/kubelet.go, lease duration 40 s x nodeLeaseRenewIntervalFraction
  /// 0.25). Computed here, so that renewals cost no event.
  SimTime last_heartbeat(const std::string& node) const;

  /// Called after each change of a state, in order of subscription.
  void subscribe(Observer observer) { observers_.push_back(std::move(observer)); }

  static constexpr SimDuration lease_duration = 40s;
  static constexpr SimDuration lease_renewal = 10s;

 private:
  struct Entry {
    NodeState state = NodeState::up;
    SimTime since{};
    SimTime last_heard = sim_never;  ///< last renewal before it went offline; sim_never while it is up
    std::uint64_t boots = 0;
    std::unique_ptr<Timer> boot{};
  };
  void set(const std::string& node, NodeState state);
  SimTime renewal_before(const std::string& node, SimTime at) const;

  Engine& engine_;
  std::uint64_t seed_;
  LognormalTime boot_;
  std::map<std::string, Entry> entries_;  // [node], only those that were touched
  std::vector<Observer> observers_;
};

}  // namespace muster
