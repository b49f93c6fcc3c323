// Requests as they really run: users -> balancer -> pod accept queue -> worker -> reply, each with a
// deadline. Requests are plain structs in a slab; nothing is allocated per request. All draws of request k
// are a function of (seed, service, k), so a responder's action never changes which request arrives when.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cluster_model/profile.hpp"
#include "journal/fact_sink.hpp"
#include "sim/engine.hpp"

namespace muster {

/// A process that serves requests: one container instance of a pod. The kubelet makes and ends them.
struct ServerId {
  std::uint32_t index = UINT32_MAX;
  std::uint32_t generation = 0;
  friend bool operator==(const ServerId&, const ServerId&) = default;
  explicit operator bool() const { return index != UINT32_MAX; }
};

struct ServerSpec {
  std::string pod;  ///< name, for metrics
  int workers = 8;
  int backlog = 128;
  double service_time_factor = 1;
  double error_probability = 0;
};

/// Since the start of the process; what the application's own /metrics would say. It knows nothing of users
/// who have gone: their work is finished and counted like any other.
struct ServerCounters {
  /// [endpoint index of the service][Outcome restricted to ok/client_error/server_error]
  std::vector<std::array<std::uint64_t, 3>> replies;
  /// [endpoint index][bucket of RequestPath::metric_buckets()]; not cumulative; the last is +Inf
  std::vector<std::vector<std::uint64_t>> latency;
  std::vector<double> latency_sum;  ///< [endpoint index], seconds from accepting the connection to the reply
  std::uint32_t in_flight = 0;      ///< waiting for a worker or on one
};

/// Requests that ended at the balancer since the drill began: [Outcome].
using BalancerCounters = std::array<std::uint64_t, outcome_count>;

class RequestPath {
 public:
  RequestPath(Engine& engine, FactSink& facts, const std::vector<ServiceProfile>& services,
              std::uint64_t seed);
  ~RequestPath();

  /// Begins the arrivals and the once-a-second traffic facts (at each full second, in Lane::observe).
  void start();

  /// A process begins to listen. `service` indexes the profile's services.
  ServerId add_server(int service, const ServerSpec& spec);
  /// The process dies now: every request it holds is reset. Nothing happens if it is dead already.
  void kill_server(ServerId server);
  /// It finishes what it holds and takes no new request; `idle` is called once nothing is in flight (at once
  /// if so).
  void drain_server(ServerId server, std::function<void()> idle);
  bool alive(ServerId server) const;
  /// Alive and not draining: a new connection is taken (while the backlog has room).
  bool listening(ServerId server) const;

  /// The balancer's present targets, in a fixed order; empty = every request gets 503. A target that no
  /// longer listens refuses the connection, as a pod does that died a moment before the balancer heard of it.
  void set_endpoints(int service, std::vector<ServerId> targets);
  const std::vector<ServerId>& endpoints(int service) const;

  int service_index(const std::string& namespace_,
                    const std::string& kubernetes_service) const;  ///< -1 if none
  /// Living servers of a service, by index.
  std::vector<ServerId> servers(int service) const;
  const ServerSpec& spec(ServerId server) const;
  const ServerCounters& counters(ServerId server) const;
  const BalancerCounters& balancer_counters(int service) const;
  /// Upper bounds in seconds of the latency buckets of the application's histogram, the last +Inf (the
  /// defaults of the Prometheus client libraries: prometheus/client_golang histogram.go, DefBuckets).
  static const std::vector<double>& metric_buckets();

  /// Conservation: arrivals = ended + in flight, no negative stock, no work on dead servers. Asserts.
  void check_invariants() const;
  std::uint64_t requests_begun() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace muster
