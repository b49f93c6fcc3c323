#include "cluster_model/kubelet/node_status.hpp"

#include <fmt/format.h>

#include "cluster_model/names.hpp"

namespace muster {

namespace {

Condition pressure(const char* type, bool holds, const char* bad_reason, const char* bad_message,
                   const char* good_reason, const char* good_message, SimTime since) {
  return {type,
          holds ? "True" : "False",
          holds ? bad_reason : good_reason,
          holds ? bad_message : good_message,
          since,
          {}};
}

}  // namespace

std::vector<Condition> node_conditions(bool memory_pressure, bool disk_pressure, SimTime since) {
  return {
      pressure("MemoryPressure", memory_pressure, "KubeletHasInsufficientMemory",
               "kubelet has insufficient memory available", "KubeletHasSufficientMemory",
               "kubelet has sufficient memory available", since),
      pressure("DiskPressure", disk_pressure, "KubeletHasDiskPressure", "kubelet has disk pressure",
               "KubeletHasNoDiskPressure", "kubelet has no disk pressure", since),
      {"PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available", since, {}},
      {"Ready", "True", "KubeletReady", "kubelet is posting ready status", since, {}}};
}

void NodeStatus::set_memory_pressure(bool pressure) {
  if (std::exchange(memory_pressure_, pressure) != pressure) post();
}

void NodeStatus::set_disk_pressure(bool pressure) {
  if (std::exchange(disk_pressure_, pressure) != pressure) post();
}

void NodeStatus::normal(const std::string& reason, const std::string& message) const {
  const ObjectPtr stored = context_.store.find(Kind::Node, {}, node_);
  if (!stored || !context_.nodes.online(node_)) return;
  Object about = *stored;
  about.meta.uid = node_;
  context_.events.normal(about, {"kubelet", node_}, reason, message);
}

void NodeStatus::warning(const std::string& reason, const std::string& message) const {
  const ObjectPtr stored = context_.store.find(Kind::Node, {}, node_);
  if (!stored || !context_.nodes.online(node_)) return;
  Object about = *stored;
  about.meta.uid = node_;
  context_.events.warning(about, {"kubelet", node_}, reason, message);
}

void NodeStatus::tell_change(const Condition& before, const Condition& now) const {
  if (before.status == now.status) return;
  const bool holds = now.status == "True";
  std::string word;
  if (now.type == "Ready") word = holds ? "NodeReady" : "NodeNotReady";
  if (now.type == "MemoryPressure") word = holds ? "NodeHasInsufficientMemory" : "NodeHasSufficientMemory";
  if (now.type == "DiskPressure") word = holds ? "NodeHasDiskPressure" : "NodeHasNoDiskPressure";
  if (now.type == "PIDPressure") word = holds ? "NodeHasInsufficientPID" : "NodeHasSufficientPID";
  normal(word, fmt::format("Node {} status is now: {}", node_, word));
}

void NodeStatus::post(bool rebooted) {
  const ObjectPtr stored = context_.store.find(Kind::Node, {}, node_);
  if (!stored || !context_.nodes.online(node_)) return;
  const SimTime now = context_.engine.now();
  if (rebooted) {
    const std::string boot = hex_name(context_.seed, "node/" + node_, "boot id",
                                      static_cast<std::uint64_t>(now.time_since_epoch().count()), 32);
    normal("Starting", "Starting kubelet.");
    warning("Rebooted", fmt::format("Node {} has been rebooted, boot id: {}", node_, boot));
  }
  std::vector<Condition> conditions = node_conditions(memory_pressure_, disk_pressure_, now);
  std::vector<Condition> changed = stored->as<Node>().conditions;
  for (Condition& next : conditions) {
    Condition* present = nullptr;
    for (Condition& condition : changed) {
      if (condition.type == next.type) present = &condition;
    }
    if (!present) {
      changed.push_back(next);
      continue;
    }
    if (present->status == next.status) next.last_transition = present->last_transition;
    tell_change(*present, next);
    *present = next;
  }
  if (changed == stored->as<Node>().conditions) return;
  Object next = *context_.store.find(Kind::Node, {}, node_);
  next.as<Node>().conditions = std::move(changed);
  context_.api.write(std::move(next), false);
}

}  // namespace muster
