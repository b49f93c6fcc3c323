#include "cluster_model/controllers/node_taints.hpp"

#include <array>

namespace muster {

namespace {

struct ConditionTaint {
  const char* condition;
  const char* status;
  const char* taint;
};

// nodeConditionToTaintKeyStatusMap
constexpr std::array<ConditionTaint, 5> condition_taints{{
    {"Ready", "False", taint_not_ready},
    {"Ready", "Unknown", taint_unreachable},
    {"MemoryPressure", "True", taint_memory_pressure},
    {"DiskPressure", "True", taint_disk_pressure},
    {"PIDPressure", "True", taint_pid_pressure},
}};

void set_taint(std::vector<Taint>& taints, const char* key, const char* effect, bool wanted, SimTime now) {
  for (auto at = taints.begin(); at != taints.end(); ++at) {
    if (at->key != key || at->effect != effect) continue;
    if (!wanted) taints.erase(at);
    return;
  }
  if (wanted) taints.push_back({key, "", effect, now});
}

std::string label(const StringMap& labels, const char* key) {
  const auto found = labels.find(key);
  return found == labels.end() ? std::string() : found->second;
}

}  // namespace

std::string ready_status(const Node& node) {
  const Condition* ready = find_condition(node.conditions, "Ready");
  return ready ? ready->status : "Unknown";
}

std::vector<Taint> with_no_schedule_taints(const Node& node, SimTime now) {
  std::vector<Taint> taints = node.taints;
  for (const ConditionTaint& known : condition_taints) {
    const Condition* condition = find_condition(node.conditions, known.condition);
    set_taint(taints, known.taint, "NoSchedule", condition && condition->status == known.status, now);
  }
  set_taint(taints, taint_unschedulable, "NoSchedule", node.unschedulable, now);
  return taints;
}

std::vector<Taint> with_no_execute_taint(const Node& node, const std::string& ready, SimTime now) {
  std::vector<Taint> taints = node.taints;
  set_taint(taints, taint_not_ready, "NoExecute", ready == "False", now);
  set_taint(taints, taint_unreachable, "NoExecute", ready == "Unknown", now);
  return taints;
}

std::string zone_of(const StringMap& labels) {
  const std::string region = label(labels, "topology.kubernetes.io/region");
  const std::string zone = label(labels, "topology.kubernetes.io/zone");
  return region.empty() && zone.empty() ? std::string() : region + "/" + zone;
}

}  // namespace muster
