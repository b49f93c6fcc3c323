// The ingress controller: which of the users' requests find a way in. Until an Ingress names a profiled
// Service, its users reach it directly (as through a Service of type LoadBalancer); from then on only by a
// rule. Model: kubernetes/ingress-nginx internal/ingress/controller (one sync for all Ingresses;
// docs/user-guide/cli-arguments.md,
// --sync-rate-limit 0.3 per second), path matching: kubernetes.io/docs/concepts/services-networking/ingress.
#pragma once

#include <string>
#include <vector>

#include "cluster_model/controllers/control_context.hpp"
#include "cluster_model/controllers/controller.hpp"
#include "cluster_model/work_queue.hpp"

namespace muster {

/// Element by element for Prefix and ImplementationSpecific, whole for Exact.
bool ingress_path_matches(const IngressPath& rule, const std::string& path);
/// The backend that a request for `host` and `path` is sent to: the rule with the longest path, Exact before
/// Prefix; else the default backend; null if there is none (404). A rule without a host, or with a wildcard
/// for the first label, matches; an empty `host` matches every rule.
const IngressBackend* ingress_backend(const std::vector<const Ingress*>& ingresses, const std::string& host,
                                      const std::string& path);

class IngressController final : public Controller {
 public:
  explicit IngressController(ControlContext& context);
  void watch(const Change& change) override;
  void resync() override;
  /// Applies what there is without delay: the state before the drill.
  void settle() { sync(); }

  static constexpr SimDuration sync_interval = 3333ms;

 private:
  void reconcile();
  void sync();
  bool exists(const std::string& namespace_, const IngressBackend& backend) const;
  std::vector<bool> closed_paths(const ServiceProfile& service, const std::vector<std::string>& paths) const;
  bool is_named(const ServiceProfile& service) const;

  ControlContext& context_;
  WorkQueue queue_;
  SimTime next_sync_{};
  std::vector<bool> behind_ingress_;  ///< [service of the profile]
};

}  // namespace muster
