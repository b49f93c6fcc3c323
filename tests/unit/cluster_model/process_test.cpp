// What a process gets and does: environment, start-up checks, images, templates.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cluster_model/canonical.hpp"
#include "cluster_model/kubelet/application.hpp"
#include "cluster_model/kubelet/environment.hpp"
#include "cluster_model/names.hpp"

namespace muster {
namespace {

Object config(const char* kind, const char* name, StringMap data) {
  Object object;
  object.api_version = "v1";
  object.kind = kind;
  object.meta.namespace_ = "prod";
  object.meta.name = name;
  object.body = ConfigData{std::move(data), "", false, {}};
  return object;
}

class Environment : public testing::Test {
 protected:
  Environment() {
    EXPECT_TRUE(store_.create(config("ConfigMap", "settings", {{"MODE", "on"}, {"URL", "db"}})));
    EXPECT_TRUE(store_.create(config("Secret", "keys", {{"token", "t"}})));
  }
  Result<StringMap> resolve() { return resolve_environment(container_, "prod", store_); }
  std::string error() { return resolve().error().message; }

  ObjectStore store_;
  Container container_;
};

TEST_F(Environment, LaterEntriesWinAndReferencesAreExpanded) {
  container_.env_from = {{false, "settings", "APP_", false}};
  container_.env = {{"A", EnvVar::From::value, "$(APP_URL)/x $(NONE) $$(APP_URL)", "", "", false, {}},
                    {"APP_MODE", EnvVar::From::secret, "", "keys", "token", false, {}}};
  const StringMap resolved = resolve().value();
  EXPECT_EQ(resolved.at("A"), "db/x $(NONE) $(APP_URL)");
  EXPECT_EQ(resolved.at("APP_MODE"), "t");
}

TEST_F(Environment, SaysWhatIsMissingInTheKubeletsWords) {
  container_.env_from = {{true, "gone", "", false}};
  EXPECT_EQ(error(), "secret \"gone\" not found");
  container_.env_from = {{false, "gone", "", false}};
  EXPECT_EQ(error(), "configmap \"gone\" not found");
  container_.env_from = {};
  container_.env = {{"A", EnvVar::From::secret, "", "keys", "nope", false, {}}};
  EXPECT_EQ(error(), "couldn't find key nope in Secret prod/keys");
  container_.env = {{"A", EnvVar::From::config_map, "", "settings", "nope", false, {}}};
  EXPECT_EQ(error(), "couldn't find key nope in ConfigMap prod/settings");
}

TEST_F(Environment, OptionalReferencesMayBeMissing) {
  container_.env_from = {{true, "gone", "", true}};
  container_.env = {{"A", EnvVar::From::secret, "", "gone", "nope", true, {}},
                    {"B", EnvVar::From::config_map, "", "settings", "nope", true, {}}};
  EXPECT_TRUE(resolve().value().empty());
}

TEST(Glob, StarCrossesSlashes) {
  EXPECT_TRUE(glob_matches("*/web:v1.*", "registry.example.com/team/web:v1.2.3"));
  EXPECT_TRUE(glob_matches("web:v?", "web:v1"));
  EXPECT_FALSE(glob_matches("web:v?", "web:v12"));
  EXPECT_FALSE(glob_matches("*/web", "web"));
  EXPECT_TRUE(glob_matches("*", ""));
  EXPECT_TRUE(glob_matches("*a*b", "xxaayyb"));
  EXPECT_FALSE(glob_matches("*a*b", "xxaayybc"));
}

TEST(ConfigRules, AreAnchoredAndTellWhatTheySaw) {
  ConfigRule rule;
  rule.key = "PORT";
  rule.pattern = "[0-9]+";
  rule.exit_code = 78;
  rule.log = {"bad {key}: '{value}'"};
  EXPECT_FALSE(first_failure({rule}, {{"PORT", "80"}}));
  EXPECT_EQ(first_failure({rule}, {{"PORT", "80x"}})->log[0], "bad PORT: '80x'");
  EXPECT_EQ(first_failure({rule}, {})->exit_code, 78);
  // A value that contains the mark is not filled in again.
  EXPECT_EQ(first_failure({rule}, {{"PORT", "{value}"}})->log[0], "bad PORT: '{value}'");
  rule.required = false;
  EXPECT_FALSE(first_failure({rule}, {}));
}

TEST(ProcessPlan, CrashesListensOrJustRuns) {
  AppProfile app;
  ImageBehaviour good, bad;
  good.pattern = "web:v*";
  good.boot = {8s, 0};
  bad.pattern = "web:bad";
  bad.crash_after = LognormalTime{2s, 0};
  bad.exit_code = 3;
  app.images = {good, bad};
  ConfigRule rule;
  rule.key = "MODE";
  rule.pattern = "on";
  app.config = {rule};

  const ProcessPlan runs = plan_process(&app, "web:v1", {{"MODE", "on"}}, 0.5);
  EXPECT_FALSE(runs.exits);
  EXPECT_EQ(runs.after, 8s);
  const ProcessPlan broken = plan_process(&app, "web:v1", {{"MODE", "off"}}, 0.5);
  EXPECT_TRUE(broken.exits);
  EXPECT_EQ(broken.exit_code, 1);
  EXPECT_EQ(broken.after, 3s);  // the median
  const ProcessPlan crashes = plan_process(&app, "web:bad", {{"MODE", "on"}}, 0.5);
  EXPECT_EQ(crashes.exit_code, 3);
  EXPECT_EQ(crashes.after, 2s);
  EXPECT_EQ(behaviour_of(app, "web:unknown"), nullptr);
  EXPECT_FALSE(plan_process(nullptr, "busybox", {}, 0.5).exits);
}

TEST(Templates, AreEqualWhateverSaysNothing) {
  const auto json = [](const char* text) { return std::make_shared<const std::string>(text); };
  PodTemplate a, b;
  a.labels = {{"app", "web"}, {"pod-template-hash", "abc"}};
  a.metadata_rest = json(R"({"creationTimestamp":null,"x":{}})");
  a.spec.rest = json(R"({"b":1,"a":[{"c":null}]})");
  b.labels = {{"app", "web"}};
  b.spec.rest = json(R"({ "a": [{}], "b": 1 })");
  EXPECT_TRUE(same_template(a, b));
  EXPECT_EQ(template_hash(a), template_hash(b));
  b.spec.rest = json(R"({"b":2})");
  EXPECT_FALSE(same_template(a, b));
  b = a;
  b.annotations["kubectl.kubernetes.io/restartedAt"] = "now";
  EXPECT_FALSE(same_template(a, b));
}

TEST(Names, AreSafeAndDependOnlyOnTheirOwner) {
  EXPECT_EQ(fnv32a(""), 2166136261u);
  EXPECT_EQ(fnv32a("foobar"), 0xbf9cf968u);  // vector of the algorithm's authors
  const std::string suffix = name_suffix(1, "set", 0);
  EXPECT_EQ(suffix.size(), 5u);
  EXPECT_EQ(suffix.find_first_not_of("bcdfghjklmnpqrstvwxz2456789"), std::string::npos);
  EXPECT_NE(suffix, name_suffix(1, "set", 1));
  EXPECT_NE(suffix, name_suffix(2, "set", 0));
  const ObjectKey key{Kind::Pod, "prod", "x"};
  EXPECT_THAT(make_uid(1, key, 0), testing::MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab].*"));
  EXPECT_NE(make_uid(1, key, 0), make_uid(1, key, 1));
}

}  // namespace
}  // namespace muster
