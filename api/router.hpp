// Dispatches a Request to the API it belongs to. Pure: the answer is a function of the request and the
// present state; a read changes nothing and draws nothing.
//   /api/v1/..., /apis/..., /version   Kubernetes (api/kube), except the words below
//   /api/v1/{query,series,rules,status/...}, /metrics, /federate, /-/..., /prometheus/...   Prometheus
//   (api/prom) /api/v2/...                 Alertmanager (api/alertmanager) /desk/v1/...                the
//   incident desk (api/desk) /cloud/sql/v1/...           the cloud console for managed databases (api/cloud)
//   /db/NAME/query              a database console (api/database)
//   /provider/NAME/status       a third party's status page (api/database)
#pragma once

#include "api/kube/kube_api.hpp"
#include "api/request.hpp"
#include "api/world_cluster.hpp"

namespace muster {

namespace alertmanager {
class Alertmanager;
}
class AlertEngine;
class Desk;
class SeriesStore;

class Router {
 public:
  Router(World& world, const SeriesStore& series, const AlertEngine& alerts, Desk& desk);
  Router(const Router&) = delete;
  Router& operator=(const Router&) = delete;

  /// What answers below /api/v2; without one there is nothing. It outlives the router.
  void connect(alertmanager::Alertmanager& alertmanager) { alertmanager_ = &alertmanager; }

  Answer handle(const Request& request);

  /// Larger bodies are refused with 413, as kube-apiserver does (its limit is 3 MiB).
  static constexpr std::size_t body_bytes_max = 3'000'000;

 private:
  World& world_;
  WorldCluster cluster_;
  kube::KubeApi kube_;
  const SeriesStore& series_;
  const AlertEngine& alerts_;
  Desk& desk_;
  alertmanager::Alertmanager* alertmanager_ = nullptr;
};

}  // namespace muster
