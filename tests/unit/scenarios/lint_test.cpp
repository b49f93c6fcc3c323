#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/lint/lint_file.hpp"
#include "tests/unit/scenarios/scratch_folder.hpp"

namespace muster {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> told(const Findings& findings) {
  std::vector<std::string> lines;
  for (const Finding& finding : findings) lines.push_back(finding.rule + " " + finding.where);
  return lines;
}

TEST(LintManifests, NamesWhatHasNoEffect) {
  struct Case {
    const char *name, *text;
    std::vector<std::string> told;
  };
  const Case cases[] = {
      {"a modelled kind", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n", {}},
      {"an unknown kind",
       "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\n",
       {"kind-without-behaviour m.yaml:1:1"}},
      {"inside a list",
       "apiVersion: v1\nkind: List\nitems:\n- apiVersion: example.com/v1\n  kind: Widget\n  metadata: {name: "
       "w}\n",
       {"kind-without-behaviour m.yaml:4:3"}},
      {"a field of the pods",
       "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec:\n  template:\n    spec:\n      "
       "affinity: {}\n"
       "      containers:\n      - name: c\n        lifecycle: {}\n",
       {"field-without-effect m.yaml:7:7", "field-without-effect m.yaml:10:9"}},
      {"the second document",
       "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: "
       "p}\n"
       "spec:\n  hostNetwork: true\n",
       {"field-without-effect m.yaml:9:3"}},
  };
  for (const Case& c : cases) EXPECT_EQ(told(lint_manifest_text(c.text, "m.yaml")), c.told) << c.name;
}

TEST(LintRules, NamesMetricsThatNobodyExportsWhereTheyStand) {
  ScratchFolder folder;
  folder.write("beside.yaml", "groups:\n- name: r\n  rules:\n  - record: job:x:rate5m\n    expr: up\n");
  folder.write("rules.yaml",
               "groups:\n- name: g\n  rules:\n"
               "  - alert: A\n    expr: http_request_total > 0 and job:x:rate5m > 0\n"
               "  - alert: B\n    expr: |\n      rate(http_request_duration_seconds_bucket[5m]) > 0\n"
               "        or {__name__=\"pg_upp\"} == 1  # pg_up\n        or ALERTS == 1\n");
  const auto findings = lint_path(folder.path("rules.yaml"));
  ASSERT_TRUE(findings);
  ASSERT_THAT(told(*findings), ElementsAre(HasSubstr("metric-not-exported"), HasSubstr("rules.yaml:9:")));
  EXPECT_THAT(findings->at(0).where, HasSubstr("rules.yaml:5:11"));
  EXPECT_THAT(findings->at(0).message,
              HasSubstr("rule \"A\" asks for the metric \"http_request_total\", which "
                        "nothing exports here; did you mean \"http_requests_total\"?"));
  EXPECT_THAT(findings->at(1).where, HasSubstr("rules.yaml:9:23"));
  EXPECT_FALSE(has_error(*findings));
}

TEST(LintRules, ReadTheOperatorsObjectsToo) {
  ScratchFolder folder;
  folder.write("object.yaml",
               "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: r}\nspec:\n"
               "  groups:\n  - name: g\n    rules:\n    - {alert: A, expr: nothing_here > 0}\n");
  const auto findings = lint_path(folder.path("object.yaml"));
  ASSERT_TRUE(findings);
  ASSERT_EQ(findings->size(), 1u);
  EXPECT_THAT(findings->at(0).where, HasSubstr("object.yaml:8:24"));
}

TEST(LintPath, TellsFilesApartByWhatIsInThem) {
  ScratchFolder folder;
  folder.write("rules.yaml", "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up ==\n");
  folder.write("odd.yaml", "hello: world\n");
  folder.write("app.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: 1}\n");
  const auto rules = lint_path(folder.path("rules.yaml"));
  ASSERT_TRUE(rules);
  ASSERT_EQ(rules->size(), 1u);
  EXPECT_TRUE(has_error(*rules));
  EXPECT_THAT(rules->front().where, HasSubstr("rules.yaml:5"));
  const auto odd = lint_path(folder.path("odd.yaml"));
  ASSERT_FALSE(odd);
  EXPECT_THAT(odd.error().message, HasSubstr("neither a scenario"));
  EXPECT_FALSE(lint_path(folder.path("absent.yaml")));
}

TEST(LintPath, ShippedScenariosHaveNoFinding) {
  for (const char* name : {"bad-deploy", "bad-config"}) {
    const auto findings = lint_path(std::string(MUSTER_SOURCE_DIR) + "/scenarios/library/" + name + ".yaml");
    ASSERT_TRUE(findings) << findings.error().text();
    EXPECT_THAT(told(*findings), IsEmpty()) << name;
  }
}

}  // namespace
}  // namespace muster
