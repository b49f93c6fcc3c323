#include "cluster_model/kubelet/node_health.hpp"

#include <algorithm>
#include <utility>

#include "sim/random.hpp"

namespace muster {

const char* to_string(NodeState state) {
  switch (state) {
    case NodeState::up:
      return "up";
    case NodeState::partitioned:
      return "partitioned";
    case NodeState::down:
      return "down";
    case NodeState::booting:
      return "booting";
  }
  return "up";
}

void NodeHealth::crash(const std::string& node) {
  if (state(node) != NodeState::down) set(node, NodeState::down);
}

void NodeHealth::partition(const std::string& node) {
  if (state(node) == NodeState::up) set(node, NodeState::partitioned);
}

void NodeHealth::heal(const std::string& node) {
  const NodeState before = state(node);
  if (before == NodeState::partitioned) return set(node, NodeState::up);
  if (before != NodeState::down) return;
  set(node, NodeState::booting);
  Entry& entry = entries_[node];
  const RandomStream luck(seed_, "node/" + node, "boot");
  entry.boot = std::make_unique<Timer>(engine_, [this, node] { set(node, NodeState::up); });
  entry.boot->start_in(boot_.draw(unit_interval(luck.at(entry.boots++))));
}

NodeState NodeHealth::state(const std::string& node) const {
  const auto found = entries_.find(node);
  return found == entries_.end() ? NodeState::up : found->second.state;
}

bool NodeHealth::running(const std::string& node) const {
  const NodeState now = state(node);
  return now == NodeState::up || now == NodeState::partitioned;
}

SimTime NodeHealth::since(const std::string& node) const {
  const auto found = entries_.find(node);
  return found == entries_.end() ? sim_start : found->second.since;
}

SimTime NodeHealth::renewal_before(const std::string& node, SimTime at) const {
  const RandomStream luck(seed_, "node/" + node, "lease phase");
  const SimDuration phase = duration_from_seconds(seconds_of(lease_renewal) * unit_interval(luck.at(0)));
  const SimTime first = sim_start + phase - lease_renewal;  // the last one before the drill
  return first + (at - first) / lease_renewal * lease_renewal;
}

SimTime NodeHealth::last_heartbeat(const std::string& node) const {
  const auto found = entries_.find(node);
  if (found != entries_.end() && found->second.last_heard != sim_never) return found->second.last_heard;
  // A kubelet that is back renews at once, not at the next point of its grid.
  return std::max(renewal_before(node, engine_.now()),
                  found == entries_.end() ? sim_start - lease_renewal : found->second.since);
}

void NodeHealth::set(const std::string& node, NodeState state) {
  const SimTime heard = last_heartbeat(node);
  Entry& entry = entries_[node];
  const NodeState before = std::exchange(entry.state, state);
  entry.since = engine_.now();
  entry.last_heard = state == NodeState::up ? sim_never : heard;
  if (state == NodeState::down) entry.boot.reset();
  for (const Observer& observer : observers_) observer(node, before, state);
}

}  // namespace muster
