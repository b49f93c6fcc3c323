// One service on a request path of its own, and everything it told.
#pragma once

#include <utility>
#include <vector>

#include "cluster_model/traffic/request_path.hpp"

namespace muster::test {

struct CollectedTraffic final : FactSink {
  void record(SimTime at, Fact fact) override {
    times.push_back(at);
    facts.push_back(std::get<TrafficFact>(std::move(fact)));
  }
  std::vector<SimTime> times;
  std::vector<TrafficFact> facts;  // of one service: facts[s - 1] is second s
};

inline ServiceProfile one_endpoint(double requests_per_second, ServiceTime time) {
  ServiceProfile service;
  service.name = "api";
  service.namespace_ = "prod";
  service.kubernetes_service = "api";
  service.traffic.requests_per_second = requests_per_second;
  service.traffic.users = 100;
  service.endpoints.push_back({"GET", "/tasks", "tasks", 1, time, 0});
  return service;
}

inline ServiceTime constant(SimDuration mean) {
  return {ServiceTime::Kind::deterministic, mean, 0};
}

struct PathUnderTest {
  explicit PathUnderTest(const ServiceProfile& service, std::uint64_t seed = 1)
      : path(engine, traffic, {service}, seed) {}

  ServerId add(int workers, int backlog) { return path.add_server(0, {"pod", workers, backlog, 1, 0}); }
  /// One server, balanced to, and traffic.
  ServerId begin(int workers, int backlog) {
    const ServerId server = add(workers, backlog);
    path.set_endpoints(0, {server});
    path.start();
    return server;
  }
  void run_to(SimDuration at) {
    engine.run_until(SimTime{at});
    path.check_invariants();
  }
  std::uint64_t ended(Outcome outcome) const {
    return path.balancer_counters(0)[static_cast<std::size_t>(outcome)];
  }

  Engine engine;
  CollectedTraffic traffic;
  RequestPath path;
};

}  // namespace muster::test
