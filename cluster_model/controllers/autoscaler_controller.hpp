// HorizontalPodAutoscalers: every 15 s the size that the metrics ask for. Model: kubernetes/kubernetes
// pkg/controller/podautoscaler/horizontal.go. Decisions are in autoscale_math.hpp.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "cluster_model/controllers/autoscale_math.hpp"
#include "cluster_model/controllers/control_context.hpp"
#include "cluster_model/controllers/controller.hpp"
#include "cluster_model/controllers/pod_usage.hpp"
#include "cluster_model/work_queue.hpp"

namespace muster {

class AutoscalerController final : public Controller {
 public:
  using UsageOf = std::function<std::optional<Usage>(const ObjectKey& pod)>;
  AutoscalerController(ControlContext& context, UsageOf usage);

  void watch(const Change& change) override;
  /// Rounds come by themselves; nothing is to be looked at twice.
  void resync() override {}
  void enqueue(const ObjectKey& autoscaler);

  static constexpr SimDuration period = 15s;  ///< --horizontal-pod-autoscaler-sync-period

 private:
  /// What the metrics want, and why.
  struct Wish {
    int replicas = 0;
    std::string metric;  ///< "cpu resource utilization (percentage of request)"
    bool known = false;
  };
  void reconcile(const ObjectKey& key);
  void decide(Object& autoscaler, Object target, int current);
  Wish wish(Object& autoscaler, const Object& target, int current);
  std::vector<MeasuredPod> measure(const std::string& resource, const Object& target,
                                   std::string& missing_request) const;
  int normalized(Object& autoscaler, int current, int desired);
  void rescale(Object& autoscaler, Object target, int current, int desired, const std::string& reason);
  void set(Object& autoscaler, const char* type, bool holds, const char* reason, const std::string& message);
  void fail_metric(Object& autoscaler, const AutoscalerMetric& metric, const std::string& why);

  ControlContext& context_;
  UsageOf usage_;
  WorkQueue queue_;
  std::map<std::string, ScaleMemory> memory_;  // [uid]
};

}  // namespace muster
