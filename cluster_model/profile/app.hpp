// What runs in the pods: the processes, what their images do, and the settings they refuse.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cluster_model/profile/policy.hpp"
#include "cluster_model/profile/steps.hpp"
#include "sim/distributions.hpp"
#include "sim/time.hpp"

namespace muster {

/// The application crashes at start unless the variable passes. Checked at each container start.
struct ConfigRule {
  std::string key;               ///< environment variable, or file name with `from_volume`
  std::string pattern;           ///< RE2, fully anchored
  bool required = true;          ///< absent = crash
  bool from_volume = false;      ///< read from the mounted file of that name instead of the environment
  std::vector<std::string> log;  ///< lines it prints before it exits; "{key}" and "{value}" are filled in
  int exit_code = 1;
};

/// How an application serves requests at once.
enum class WorkerKind : std::uint8_t {
  thread,     ///< a worker is held from the first step to the reply, also while it waits for others
  process,    ///< likewise, and each has its own breaker, buckets and connections
  event_loop  ///< a worker is one processor lane, held only during work; a request that waits keeps memory
};

/// Memory of one process group. All zero: not modelled.
struct MemoryProfile {
  std::int64_t base = 0;  ///< bytes with nothing to do
  std::int64_t per_worker = 0;
  std::int64_t per_request = 0;          ///< held from arrival to reply
  std::int64_t garbage_per_request = 0;  ///< left behind by each reply until the collector runs
  std::int64_t garbage_limit = 0;        ///< it runs at this much
  /// Service times stretch by 1 + cost * (live / limit) / (1 - live / limit): the nearer to the limit, the
  /// more the collector works (the heap-size equation of tracing collectors, Jones, Hosking, Moss 2011).
  double collector_cost = 0;
  bool modelled() const { return base > 0 || per_worker > 0 || per_request > 0 || garbage_per_request > 0; }
};

/// What an image does at one endpoint, on top of what it does everywhere.
struct EndpointBehaviour {
  std::string path;
  double service_time_factor = 1;
  double error_probability = 0;
};

/// What an image does. The first behaviour whose pattern matches the image counts.
struct ImageBehaviour {
  std::string pattern;                       ///< glob over the image reference: "*/autonomous-dev:v1.2.3"
  LognormalTime boot{8s, 0.4};               ///< from process start to listening
  std::optional<LognormalTime> crash_after;  ///< it exits this long after process start, before it listens
  int exit_code = 1;
  std::vector<std::string> crash_log;
  /// The program is one that ends: it exits 0 this long after process start, and never listens.
  std::optional<LognormalTime> runs_for;
  double service_time_factor = 1;  ///< on every endpoint's service time
  double error_probability = 0;    ///< a request is answered 500
  std::int64_t size_bytes = 200'000'000;
  std::int64_t leak_per_request = 0;  ///< bytes
  std::int64_t leak_per_second = 0;
  std::vector<EndpointBehaviour> endpoints;
};

/// The processes in a workload's pods.
struct AppProfile {
  std::string namespace_, workload;  ///< Deployment name
  std::string container;             ///< container name
  int workers = 8;                   ///< requests served at once per pod
  int backlog = 128;                 ///< requests waiting for a worker per pod; more are refused
  SimDuration stop_time{1s};         ///< from SIGTERM to exit once nothing is in flight
  WorkerKind worker_kind = WorkerKind::thread;
  std::string workers_env;  ///< environment variable that replaces `workers`
  double cores = 0;         ///< processors its cpu steps can use at once; 0 = as many as they ask for
  std::optional<ServiceTime> queue_timeout;  ///< a request waits no longer for a worker: 503
  RateLimitProfile limit;                    ///< of requests per pod: 429
  MemoryProfile memory;
  std::vector<ImageBehaviour> images;
  std::vector<ConfigRule> config;
};

}  // namespace muster
