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
#include "cluster_model/traffic/backend.hpp"
#include "cluster_model/traffic/breaker.hpp"
#include "cluster_model/traffic/server.hpp"
#include "journal/fact_sink.hpp"
#include "sim/engine.hpp"

namespace muster {

class Network;
class RequestWatcher;

/// Users of a service since the drill began, and what goes on now.
struct TrafficCounters {
  std::uint64_t begun = 0;                             ///< user requests
  std::uint64_t attempts = 0;                          ///< of user requests; more than `begun` by the retries
  std::uint32_t waiting_users = 0;                     ///< user requests that have not ended
  std::uint32_t on_the_way = 0;                        ///< attempts that have not ended
  std::uint64_t messages_sent = 0, messages_done = 0;  ///< of a background service
};

/// What a process does now.
struct ServerLoad {
  std::uint32_t busy = 0;       ///< workers held
  std::uint32_t waiting = 0;    ///< requests that wait for a worker
  std::uint32_t held = 0;       ///< all requests it holds
  std::uint32_t processes = 1;  ///< worker processes, each with its own breakers
};

/// Requests that ended at the balancer since the drill began: [Outcome].
using BalancerCounters = std::array<std::uint64_t, outcome_count>;

class RequestPath {
 public:
  RequestPath(Engine& engine, FactSink& facts, const std::vector<ServiceProfile>& services,
              std::uint64_t seed);
  ~RequestPath();

  /// A backend that the profile's steps call by `name`; before any server is added, and it outlives the
  /// path's last event. It answers to calls().
  void connect(const std::string& name, Backend& backend);
  CallSink& calls();
  /// Connections between processes and from users go through it; without one all are open and take no time.
  void connect(const Network& network);

  /// The time of day at which the drill begins, for daily shapes; before start().
  void begin_day_at(SimDuration since_midnight);
  /// Sees every single request from now on; null = nobody. It outlives the path or is taken away.
  void watch(RequestWatcher* watcher);

  /// Begins the arrivals and the once-a-second traffic facts (at each full second, in Lane::observe).
  void start();

  /// The users of the service ask `factor` times as often from now on (open loop). 1 = as the profile says.
  void set_spike(int service, double factor);
  /// Work that begins from now on takes `factor` times as long in all processes of the service, later ones
  /// too: their processors have been taken away. 1 = as the profile says.
  void set_slowdown(int service, double factor);

  /// A process begins to listen. `service` indexes the profile's services.
  ServerId add_server(int service, const ServerSpec& spec);
  /// The process dies now. Death::reset: every request it holds is reset; Death::silent: nobody hears of it,
  /// and whoever waits goes on waiting until his own deadline. Nothing happens if it is dead already.
  void kill_server(ServerId server, Death death = Death::reset);
  /// It finishes what it holds and takes no new request; `idle` is called once nothing is in flight (at once
  /// if so).
  void drain_server(ServerId server, std::function<void()> idle);
  /// A health request that waits for a worker like any other. `done` is called once, from inside an event,
  /// at the latest after `timeout`; never if the server dies first. A path that is an endpoint of the
  /// service runs that endpoint's steps (a readiness check of the database is a real call), another costs
  /// the worker nothing.
  void probe(ServerId server, const std::string& path, SimDuration timeout,
             std::function<void(ProbeResult)> done);
  bool alive(ServerId server) const;
  /// Alive and not draining: a new connection is taken (while the backlog has room).
  bool listening(ServerId server) const;

  /// The balancer's present targets, in a fixed order; empty = every request gets 503. A target that no
  /// longer listens refuses the connection, as a pod does that died a moment before the balancer heard of it.
  void set_endpoints(int service, std::vector<ServerId> targets);
  const std::vector<ServerId>& endpoints(int service) const;
  /// Users' requests for these endpoints of the profile find no way in (503, as from a missing backend):
  /// [endpoint]; nor do probes from outside: [path of ServiceProfile::probe_paths]. Calls from inside are not
  /// concerned.
  void close_endpoints(int service, std::vector<bool> closed, std::vector<bool> closed_probes);
  bool probe_closed(int service, std::size_t path) const;

  int service_index(const std::string& namespace_,
                    const std::string& kubernetes_service) const;  ///< -1 if none
  /// Living servers of a service, by index.
  std::vector<ServerId> servers(int service) const;
  const ServerSpec& spec(ServerId server) const;
  const ServerCounters& counters(ServerId server) const;
  ServerUsage usage(ServerId server) const;
  ServerLoad load(ServerId server) const;
  TrafficCounters traffic_counters(int service) const;
  /// Of the breaker that worker process `process` keeps under the policy of that name; closed if there is
  /// none.
  BreakerState breaker(ServerId server, const std::string& policy, std::uint32_t process = 0) const;
  const BalancerCounters& balancer_counters(int service) const;
  /// Upper bounds in seconds of the latency buckets of the application's histogram, the last +Inf (the
  /// defaults of the Prometheus client libraries: prometheus/client_golang histogram.go, DefBuckets).
  static const std::vector<double>& metric_buckets();

  /// Conservation: arrivals = ended + in flight, no negative stock, no work on dead servers. Asserts.
  void check_invariants() const;
  /// The counters among them, in constant time per service: cheap enough behind every event. Asserts.
  void check_counters() const;
  std::uint64_t requests_begun() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace muster
