// The data plane's view of the endpoints: which processes the balancer of each profiled service sends to. It
// learns of a new endpoint slice a moment late, so for that moment connections still go to pods that have
// stopped, and are refused.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cluster_model/controllers/control_context.hpp"
#include "cluster_model/timer.hpp"

namespace muster {

class ServiceRouting {
 public:
  /// Finds the process that listens on a pod's address for a service; an empty id refuses connections.
  using ServerOf = std::function<ServerId(const ObjectKey& pod, int service)>;

  ServiceRouting(ControlContext& context, ServerOf server_of);
  ~ServiceRouting();

  /// Takes the slice over after the propagation delay; changes arrive in order. `nullptr` = no endpoints.
  void follow(const ObjectKey& service, const EndpointSlice* slice);
  void follow_now(const ObjectKey& service, const EndpointSlice& slice);
  /// A process of this pod began to listen: those who know its address reach it at once.
  void refresh(const ObjectKey& pod);
  /// Pods that the balancer sends to now.
  std::vector<std::string> targets(int service) const;

 private:
  struct Service;
  int index_of(const ObjectKey& service) const;
  void apply(int index, std::vector<std::string> pods);

  ControlContext& context_;
  ServerOf server_of_;
  std::vector<std::unique_ptr<Service>> services_;  // [service index of the request path]
};

}  // namespace muster
