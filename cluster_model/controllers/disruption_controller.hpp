// Keeps the status of PodDisruptionBudgets: how many of their pods are healthy, how many must be, and how
// many may be taken away now. Model: kubernetes/kubernetes pkg/controller/disruption.
#pragma once

#include "cluster_model/controllers/control_context.hpp"
#include "cluster_model/controllers/controller.hpp"
#include "cluster_model/work_queue.hpp"

namespace muster {

/// Condition DisruptionAllowed from disruptions_allowed.
void set_disruption_condition(DisruptionStatus& status, SimTime now);

/// The status a budget should have. `pods` are those that it covers; `scale` is the number that their
/// controllers want, which percentages and maxUnavailable refer to. Percentages round up.
DisruptionStatus disruption_status(const Object& budget, const std::vector<ObjectPtr>& pods, int scale,
                                   SimTime now);

class DisruptionController final : public Controller {
 public:
  explicit DisruptionController(ControlContext& context);

  void watch(const Change& change) override;
  void resync() override;
  /// Writes the status without delay: the state before the drill.
  void settle(const ObjectKey& budget) { reconcile(budget); }

  /// An evicted pod that is not seen to go within this counts again (DeletionTimeout).
  static constexpr SimDuration disruption_forgotten_after = 120s;

 private:
  void reconcile(const ObjectKey& key);
  int scale_of(const std::vector<ObjectPtr>& pods) const;

  ControlContext& context_;
  WorkQueue queue_;
};

}  // namespace muster
