// What the request path is made of; private to cluster_model/traffic/.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "cluster_model/traffic/request_path.hpp"
#include "cluster_model/traffic/request_server.hpp"
#include "cluster_model/traffic/request_slab.hpp"
#include "cluster_model/traffic/service_sampler.hpp"
#include "cluster_model/traffic/traffic_window.hpp"
#include "sim/random.hpp"

namespace muster {

/// An endpoint as the path needs it: no strings.
struct CompiledEndpoint {
  std::uint64_t chosen_below;  ///< of 2^32: cumulative share
  ServiceSampler service_time;
  double client_error_probability;
};

/// The request that comes next, with all its luck.
struct NextArrival {
  std::uint64_t number = 0;
  std::array<std::uint64_t, 4> words{};
};

struct DeadlineEntry {
  SimTime due{};
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;
};

/// One service: its users, its balancer and its counters.
struct ServiceState {
  ServiceState(const ServiceProfile& profile, std::uint64_t seed);
  std::uint32_t choose_endpoint(std::uint64_t word) const;

  std::string namespace_, kubernetes_service;
  RandomStream request_luck, reply_luck;
  bool has_traffic = false;
  QuantileTable gaps_ns;  ///< between arrivals
  std::uint32_t users;
  SimDuration deadline;
  std::vector<CompiledEndpoint> endpoints;

  std::vector<ServerId> targets;
  NextArrival next;
  std::uint64_t begun = 0;
  std::uint32_t waiting_users = 0;  ///< requests whose user still waits
  BalancerCounters ended{};
  // A constant delay is born sorted: one queue in order of arrival and one engine event for its head replace
  // a timer per request. Entries of finished requests are skipped when they reach the front.
  RingQueue<DeadlineEntry> deadlines;
  bool deadline_scheduled = false;
  TrafficWindow window;
};

struct RequestPath::State final : CallSink {
  State(Engine& engine_, FactSink& facts_, const std::vector<ServiceProfile>& profiles, std::uint64_t seed);

  // request_path.cpp: arrivals, deadlines and the once-a-second fact
  void schedule_arrival(std::uint32_t service_index);
  void arrive(std::uint32_t service_index);
  void observe();
  void schedule_deadline(std::uint32_t service_index);
  void expire_deadlines(std::uint32_t service_index);
  void skip_finished_deadlines(ServiceState& service) const;

  // request_serving.cpp: from the balancer to the reply
  void balance(std::uint32_t service_index, const NextArrival& arrival);
  void accept(std::uint32_t server_index, std::uint32_t slot);
  void begin_service(std::uint32_t server_index, std::uint32_t slot);
  void complete(std::uint32_t slot);
  Outcome draw_reply(const Request& request, const RequestServer& server) const;
  void end_for_user(const Request& request, Outcome outcome);
  void cut(std::uint32_t slot);

  // request_servers.cpp: processes come and go
  RequestServer* find(ServerId id) const;
  RequestServer& get(ServerId id) const;
  ServerId add(int service, const ServerSpec& spec);
  void kill(ServerId id, Death death);
  void drain(ServerId id, std::function<void()> idle);
  void tell_if_idle(RequestServer& server);

  // request_probe.cpp
  void probe(ServerId id, SimDuration timeout, std::function<void(ProbeResult)> done);
  void answer_probe(std::uint32_t index, bool last);
  void finish(CallToken token, CallReply reply) override;

  // request_invariants.cpp
  void check_services() const;
  void check_servers() const;

  Engine& engine;
  FactSink& facts;
  std::vector<ServiceState> services;
  RequestSlab requests;
  struct ServerSlot {
    std::unique_ptr<RequestServer> server;  ///< null: dead
    std::uint32_t generation = 0;
  };
  std::vector<ServerSlot> servers;
  std::vector<std::uint32_t> free_servers;
  struct WaitingProbe {
    ServerId server;
    std::function<void(ProbeResult)> done;
  };
  std::vector<WaitingProbe> probes;  // reused where `done` is empty
  std::vector<std::pair<std::string, Backend*>> backends;
  bool started = false;
};

}  // namespace muster
