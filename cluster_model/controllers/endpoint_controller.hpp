// Endpoint slices: one per Service, listing the pods its selector matches. Model: kubernetes/kubernetes
// pkg/controller/endpointslice, with one slice instead of slices of 100.
#pragma once

#include "cluster_model/controllers/control_context.hpp"
#include "cluster_model/controllers/controller.hpp"
#include "cluster_model/controllers/service_routing.hpp"
#include "cluster_model/work_queue.hpp"

namespace muster {

/// The slice a Service should have. `pods` are those of its namespace.
EndpointSlice endpoint_slice(const Object& service, const std::vector<ObjectPtr>& pods);

class EndpointController final : public Controller {
 public:
  EndpointController(ControlContext& context, ServiceRouting& routing);

  void watch(const Change& change) override;
  void resync() override;
  void enqueue(const ObjectKey& service) { queue_.add(service); }
  /// What is known of each Service's endpoints is what its pods say. Asserts.
  void check_invariants() const;
  /// Writes the slice without delay, and the data plane knows it: the state before the drill.
  void settle(const ObjectKey& service, SimTime created);

 private:
  void reconcile(const ObjectKey& key);
  void note(const Object& service, const Change& change);
  EndpointSlice present_slice(const Object& service);
  Object slice_object(const Object& service, EndpointSlice slice) const;

  ControlContext& context_;
  ServiceRouting& routing_;
  WorkQueue queue_;
  /// [service][pod] as of the last change; a service that is not here is looked at afresh.
  std::map<ObjectKey, std::map<std::string, Endpoint>> known_;
};

}  // namespace muster
