// Nodes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cluster_model/objects/meta.hpp"
#include "cluster_model/objects/taint.hpp"

namespace muster {

struct Node {
  std::int64_t cpu_millis = 0, memory_bytes = 0, pods = 110;  ///< allocatable
  bool unschedulable = false;
  std::vector<Taint> taints;
  std::vector<Condition> conditions;
  std::vector<std::string> images;  ///< present on the node, sorted
  Unmodelled spec_rest, status_rest;
};

}  // namespace muster
