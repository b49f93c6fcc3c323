// How fast nodes of one zone may be given the NoExecute taint that drives their pods away: one node per ten
// seconds, slower or not at all when much of the zone is gone, because then the fault is probably not the
// nodes'. Model: kubernetes/kubernetes pkg/controller/nodelifecycle (ComputeZoneState, handleDisruption).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/time.hpp"

namespace muster {

enum class ZoneState : std::uint8_t { normal, partial_disruption, full_disruption };

/// From how many of its nodes are ready.
ZoneState zone_state(int ready, int not_ready);

/// The wait between two nodes of a zone: 10 s (--node-eviction-rate 0.1); a zone with more than 50 nodes
/// (--large-cluster-size-threshold) of which 55 % (--unhealthy-zone-threshold) are gone: 100 s
/// (--secondary-node-eviction-rate 0.01); a smaller one: evictions_stopped.
SimDuration eviction_interval(ZoneState state, int nodes);
inline constexpr SimDuration evictions_stopped = SimDuration::max();

/// The nodes of one zone that wait for their taint, first come, first served.
class ZoneEvictions {
 public:
  void add(const std::string& node);
  void remove(const std::string& node);
  bool empty() const { return waiting_.empty(); }
  void set_interval(SimDuration interval) { interval_ = interval; }
  /// The node whose turn it is at `now`, taken out; empty if none may go yet.
  std::string take(SimTime now);

 private:
  std::vector<std::string> waiting_;  // first come first served
  SimDuration interval_{10s};
  SimTime last_{sim_never};  // sim_never: none was taken yet
};

}  // namespace muster
