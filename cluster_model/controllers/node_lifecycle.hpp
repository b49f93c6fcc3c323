// Watches over the nodes: a node without heartbeat is not ready, its pods are not ready, it is tainted, and
// its pods are driven away at a limited rate. Model: kubernetes/kubernetes pkg/controller/nodelifecycle.
#pragma once

#include <map>
#include <string>

#include "cluster_model/controllers/control_context.hpp"
#include "cluster_model/controllers/controller.hpp"
#include "cluster_model/controllers/zone_evictions.hpp"
#include "cluster_model/work_queue.hpp"

namespace muster {

class NodeLifecycle final : public Controller {
 public:
  explicit NodeLifecycle(ControlContext& context);

  void watch(const Change& change) override;
  void resync() override;
  /// Some node's health has changed: heartbeats stop or come back.
  void watch_health() { tick_later(); }

  /// --node-monitor-period
  static constexpr SimDuration monitor_period = 5s;

 private:
  void taint_by_conditions(const ObjectKey& node);
  void tick_later();
  void tick();
  void monitor(const ObjectPtr& node);
  void mark_unknown(const ObjectPtr& node);
  void mark_pods_not_ready(const std::string& node);
  void mark_pod_not_ready(const ObjectPtr& pod);
  void follow_readiness(const ObjectPtr& node);
  void write_taints(const ObjectPtr& node, std::vector<Taint> taints);
  void set_rates(const std::vector<ObjectPtr>& nodes);
  void taint_next();
  bool all_quiet() const;

  ControlContext& context_;
  WorkQueue queue_;
  Timer timer_;
  std::map<std::string, ZoneEvictions> zones_;
  std::map<std::string, std::string> ready_;  // [node] status at the last tick
  bool everything_gone_ = false;              // every zone is fully disrupted: nothing is evicted
  SimTime back_at_ = sim_start;               // when that ended: silence is counted from here
};

}  // namespace muster
