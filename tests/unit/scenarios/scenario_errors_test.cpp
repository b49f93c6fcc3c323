// One clear error for each mistake: file, line, column, what was expected, the nearest valid word.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/faults/fault_kinds.hpp"
#include "scenarios/scenario.hpp"
#include "tests/unit/scenarios/scratch_folder.hpp"

namespace muster {
namespace {

constexpr const char* drill =
    "muster: 1\n"
    "name: drill\n"
    "system: autonomous-dev\n"
    "horizon: 30m\n"
    "faults:\n"
    "  - at: 10m\n"
    "    kind: deployment/set-image\n"
    "    deployment: autonomous-dev-prod/autonomous-dev\n"
    "    image: registry.example.com/autonomous-dev:v1.2.3\n";

// A copy of the shipped system to break, and a scenario beside it.
class ScenarioErrors : public testing::Test {
 protected:
  void SetUp() override {
    copy_project_folder("scenarios/systems/autonomous-dev", folder_.path("systems/autonomous-dev"));
    folder_.write("drills/drill.yaml", drill);
  }

  /// The error, with the scratch folder's name taken out; empty if there is none.
  std::string error(const std::vector<std::string>& overrides = {}) const {
    const auto scenario = load_scenario(folder_.path("drills/drill.yaml"), overrides);
    if (scenario) return "";
    EXPECT_EQ(scenario.error().code, ErrorCode::invalid_input);
    std::string text = scenario.error().text();
    for (std::size_t at; (at = text.find(folder_.root() + "/")) != std::string::npos;)
      text.erase(at, folder_.root().size() + 1);
    return text;
  }
  std::string error_with(const std::string& from, const std::string& to) const {
    folder_.write("drills/drill.yaml", replaced(drill, from, to));
    return error();
  }
  std::string error_in_system(const std::string& file, const std::string& from, const std::string& to) const {
    const std::string name = "systems/autonomous-dev/" + file;
    const std::string whole = project_file("scenarios/" + name);
    folder_.write(name, replaced(whole, from, to));
    const std::string text = error();
    folder_.write(name, whole);
    return text;
  }

