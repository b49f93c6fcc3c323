// The small web application with a database "main" and a provider "llm" behind it, whole: control plane,
// pods, environment, pools.
#pragma once

#include <string>

#include "cluster_model/control_plane.hpp"
#include "cluster_model/database/database.hpp"
#include "cluster_model/provider/provider.hpp"
#include "cluster_model/traffic/request_path.hpp"
#include "tests/unit/cluster_model/database/database_fixture.hpp"
#include "tests/unit/cluster_model/transcript.hpp"

namespace muster::test {

inline Step backend_step(const std::string& target, const std::string& operation,
                         const std::string& policy = "") {
  Step step;
  step.kind = Step::Kind::backend;
  step.target = target;
  step.operation = operation;
  step.policy = policy;
  return step;
}

inline SystemSpec database_system() {
  SystemSpec system = small_system({});
  system.profile.databases = {small_database()};
  ServiceProfile& service = system.profile.services[0];
  service.traffic.requests_per_second = 40;
  service.endpoints[0].steps = {backend_step("main", "read")};
  system.profile.apps[0].workers = 60;
  for (Object& object : system.objects) {
    if (object.kind == "Secret")
      object.as<ConfigData>().data["database-url"] = "postgresql://app:secret@db.example.internal/app";
    if (object.kind != "Deployment") continue;
    PodTemplate changed = *object.as<Deployment>().pod_template;
    changed.spec.containers[0].env.push_back(
        {"DATABASE_URL", EnvVar::From::secret, "", "keys", "database-url", false, {}});
    object.as<Deployment>().pod_template = std::make_shared<const PodTemplate>(std::move(changed));
  }
  return system;
}

struct DatabaseWorld {
  explicit DatabaseWorld(const SystemSpec& system) : world(engine, facts, system, 1, Epoch{}) {}

  Database& database() { return *world.database("main"); }
  void run_to(SimDuration at) {
    engine.run_until(SimTime{at});
    world.check_invariants();
  }
  void run_for(SimDuration more) { run_to(engine.now().time_since_epoch() + more); }
  /// Changes a copy of an object and writes it.
  template <class Change>
  void change(Kind kind, const std::string& name, Change change) {
    Object copy = *world.objects().find(ObjectKey{kind, "prod", name});
    change(copy);
    const auto written = world.update(std::move(copy), "responder-1");
    MUSTER_ASSERT(written.has_value(), "the world refused a change");
  }
  void scale(int replicas) {
    change(Kind::Deployment, "web", [&](Object& web) { web.as<Deployment>().replicas = replicas; });
  }
  void restart() {
    change(Kind::Deployment, "web", [&](Object& web) {
      PodTemplate next = *web.as<Deployment>().pod_template;
      next.annotations["kubectl.kubernetes.io/restartedAt"] = std::to_string(++restarts);
      web.as<Deployment>().pod_template = std::make_shared<const PodTemplate>(std::move(next));
    });
  }
  std::uint64_t ended(Outcome outcome) {
    return world.requests().balancer_counters(0)[static_cast<std::size_t>(outcome)];
  }
  /// Share of the requests of the next `span` that end well.
  double good_share(SimDuration span) {
    const auto count = [&] {
      std::uint64_t all = 0;
      for (const std::uint64_t n : world.requests().balancer_counters(0)) all += n;
      return all;
    };
    const std::uint64_t ok = ended(Outcome::ok), all = count();
    run_for(span);
    return static_cast<double>(ended(Outcome::ok) - ok) / static_cast<double>(count() - all);
  }

  Engine engine;
  FactList facts;
  int restarts = 0;
  World world;
};

}  // namespace muster::test
