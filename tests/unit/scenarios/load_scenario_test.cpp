#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/library.hpp"
#include "scenarios/scenario.hpp"
#include "tests/unit/scenarios/scratch_folder.hpp"

namespace muster {
namespace {

const std::string library = std::string(MUSTER_SOURCE_DIR) + "/scenarios/library";

void expect_same(const Scenario& a, const Scenario& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.title, b.title);
  EXPECT_EQ(a.summary, b.summary);
  EXPECT_EQ(a.epoch, b.epoch);
  EXPECT_EQ(a.seed, b.seed);
  EXPECT_EQ(a.horizon, b.horizon);
  EXPECT_EQ(a.scrape_interval, b.scrape_interval);
  EXPECT_EQ(a.rubric_json, b.rubric_json);
  EXPECT_EQ(a.overrides, b.overrides);
  ASSERT_EQ(a.system.objects.size(), b.system.objects.size());
  for (std::size_t i = 0; i < a.system.objects.size(); ++i)
    EXPECT_EQ(a.system.objects[i].key(), b.system.objects[i].key());
  ASSERT_EQ(a.rules.size(), b.rules.size());
  for (std::size_t i = 0; i < a.rules.size(); ++i) {
    EXPECT_EQ(a.rules[i].name, b.rules[i].name);
    EXPECT_EQ(a.rules[i].file, b.rules[i].file);
  }
  ASSERT_EQ(a.faults.size(), b.faults.size());
  for (std::size_t i = 0; i < a.faults.size(); ++i) {
    EXPECT_EQ(a.faults[i].id, b.faults[i].id);
    EXPECT_EQ(a.faults[i].kind, b.faults[i].kind);
    EXPECT_EQ(a.faults[i].target, b.faults[i].target);
    EXPECT_EQ(a.faults[i].detail, b.faults[i].detail);
    EXPECT_EQ(a.faults[i].at, b.faults[i].at);
    EXPECT_EQ(a.faults[i].end_at, b.faults[i].end_at);
  }
  ASSERT_EQ(a.files.size(), b.files.size());
  for (std::size_t i = 0; i < a.files.size(); ++i) {
    EXPECT_EQ(a.files[i].name, b.files[i].name);
    EXPECT_EQ(a.files[i].content, b.files[i].content);
  }
}

TEST(ShippedScenarios, AllLoad) {
  const auto entries = list_scenarios(library);
  ASSERT_TRUE(entries) << entries.error().text();
  EXPECT_GE(entries->size(), 2u);
  for (const ScenarioEntry& entry : *entries) {
    const auto scenario = load_scenario(entry.path);
    ASSERT_TRUE(scenario) << scenario.error().text();
    EXPECT_EQ(scenario->name, entry.name);
    EXPECT_EQ(entry.path, library + "/" + entry.name + ".yaml");
    EXPECT_FALSE(scenario->title.empty());
    EXPECT_FALSE(scenario->summary.empty());
    EXPECT_TRUE(scenario->runbook.ends_with("/runbook.md"));
    EXPECT_TRUE(check_objects(scenario->system.objects));
  }
}

TEST(ShippedScenarios, BadDeployIsWhatItSays) {
  const auto scenario = load_scenario(library + "/bad-deploy.yaml");
  ASSERT_TRUE(scenario) << scenario.error().text();
  ASSERT_EQ(scenario->faults.size(), 1u);
  const ScheduledFault& fault = scenario->faults[0];
  EXPECT_EQ(fault.id, "fault-1");
  EXPECT_EQ(fault.kind, "deployment/set-image");
  EXPECT_EQ(fault.target, "autonomous-dev-prod/autonomous-dev");
  EXPECT_EQ(fault.detail, "image registry.example.com/autonomous-dev:v1.2.3");
  EXPECT_EQ(fault.at, sim_start + 10min);
  EXPECT_EQ(fault.end_at, sim_never);
  EXPECT_TRUE(fault.begin);
  EXPECT_FALSE(fault.end);
  EXPECT_EQ(scenario->horizon, sim_start + 75min);
  EXPECT_EQ(scenario->rules.size(), 4u);
  EXPECT_EQ(scenario->rules[0].file, "system/rules/p0-outage.yml");
  EXPECT_THAT(scenario->rubric_json, testing::HasSubstr("\"hypothesisMatches\":[\"v1.2.3\""));
  EXPECT_THAT(scenario->rubric_json, testing::HasSubstr("Complete service outage"));
}

TEST(FrozenDrill, GivesTheSameScenario) {
  const std::vector<std::string> overrides{"faults.0.at=5m", "horizon=40m"};
  const auto entries = list_scenarios(library);
  ASSERT_TRUE(entries) << entries.error().text();
  for (const ScenarioEntry& entry : *entries) {
    const auto first = load_scenario(entry.path, overrides);
    ASSERT_TRUE(first) << first.error().text();
    ScratchFolder inputs;
    for (const ScenarioFile& file : first->files) inputs.write(file.name, file.content);
    const auto again = load_scenario(inputs.path("scenario.yaml"), overrides);
    ASSERT_TRUE(again) << again.error().text();
    expect_same(*first, *again);
  }
}

TEST(FrozenDrill, NamesEveryFileThatWentIn) {
  const auto scenario = load_scenario(library + "/bad-config.yaml");
  ASSERT_TRUE(scenario) << scenario.error().text();
  std::vector<std::string> names;
  for (const ScenarioFile& file : scenario->files) names.push_back(file.name);
  EXPECT_THAT(names, testing::ElementsAre(
                         "scenario.yaml", "system/manifests/00-namespace.yaml",
                         "system/manifests/10-nodes.yaml", "system/manifests/20-config.yaml",
                         "system/manifests/30-secret.yaml", "system/manifests/40-deployment.yaml",
                         "system/manifests/45-agents.yaml", "system/manifests/50-service.yaml", "system/profile.yaml", "system/rubric.yaml",
                         "system/rules/p0-outage.yml", "system/rules/p1-degradation.yml",
                         "system/rules/p2-minor.yml", "system/rules/p3-watch.yml", "system/runbook.md"));
}

TEST(Overrides, ReachTheScenario) {
  const auto scenario = load_scenario(library + "/bad-config.yaml",
                                      {"faults.1.at=9m", "seed=7", "faults.0.data.WORKER_CONCURRENCY=nine"});
  ASSERT_TRUE(scenario) << scenario.error().text();
  EXPECT_EQ(scenario->seed, 7u);
  ASSERT_EQ(scenario->faults.size(), 2u);
  EXPECT_EQ(scenario->faults[0].kind, "deployment/restart");  // in order of time
  EXPECT_EQ(scenario->faults[0].id, "fault-2");               // numbered in order of the file
  EXPECT_EQ(scenario->overrides.size(), 3u);
}

TEST(Overrides, AWrongOneIsAnError) {
  const auto scenario = load_scenario(library + "/bad-config.yaml", {"horizn=5m"});
  ASSERT_FALSE(scenario);
  EXPECT_THAT(scenario.error().text(), testing::HasSubstr("did you mean \"horizon\"?"));
}

TEST(Library, RefusesAFolderThatIsNotOne) {
  EXPECT_EQ(list_scenarios("/nowhere/at/all").error().text(),
            "/nowhere/at/all: no such folder; expected one with scenarios");
}

}  // namespace
}  // namespace muster