  ScratchFolder folder_;
};

TEST_F(ScenarioErrors, NoneInTheUnbrokenOne) {
  EXPECT_EQ(error(), "");
}

TEST_F(ScenarioErrors, InTheScenarioFile) {
  struct {
    const char *from, *to, *error;
  } const cases[] = {
      {"horizon: 30m", "horizn: 30m",
       "drills/drill.yaml:4:1: unknown key \"horizn\" in a scenario; expected one of muster, name, title, "
       "summary, "
       "system, epoch, seed, horizon, scrapeInterval, rubric, alertmanager, faults; did you mean "
       "\"horizon\"?"},
      {"horizon: 30m\n", "",
       "drills/drill.yaml:1:1: a scenario needs the key \"horizon\": a duration such as 90s, "
       "15m or 1h30m"},
      {"horizon: 30m", "horizon: 30",
       "drills/drill.yaml:4:10: \"horizon\" of a scenario: expected a duration such as 90s, 15m or 1h30m, "
       "found \"30\""},
      {"horizon: 30m", "horizon: 1s", "drills/drill.yaml:4:10: \"horizon\": expected 1m to 31d"},
      {"name: drill", "name: My Drill",
       "drills/drill.yaml:2:7: \"name\": expected up to 63 small letters, digits and -, found \"My Drill\""},
      {"name: drill", "name: [drill]",
       "drills/drill.yaml:2:7: \"name\" of a scenario: expected a text, found a list"},
      {"muster: 1", "muster: 2", "drills/drill.yaml:1:9: \"muster\" of a scenario: expected 1, found \"2\""},
      {"name: drill", "name: drill\nepoch: yesterday",
       "drills/drill.yaml:3:8: \"epoch\": expected a time such as 2025-11-01T14:20:00Z, found \"yesterday\""},
      {"name: drill", "name: drill\nseed: -1",
       "drills/drill.yaml:3:7: \"seed\" of a scenario: expected a whole number from 0 to "
       "9223372036854775807, found "
       "\"-1\""},
      {"name: drill", "name: &a drill",
       "drills/drill.yaml:2:7: anchors (&a) are not allowed here; write the value out"},
      {"name: drill", "name: drill\nname: drill",
       "drills/drill.yaml:3:1: key \"name\" appears twice; first in line 2"},
      {"system: autonomous-dev", "system: autonomos-dev",
       "drills/drill.yaml:3:9: no system \"autonomos-dev\" in systems; expected one of autonomous-dev; did "
       "you mean "
       "\"autonomous-dev\"?"},
      {"system: autonomous-dev", "system: ./mine",
       "drills/drill.yaml:3:9: no such folder drills/mine; expected a system's folder"},
      {"horizon: 30m", "horizon: 30m\nrubric: []",
       "drills/drill.yaml:5:9: expected a rubric as a map, found a list"},
  };
  for (const auto& c : cases) EXPECT_EQ(error_with(c.from, c.to), c.error);
}

// "configmap/set, deployment/restart, ...": grows with every kind.
std::string all_fault_kinds() {
  std::string names;
  for (const FaultKind& kind : fault_kinds()) names += (names.empty() ? "" : ", ") + std::string(kind.name);
  return names;
}

TEST_F(ScenarioErrors, InAFault) {
  const std::string kinds = all_fault_kinds();
  struct {
    const char *from, *to;
    std::string error;
  } const cases[] = {
      {"at: 10m", "at: 30m",
       "drills/drill.yaml:6:9: \"at\": the drill is over at 30m, before this fault strikes"},
      {"at: 10m", "at: soon",
       "drills/drill.yaml:6:9: \"at\" of a fault: expected a duration such as 90s, 15m or "
       "1h30m, found \"soon\""},
      {"set-image", "set-imge",
       "drills/drill.yaml:7:11: no fault kind \"deployment/set-imge\"; expected one of " + kinds +
           "; did you mean \"deployment/set-image\"?"},
      {"    kind: deployment/set-image\n", "",
       "drills/drill.yaml:6:5: a fault needs the key \"kind\"; expected one of " + kinds},
      {"prod/autonomous-dev", "prod/autonomos-dev",
       "drills/drill.yaml:8:17: no Deployment \"autonomous-dev-prod/autonomos-dev\" in the system; expected "
       "one of "
       "autonomous-dev-prod/autonomous-dev, autonomous-dev-prod/agent-runner; did you mean "
       "\"autonomous-dev-prod/autonomous-dev\"?"},
      {"deployment: autonomous-dev-prod/autonomous-dev", "deployment: autonomous-dev",
       "drills/drill.yaml:8:17: \"deployment\": expected namespace/name, found \"autonomous-dev\""},
      {"    image: registry.example.com/autonomous-dev:v1.2.3\n", "",
       "drills/drill.yaml:6:5: a fault needs the key \"image\": a text"},
      {"image: registry.example.com/autonomous-dev:v1.2.3", "imgae: x",
       "drills/drill.yaml:9:5: unknown key \"imgae\" in a fault; expected one of at, kind, deployment, "
       "container, "
       "image, changeCause, for; did you mean \"image\"?"},
      {"at: 10m", "at: 10m\n    container: autonomous",
       "drills/drill.yaml:7:16: no container \"autonomous\" in this deployment; expected one of "
       "autonomous-dev"},
      {"at: 10m", "at: 10m\n    for: 0s",
       "drills/drill.yaml:7:10: \"for\": expected more than 0s and at most 31d"},
      {"  - at: 10m\n    kind", "  - [at]\n  - at: 10m\n    kind",
       "drills/drill.yaml:6:5: expected a fault as a map, found a list"},
  };
  for (const auto& c : cases) EXPECT_EQ(error_with(c.from, c.to), c.error);
}

TEST_F(ScenarioErrors, InTheSystem) {
  const std::string system = "systems/autonomous-dev/";
  struct {
    const char *file, *from, *to, *error;
  } const cases[] = {
      {"profile.yaml", "kubernetesService: autonomous-dev", "kubernetesService: autonomous",
       "profile.yaml:11:24: no Service \"autonomous-dev-prod/autonomous\" in the manifests; expected one of "
       "autonomous-dev-prod/autonomous-dev"},
      {"profile.yaml", "workload: autonomous-dev", "workload: autonomos-dev",
       "profile.yaml:117:15: no Deployment \"autonomous-dev-prod/autonomos-dev\" in the manifests; expected "
       "one of "
       "autonomous-dev-prod/agent-runner, autonomous-dev-prod/autonomous-dev; did you mean "
       "\"autonomous-dev-prod/autonomous-dev\"?"},
      {"profile.yaml", "container: autonomous-dev", "container: web",
       "profile.yaml:118:16: no container \"web\" in Deployment autonomous-dev; expected one of "
       "autonomous-dev"},
      {"profile.yaml", "\"*/autonomous-dev:v1.*\"", "\"*/autonomous-dev:v2.*\"",
       "profile.yaml:129:7: no pattern here matches the image that autonomous-dev begins with, "
       "registry.example.com/autonomous-dev:v1.2.2"},
      {"manifests/20-config.yaml", "WORKER_CONCURRENCY: \"10\"", "WORKER_CONCURRENCY: \"ten\"",
       "profile.yaml:163:9: autonomous-dev could not start: the manifests give WORKER_CONCURRENCY the value "
       "\"ten\", "
       "and the rule for it is [1-9]|[1-5][0-9]|6[0-4]"},
      {"manifests/20-config.yaml", "WORKER_CONCURRENCY: \"10\"", "WORKER_CONCURRENCY: 10",
       "manifests/20-config.yaml:"},
      {"manifests/20-config.yaml", "name: autonomous-dev-config", "name: autonomous-dev-conf",
       "manifests/40-deployment.yaml:2:1: autonomous-dev could not start: configmap "
       "\"autonomous-dev-config\" not "
       "found"},
      {"manifests/40-deployment.yaml", "replicas: 3", "replicas: three",
       "manifests/40-deployment.yaml:12:13: "},
      {"manifests/40-deployment.yaml", "kind: Deployment", "knd: Deployment",
       "manifests/40-deployment.yaml:2:1: "},
      {"manifests/40-deployment.yaml", "maxSurge: 0", "maxSurge: &x 0",
       "manifests/40-deployment.yaml:25:17: anchors (&x) are not allowed here; write the value out"},
      {"manifests/50-service.yaml", "  selector:\n    app: autonomous-dev", "  selector:\n    app: other",
       "manifests/50-service.yaml:2:1: the selector of Service autonomous-dev picks the pods of no "
       "Deployment in "
       "autonomous-dev-prod"},
      {"manifests/10-nodes.yaml", "name: node-2\n  labels", "name: node-1\n  labels",
       "manifests/10-nodes.yaml:26:1: Node node-1 is declared twice; first at systems/autonomous-dev/"
       "manifests/10-nodes.yaml:3:1"},
  };
  for (const auto& c : cases)
    EXPECT_THAT(error_in_system(c.file, c.from, c.to), testing::StartsWith(system + c.error)) << c.to;
}

TEST_F(ScenarioErrors, InARubricAreToldWhereTheyStand) {
  EXPECT_EQ(error_with("horizon: 30m", "horizon: 30m\nrubric:\n  p95Max: 500"),
            "drills/drill.yaml:6:11: rubric: expected a duration such as \"15m\"");
  EXPECT_EQ(error_with("horizon: 30m", "horizon: 30m\nrubric:\n  weights: {outcom: 1}"),
            "drills/drill.yaml:6:21: rubric: unknown group \"outcom\"; did you mean \"outcome\"?");
  folder_.write("drills/drill.yaml", drill);
  EXPECT_EQ(error_in_system("rubric.yaml", "respondWithin: 15m", "respondWithn: 15m"),
            "systems/autonomous-dev/rubric.yaml:6:19: rubric: unknown key \"respondWithn\"; did you mean "
            "\"respondWithin\"?");
}

TEST_F(ScenarioErrors, InARuleFile) {
  EXPECT_THAT(error_in_system("rules/p0-outage.yml", "expr: max by", "expr: mox by"),
              testing::StartsWith("systems/autonomous-dev/rules/p0-outage.yml:"));
}

TEST_F(ScenarioErrors, AFolderInPlaceOfAFile) {
  const auto scenario = load_scenario(folder_.path("drills"));
  ASSERT_FALSE(scenario);
  EXPECT_EQ(scenario.error().text(), folder_.path("drills") + ": is a directory; expected a file");
}

TEST_F(ScenarioErrors, AMissingProfile) {
  folder_.write("systems/mine/manifests/a.yaml", "kind: Pod\n");
  EXPECT_EQ(error_with("system: autonomous-dev", "system: mine"), "systems/mine/profile.yaml: no such file");
}

TEST_F(ScenarioErrors, AnEmptyFile) {
  folder_.write("drills/drill.yaml", "# nothing\n");
  EXPECT_EQ(error(), "drills/drill.yaml: is empty; expected a scenario");
}

TEST_F(ScenarioErrors, InAnOverride) {
  EXPECT_EQ(error({"faults.0.imag=x"}),
            "--set faults.0.imag=x: no key \"imag\" in the scenario; expected one of at, kind, deployment, "
            "image; did "
            "you mean \"image\"?");
  EXPECT_EQ(error({"horizon=soon"}),
            "drills/drill.yaml:4:10: \"horizon\" of a scenario: expected a duration such as 90s, 15m or "
            "1h30m, found "
            "\"soon\"");
}

}  // namespace
}  // namespace muster
