// What users reach: services, endpoints and the traffic on them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/time.hpp"

namespace muster {

/// How long a request keeps its worker, by its probability law. A type of its own (not LognormalTime), so
/// that the request path can be held against queueing theory, which knows exponential and constant service.
struct ServiceTime {
  enum class Kind : std::uint8_t { deterministic, exponential, lognormal };
  Kind kind = Kind::lognormal;
  SimDuration mean{50ms};
  double sigma = 0.6;  ///< lognormal: standard deviation of the logarithm; 0 = always the mean
  friend bool operator==(const ServiceTime&, const ServiceTime&) = default;
};

struct EndpointProfile {
  std::string method = "GET", path;     ///< shown as "GET /api/v1/tasks"
  std::string feature;                  ///< the feature of the product it belongs to
  double share = 1;                     ///< of the service's requests; the loader normalises the sum to 1
  ServiceTime service_time;             ///< time on a worker
  double client_error_probability = 0;  ///< the user's own mistake, answered 404
};

/// Users of a service and what they ask for.
struct TrafficProfile {
  double requests_per_second = 0;  ///< Poisson arrivals, open loop
  std::uint32_t users = 1;         ///< active users; each request belongs to one of them, uniformly
  SimDuration deadline{10s};       ///< a user waits no longer
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
};

}  // namespace muster
