// Dispatches a Request to the API it belongs to. Pure: the answer is a function of the request and the present
// state; a read changes nothing and draws nothing.
//   /api/v1/..., /apis/...      Kubernetes (api/kube), except the two below
//   /api/v1/query, /api/v1/rules, /api/v1/alerts   Prometheus (api/prom)
//   /desk/v1/...                the incident desk (api/desk)
#pragma once

#include "api/request.hpp"

namespace muster {

class AlertEngine;
class Desk;
class SeriesStore;
class World;

class Router {
 public:
  Router(World& world, const SeriesStore& series, const AlertEngine& alerts, Desk& desk);
  Answer handle(const Request& request);

 private:
  World& world_;
  const SeriesStore& series_;
  const AlertEngine& alerts_;
  Desk& desk_;
};

}  // namespace muster
