// ResourceQuotas: keeps status.used up to date. Admission counts for itself (apiserver/admission.hpp). Model:
// kubernetes/kubernetes pkg/controller/resourcequota.
#pragma once

#include "cluster_model/controllers/control_context.hpp"
#include "cluster_model/controllers/controller.hpp"
#include "cluster_model/work_queue.hpp"

namespace muster {

class QuotaController final : public Controller {
 public:
  explicit QuotaController(ControlContext& context);
  void watch(const Change& change) override;
  void resync() override;
  /// Counts now.
  void reconcile(const ObjectKey& key);

 private:
  ControlContext& context_;
  WorkQueue queue_;
};

}  // namespace muster
