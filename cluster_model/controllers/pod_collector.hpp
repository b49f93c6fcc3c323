// Takes away pods whose node no longer exists: nobody will ever confirm that they ended. Model:
// kubernetes/kubernetes pkg/controller/podgc (gcOrphaned).
#pragma once

#include "cluster_model/controllers/control_context.hpp"
#include "cluster_model/controllers/controller.hpp"
#include "cluster_model/work_queue.hpp"

namespace muster {

class PodCollector final : public Controller {
 public:
  explicit PodCollector(ControlContext& context);

  void watch(const Change& change) override;
  void resync() override {}

  /// quarantineTime: how long a node must be gone; looked at every 20 s (gcCheckPeriod), here at once after.
  static constexpr SimDuration quarantine = 40s;

 private:
  void collect(const ObjectKey& node);

  ControlContext& context_;
  WorkQueue queue_;
};

}  // namespace muster
