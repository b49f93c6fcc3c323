#include "tests/unit/scenarios/drill_under_test.hpp"

#include <gtest/gtest.h>

namespace muster {

namespace {

const ObjectKey deployment_key{Kind::Deployment, "autonomous-dev-prod", "autonomous-dev"};

Scenario load(const std::string& name) {
  auto scenario = load_scenario(std::string(MUSTER_SOURCE_DIR) + "/scenarios/library/" + name + ".yaml");
  EXPECT_TRUE(scenario) << scenario.error().text();
  return scenario ? *scenario : Scenario{};
}

// What tells the revisions of our drills apart.
std::string version_of(const PodTemplate& pods) {
  const auto restarted = pods.annotations.find("kubectl.kubernetes.io/restartedAt");
  return pods.spec.containers.at(0).image + (restarted == pods.annotations.end() ? "" : restarted->second);
}

}  // namespace

void Served::record(SimTime, Fact fact) {
  const auto* traffic = std::get_if<TrafficFact>(&fact);
  if (!traffic) return;
  ended += traffic->ended();
  failed += traffic->failed();
  latency.merge(traffic->latency);
}

DrillUnderTest::DrillUnderTest(const std::string& name) : scenario_(load(name)) {}

void DrillUnderTest::run_to(SimDuration end) {
  for (; next_ < scenario_.faults.size() && scenario_.faults[next_].at <= sim_start + end; ++next_) {
    engine.run_until(scenario_.faults[next_].at);
    scenario_.faults[next_].begin(world);
  }
  engine.run_until(sim_start + end);
  world.check_invariants();
}

int DrillUnderTest::available() const {
  return world.objects().find(deployment_key)->as<Deployment>().status.available;
}

void DrillUnderTest::undo() {
  Object changed = *world.objects().find(deployment_key);
  const std::string now = version_of(*changed.as<Deployment>().pod_template);
  for (const ObjectPtr& set : world.objects().list(Kind::ReplicaSet)) {
    const OwnerReference* owner = controller_of(set->meta);
    if (!owner || owner->name != deployment_key.name) continue;
    PodTemplate old = *set->as<ReplicaSet>().pod_template;
    if (version_of(old) == now) continue;
    old.labels.erase("pod-template-hash");
    changed.as<Deployment>().pod_template = std::make_shared<const PodTemplate>(std::move(old));
  }
  ASSERT_TRUE(world.update(std::move(changed), "responder-1"));
}

}  // namespace muster
