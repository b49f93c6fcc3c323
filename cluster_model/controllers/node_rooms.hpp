// What is free on every node, kept up to date change by change: placing a pod must not cost a walk over all
// pods of the cluster.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cluster_model/controllers/node_fit.hpp"
#include "cluster_model/store.hpp"

namespace muster {

class NodeRooms {
 public:
  /// Must hear of every change from the beginning.
  void watch(const Change& change);
  /// Every node in order of its name, with same_set counting the pods of this owner (empty: none).
  const std::vector<NodeRoom>& rooms_for(const std::string& owner_uid);

 private:
  NodeRoom* find(const std::string& node);
  void follow_node(const Change& change);
  void count(const Object& pod, int sign);

  std::vector<NodeRoom> rooms_;                                 // sorted by name
  std::map<std::string, Amounts> used_;                         // [node], also of nodes that are gone
  std::map<std::string, std::map<std::string, int>> owner_on_;  // [owner uid][node] pods not being deleted
};

}  // namespace muster
