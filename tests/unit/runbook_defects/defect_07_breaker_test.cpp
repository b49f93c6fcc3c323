// "edit configmap, set CIRCUIT_BREAKER_ENABLED=true" without a restart: the environment is fixed at process
// start.
#include <gtest/gtest.h>

#include "tests/unit/runbook_defects/database_world.hpp"

namespace muster::test {
namespace {

SystemSpec provider_system() {
  SystemSpec system = small_system({});
  ProviderProfile provider;
  provider.name = "llm";
  provider.sides.resize(1);
  provider.sides[0].name = "vendor";
  provider.operations = {{"complete", {ServiceTime::Kind::deterministic, 100ms, 0}}};
  system.profile.providers = {provider};
  ServiceProfile& service = system.profile.services[0];
  service.traffic.requests_per_second = 60;
  CallPolicy policy;
  policy.name = "llm";
  policy.timeout.value = 5;
  policy.breaker.enabled = {0, "CIRCUIT_BREAKER_ENABLED"};
  service.policies = {policy};
  Step call = backend_step("llm", "complete", "llm");
  call.optional = true;  // the feature is left out if the vendor does not answer
  service.endpoints[0].steps = {call};
  system.profile.apps[0].workers = 10;
  return system;
}

TEST(Defect7, TheFlagDoesNothingUntilTheProcessesStartAgain) {
  DatabaseWorld drill(provider_system());
  drill.run_to(30s);
  EXPECT_GT(drill.good_share(30s), 0.99);
  ProviderCondition slow;
  slow.slowness = 300;  // thirty seconds instead of a tenth
  drill.world.provider("llm")->set_condition(0, slow);
  drill.run_for(60s);
  EXPECT_LT(drill.good_share(60s), 0.5) << "every worker waits for the vendor";
  drill.change(Kind::ConfigMap, "settings",
               [](Object& settings) { settings.as<ConfigData>().data["CIRCUIT_BREAKER_ENABLED"] = "true"; });
  drill.run_for(180s);
  EXPECT_LT(drill.good_share(60s), 0.5) << "the processes still have the environment they started with";
  drill.restart();
  drill.run_for(300s);
  EXPECT_GT(drill.good_share(60s), 0.8) << "now calls fail fast";
}

}  // namespace
}  // namespace muster::test
