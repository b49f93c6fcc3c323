// A serving process as the rest of the world knows it: how it is named, made, probed, measured and ended.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cluster_model/objects/meta.hpp"

namespace muster {

class InstanceLog;
struct AppProfile;
struct ImageBehaviour;

/// A process that serves requests: one container instance of a pod. The kubelet makes and ends them.
struct ServerId {
  std::uint32_t index = UINT32_MAX;
  std::uint32_t generation = 0;
  friend bool operator==(const ServerId&, const ServerId&) = default;
  explicit operator bool() const { return index != UINT32_MAX; }
};

/// What a process is made from. Everything is fixed at its start.
struct ServerSpec {
  std::string pod;  ///< name, for metrics
  int workers = 8;
  int backlog = 128;
  double service_time_factor = 1;
  double error_probability = 0;

  std::string namespace_ = {}, container = {}, node = {}, image = {};
  std::shared_ptr<const StringMap> environment = {};  ///< null: empty
  std::int64_t cpu_limit_millis = 0;                  ///< of the container; 0 = none
  std::int64_t memory_limit_bytes = 0;                ///< of the container; 0 = none
  /// Called once, from inside an event, when the working set passes the limit. Who made the server kills it.
  std::function<void()> out_of_memory = {};
  /// What the profile says of the application and of its image; both outlive the process. Null: defaults.
  const AppProfile* app = nullptr;
  const ImageBehaviour* behaviour = nullptr;
  std::shared_ptr<InstanceLog> log = {};  ///< where it logs; null: nowhere
};

/// How a process ends, as its peers see it.
enum class Death : std::uint8_t {
  reset,  ///< the host lives: its kernel answers with RST, peers know at once
  silent  ///< the host vanished: nobody answers, peers learn by their own timeouts
};

/// What cgroups would say of a process.
struct ServerUsage {
  double cpu_seconds = 0;         ///< since its start
  std::int64_t memory_bytes = 0;  ///< working set now
  /// With a CPU limit: quota periods in which something ran, those in which the quota was used up, and for
  /// how long it stood still then (cpu.stat: nr_periods, nr_throttled, throttled_usec).
  std::uint64_t quota_periods = 0, throttled_periods = 0;
  double throttled_seconds = 0;
};

enum class ProbeResult : std::uint8_t {
  ok,
  refused,   ///< nobody listens, or the accept queue is full
  failed,    ///< answered with 5xx
  timed_out  ///< no answer within the probe's timeout
};

/// Since the start of the process; what the application's own /metrics would say. It knows nothing of users
/// who have gone: their work is finished and counted like any other.
struct ServerCounters {
  /// [endpoint index of the service][Outcome restricted to ok/client_error/server_error]
  std::vector<std::array<std::uint64_t, 3>> replies;
  /// [endpoint index][bucket of RequestPath::metric_buckets()]; not cumulative; the last is +Inf
  std::vector<std::vector<std::uint64_t>> latency;
  std::vector<std::uint64_t> throttled;  ///< [endpoint index]: turned away by its rate limiter with 429
  std::vector<double> latency_sum;  ///< [endpoint index], seconds from accepting the connection to the reply
  std::uint32_t in_flight = 0;      ///< waiting for a worker or on one
};

}  // namespace muster
