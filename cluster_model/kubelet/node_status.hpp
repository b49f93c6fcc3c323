// What a kubelet reports of its node: the conditions, written when they change. Model: kubernetes/kubernetes
// pkg/kubelet/nodestatus/setters.go.
#pragma once

#include <string>
#include <vector>

#include "cluster_model/controllers/control_context.hpp"

namespace muster {

/// The four conditions in the order in which the kubelet writes them.
std::vector<Condition> node_conditions(bool memory_pressure, bool disk_pressure, SimTime since);

class NodeStatus {
 public:
  NodeStatus(ControlContext& context, std::string node) : context_(context), node_(std::move(node)) {}

  void set_memory_pressure(bool pressure);
  void set_disk_pressure(bool pressure);
  bool memory_pressure() const { return memory_pressure_; }
  bool disk_pressure() const { return disk_pressure_; }
  /// Writes the conditions if the API server has others; says so in events. Nothing while it is offline.
  void post(bool rebooted = false);
  /// A Node event of this kubelet; nothing while it is offline. Its uid is the node's name, as the kubelet
  /// writes it.
  void normal(const std::string& reason, const std::string& message) const;
  void warning(const std::string& reason, const std::string& message) const;

 private:
  void tell_change(const Condition& before, const Condition& now) const;

  ControlContext& context_;
  std::string node_;
  bool memory_pressure_ = false, disk_pressure_ = false;
};

}  // namespace muster
