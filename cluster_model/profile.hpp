// The behaviour profile: what the manifests cannot say. Services, their endpoints and traffic, what the images
// do, and how long the cluster's own steps take. The loader in scenarios/ compiles it from YAML.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/distributions.hpp"
#include "sim/time.hpp"

namespace muster {

/// How long a request keeps its worker, by its probability law. A type of its own (not LognormalTime), so that
/// the request path can be held against queueing theory, which knows exponential and constant service.
struct ServiceTime {
  enum class Kind : std::uint8_t { deterministic, exponential, lognormal };
  Kind kind = Kind::lognormal;
  SimDuration mean{50ms};
  double sigma = 0.6;                ///< lognormal: standard deviation of the logarithm; 0 = always the mean
  friend bool operator==(const ServiceTime&, const ServiceTime&) = default;
};

struct EndpointProfile {
  std::string method = "GET", path;  ///< shown as "GET /api/v1/tasks"
  std::string feature;               ///< the feature of the product it belongs to
  double share = 1;                  ///< of the service's requests; the loader normalises the sum to 1
  ServiceTime service_time;          ///< time on a worker
  double client_error_probability = 0;  ///< the user's own mistake, answered 404
};

/// Users of a service and what they ask for.
struct TrafficProfile {
  double requests_per_second = 0;    ///< Poisson arrivals, open loop
  std::uint32_t users = 1;           ///< active users; each request belongs to one of them, uniformly
  SimDuration deadline{10s};         ///< a user waits no longer
};

/// A service of the product: a Kubernetes Service in front of a workload's pods.
struct ServiceProfile {
  std::string name;                  ///< "api"
  std::string namespace_, kubernetes_service;  ///< the Service object whose endpoints are balanced over
  TrafficProfile traffic;
  SimDuration latency_objective{500ms};  ///< an ok reply slower than this affects its user
  std::vector<EndpointProfile> endpoints;
  std::string host;                  ///< public name: "app.example.com"; empty = not reachable from outside
  std::vector<std::string> probe_paths;  ///< probed from outside once per scrape: "/health/live"
};

/// The application crashes at start unless the variable passes. Checked at each container start.
struct ConfigRule {
  std::string key;                   ///< environment variable
  std::string pattern;               ///< RE2, fully anchored
  bool required = true;              ///< absent = crash
  std::vector<std::string> log;      ///< lines it prints before it exits; "{key}" and "{value}" are filled in
  int exit_code = 1;
};

/// What an image does. The first behaviour whose pattern matches the image counts.
struct ImageBehaviour {
  std::string pattern;               ///< glob over the image reference: "*/autonomous-dev:v1.2.3"
  LognormalTime boot{8s, 0.4};       ///< from process start to listening
  std::optional<LognormalTime> crash_after;  ///< it exits this long after process start, before it listens
  int exit_code = 1;
  std::vector<std::string> crash_log;
  double service_time_factor = 1;    ///< on every endpoint's service time
  double error_probability = 0;      ///< a request is answered 500
  std::int64_t size_bytes = 200'000'000;
};

/// The processes in a workload's pods.
struct AppProfile {
  std::string namespace_, workload;  ///< Deployment name
  std::string container;             ///< container name
  int workers = 8;                   ///< requests served at once per pod
  int backlog = 128;                 ///< requests waiting for a worker per pod; more are refused
  SimDuration stop_time{1s};         ///< from SIGTERM to exit once nothing is in flight
  std::vector<ImageBehaviour> images;
  std::vector<ConfigRule> config;
};

/// How long the cluster's own steps take. Defaults: reference medians with their sources beside them in
/// cluster_model/defaults.hpp.
struct ClusterProfile {
  LognormalTime controller{50ms, 0.5};       ///< from a change to the controller's reaction
  LognormalTime schedule{500ms, 0.6};
  LognormalTime sandbox{1500ms, 0.5};        ///< sandbox and container creation
  LognormalTime endpoint_propagation{1s, 0.3};
  double pull_bytes_per_second = 50e6;
};

struct SystemProfile {
  std::string name;                  ///< "autonomous-dev"
  ClusterProfile cluster;
  std::vector<ServiceProfile> services;
  std::vector<AppProfile> apps;
};

}  // namespace muster
