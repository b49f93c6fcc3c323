// What users reach: services, endpoints and the traffic on them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cluster_model/profile/traffic.hpp"
#include "sim/time.hpp"

namespace muster {

struct EndpointProfile {
  std::string method = "GET", path;     ///< shown as "GET /api/v1/tasks"
  std::string feature;                  ///< the feature of the product it belongs to
  double share = 1;                     ///< of the service's requests; the loader normalises the sum to 1
  ServiceTime service_time;             ///< time on a worker
  double client_error_probability = 0;  ///< the user's own mistake, answered 404
  std::vector<Step> steps = {};         ///< what it does; none = service_time
  std::optional<Setting> when = {};     ///< a feature flag; off = 404
};

/// How the balancer chooses among its targets.
enum class Balancing : std::uint8_t {
  random,             ///< uniformly: iptables kube-proxy
  round_robin,        ///< in turn: ingress-nginx default
  least_connections,  ///< the target with the fewest requests in flight
  power_of_two        ///< the better of two random ones (Mitzenmacher 2001)
};

/// A service of the product: a Kubernetes Service in front of a workload's pods.
struct ServiceProfile {
  std::string name;                            ///< "api"
  std::string namespace_, kubernetes_service;  ///< the Service object whose endpoints are balanced over
  TrafficProfile traffic;
  SimDuration latency_objective{500ms};  ///< an ok reply slower than this affects its user
  std::vector<EndpointProfile> endpoints;
  std::string host;  ///< public name: "app.example.com"; empty = not reachable from outside
  std::vector<std::string> probe_paths;  ///< probed from outside once per scrape: "/health/live"
  Balancing balancing = Balancing::random;
  bool per_connection = false;       ///< a target is chosen once per connection, not per request
  std::vector<CallPolicy> policies;  ///< of this service's own calls
  bool background = false;  ///< fed by queue steps only: its processes take messages when they are free
};

}  // namespace muster
