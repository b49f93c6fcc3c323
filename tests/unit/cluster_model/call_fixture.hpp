// Several services that call each other, one process each, and a backend that does as it is told.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "cluster_model/traffic/request_path.hpp"
#include "tests/unit/cluster_model/request_fixture.hpp"

namespace muster::test {

inline Step work_step(SimDuration time) {
  Step step;
  step.time = constant(time);
  return step;
}
inline Step cpu_step(SimDuration time) {
  Step step = work_step(time);
  step.kind = Step::Kind::cpu;
  return step;
}
inline Step call_step(const std::string& service, const std::string& policy = "") {
  Step step;
  step.kind = Step::Kind::call;
  step.target = service;
  step.operation = "GET /tasks";
  step.policy = policy;
  return step;
}
inline Step backend_step(const std::string& policy = "") {
  Step step = call_step("db", policy);
  step.kind = Step::Kind::backend;
  step.operation = "read";
  return step;
}

/// A service "a" with users at even times, "b" and "c" without.
inline ServiceProfile service_of(const std::string& name, std::vector<Step> steps) {
  ServiceProfile service = one_endpoint(0, constant(1ms));
  service.name = service.kubernetes_service = name;
  service.endpoints[0].steps = std::move(steps);
  return service;
}
inline void ask_at(ServiceProfile& service, std::initializer_list<SimDuration> times) {
  for (SimDuration at : times) service.traffic.trace.push_back({at, -1});
}
inline CallPolicy policy_named(const std::string& name) {
  CallPolicy policy;
  policy.name = name;
  return policy;
}

/// Answers after `delay` with `result`, or never.
class ScriptedBackend final : public Backend {
 public:
  explicit ScriptedBackend(Engine& engine) : engine_(engine) {}
  void connect(CallSink& sink) { sink_ = &sink; }

  int operation(const std::string& name) const override { return name == "read" ? 0 : -1; }
  void begin(CallToken token, const BackendCall&) override {
    ++begun;
    if (silent) return;
    if (delay == SimDuration{0}) return sink_->finish(token, {result, 0});
    open_[token] = engine_.schedule_in(delay, Lane::model, [this, token] {
      open_.erase(token);
      sink_->finish(token, {result, 0});
    });
  }
  void abandon(CallToken token) override {
    ++abandoned;
    const auto found = open_.find(token);
    if (found == open_.end()) return;
    engine_.cancel(found->second);
    open_.erase(found);
  }
  void server_started(ServerId, const ServerSpec&) override { ++servers; }
  void server_gone(ServerId, Death) override { --servers; }
  std::string text(std::uint16_t) const override { return ""; }

  SimDuration delay{10ms};
  CallResult result = CallResult::ok;
  bool silent = false;
  int begun = 0, abandoned = 0, servers = 0;

 private:
  Engine& engine_;
  CallSink* sink_ = nullptr;
  std::map<CallToken, EventId> open_;
};

/// All facts, of any service.
struct NobodyListens final : FactSink {
  void record(SimTime, Fact) override {}
};

struct CallsUnderTest {
  explicit CallsUnderTest(const std::vector<ServiceProfile>& services, std::uint64_t seed = 1)
      : backend(engine), path(engine, facts, services, seed), services_(static_cast<int>(services.size())) {
    backend.connect(path.calls());
    path.connect("db", backend);
  }
  /// A process of each service, balanced to.
  void begin(int workers = 10, int backlog = 100) {
    for (int i = 0; i < services_; ++i) {
      ServerSpec spec{"pod", workers, backlog, 1, 0};
      spec.app = &app;
      spec.environment = environment;
      servers.push_back(path.add_server(i, spec));
      path.set_endpoints(i, {servers.back()});
    }
    path.start();
  }
  void run_to(SimDuration at) {
    engine.run_until(SimTime{at});
    path.check_invariants();
  }
  std::uint64_t ended(Outcome outcome, int service = 0) const {
    return path.balancer_counters(service)[static_cast<std::size_t>(outcome)];
  }
  std::uint64_t replies(int service) const {
    const auto& counters = path.counters(servers[static_cast<std::size_t>(service)]);
    return counters.replies[0][0] + counters.replies[0][1] + counters.replies[0][2];
  }

  Engine engine;
  NobodyListens facts;
  AppProfile app;
  std::shared_ptr<const StringMap> environment;
  ScriptedBackend backend;
  RequestPath path;
  std::vector<ServerId> servers;
  int services_;
};

}  // namespace muster::test
