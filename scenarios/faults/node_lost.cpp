// node/crash and node/partition: a node that loses power, and one that loses its network.
#include "cluster_model/kubelet/node_health.hpp"
#include "scenarios/faults/fault_parts.hpp"
#include "scenarios/faults/kinds.hpp"

namespace muster {

namespace {

std::vector<FaultParameter> parameters() {
  return {{"node", "name of a Node", true, "Which node; node-1 to node-3 if the manifests name none."}};
}

FaultAction build_crash(MapReader& map, const std::vector<Object>& objects, const std::string&) {
  const std::string node = read_node_name(map, "node", objects);
  return {node, "power off", [node](World& world) { world.nodes().crash(node); },
          [node](World& world) { world.nodes().heal(node); }};
}

FaultAction build_node_partition(MapReader& map, const std::vector<Object>& objects, const std::string&) {
  const std::string node = read_node_name(map, "node", objects);
  return {node, "cut off the network", [node](World& world) { world.nodes().partition(node); },
          [node](World& world) { world.nodes().heal(node); }};
}

}  // namespace

FaultKind node_crash_kind() {
  return {"node/crash", "A node loses power: every process on it ends without a word.", parameters(), true,
          build_crash};
}

FaultKind node_partition_kind() {
  return {"node/partition", "A node is cut off from the network; what runs on it runs on.", parameters(),
          true, build_node_partition};
}

}  // namespace muster
