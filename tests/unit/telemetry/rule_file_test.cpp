#include "telemetry/rule_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace muster {
namespace {

using ::testing::HasSubstr;

TEST(RuleFile, ReadsEveryField) {
  auto groups = load_rules(
      "groups:\n- name: g\n  interval: 30s\n  limit: 5\n  rules:\n  - alert: A\n    expr: up == 0\n    for: "
      "1m30s\n"
      "    keep_firing_for: 5m\n    labels: {severity: critical, b: \"1\"}\n    annotations: {summary: x}\n"
      "  - record: a:b\n    expr: sum(up)\n- name: h\n",
      "r.yml");
  ASSERT_TRUE(groups) << groups.error().text();
  ASSERT_EQ(groups->size(), 2u);
  const RuleGroup& group = (*groups)[0];
  EXPECT_EQ(group.file, "r.yml");
  EXPECT_EQ(group.interval, SimDuration(30s));
  EXPECT_EQ(group.limit, 5);
  ASSERT_EQ(group.rules.size(), 2u);
  const Rule& alert = group.rules[0];
  EXPECT_EQ(alert.name, "A");
  EXPECT_FALSE(alert.recording);
  EXPECT_EQ(alert.hold, SimDuration(90s));
  EXPECT_EQ(alert.keep_firing, SimDuration(5min));
  EXPECT_EQ(alert.labels, (Labels{{"b", "1"}, {"severity", "critical"}}));
  EXPECT_EQ(alert.annotations, (Labels{{"summary", "x"}}));
  EXPECT_EQ(alert.line, 6);
  EXPECT_TRUE(group.rules[1].recording);
  EXPECT_EQ((*groups)[1].interval, SimDuration{});
}

TEST(RuleFile, TakesWhatYoungerServersAndTheOperatorAdd) {
  const std::string group =
      "- name: g\n    query_offset: 1m\n    labels: {team: a, severity: info}\n    rules:\n"
      "    - {alert: A, expr: 1, labels: {severity: page}}\n    - {record: a:b, expr: vector(1)}\n";
  const std::string object =
      "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: r}\nspec:\n  groups:\n  ";
  for (const auto& text : {"groups:\n  " + group, object + group + "    partial_response_strategy: warn\n"}) {
    const auto groups = load_rules(text, "r.yml");
    ASSERT_TRUE(groups) << groups.error().text();
    const RuleGroup& read = groups->at(0);
    EXPECT_EQ(read.query_offset, SimDuration(1min));
    EXPECT_EQ(read.rules[0].labels, (Labels{{"severity", "page"}, {"team", "a"}}));
    EXPECT_EQ(read.rules[1].labels, (Labels{{"severity", "info"}, {"team", "a"}}));
  }
  const auto plain = load_rules("groups:\n- {name: g, partial_response_strategy: warn}\n", "r.yml");
  ASSERT_FALSE(plain);
  EXPECT_THAT(plain.error().text(), HasSubstr("r.yml:2:13: unknown key"));
}

TEST(RuleFile, EmptyFilesHaveNoGroups) {
  for (const char* text : {"", "groups:\n", "groups: []\n"}) {
    auto groups = load_rules(text, "r.yml");
    ASSERT_TRUE(groups) << text;
    EXPECT_TRUE(groups->empty());
  }
}

std::string rule(const std::string& fields) {
  return "groups:\n- name: g\n  rules:\n  - " + fields;
}

TEST(RuleFile, RefusesWithPositionAndNearestWord) {
  struct Case {
    std::string text;
    const char* message;
  };
  const Case cases[] = {
      {"group: []\n",
       "r.yml:1:1: unknown key \"group\" in a rule file; expected one of groups; did you mean \"groups\"?"},
      {"- a\n", "r.yml:1:1: expected a rule file with keys groups, found a list"},
      {"groups: x\n", "r.yml:1:9: expected a list of groups, found text"},
      {"groups:\n- rules: []\n", "r.yml:2:3: a rule group needs a name"},
      {"groups:\n- name: g\n- name: g\n", "r.yml:3:9: group name \"g\" is repeated"},
      {"groups:\n- name: g\n  intervall: 5s\n", "r.yml:3:3: unknown key \"intervall\" in a rule group"},
      {"groups:\n- name: g\n  interval: 5 seconds\n", "r.yml:3:13: not a valid duration for \"interval\""},
      {"groups:\n- name: g\n  limit: many\n", "r.yml:3:10: expected a whole number as limit"},
      {rule("alert: A\n    exprs: up\n"), "r.yml:5:5: unknown key \"exprs\" in a rule; "},
      {rule("alert: A\n"), "r.yml:4:5: rule \"A\" needs an expr"},
      {rule("alert: A\n    record: b\n    expr: up\n"), "r.yml:4:12: only one of"},
      {rule("expr: up\n"), "r.yml:4:5: one of \"record\" or \"alert\" must be set"},
      {rule("record: a-b\n    expr: up\n"), "r.yml:4:13: invalid recording rule name: a-b"},
      {rule("record: b\n    expr: up\n    for: 5m\n"),
       "r.yml:6:5: \"for\" has no meaning in a recording rule"},
      {rule("record: b\n    expr: up\n    annotations: {}\n"), "\"annotations\" has no meaning"},
      {rule("alert: A\n    expr: sum(up\n"),
       "r.yml:5:11: could not parse expression: 1:7: parse error: unclosed left parenthesis"},
      {rule("alert: A\n    expr: up[5m]\n"), "must give an instant vector or a scalar, not a range vector"},
      {rule("alert: A\n    expr: up\n    for: 1m1h\n"),
       "r.yml:6:10: not a valid duration for \"for\": \"1m1h\""},
      {rule("alert: A\n    expr: up\n    labels: {__name__: x}\n"),
       "r.yml:6:14: invalid name \"__name__\" in labels"},
      {rule("alert: A\n    expr: up\n    labels: {a-b: x}\n"), "invalid name \"a-b\" in labels"},
      {rule("alert: A\n    expr: up\n    labels: {a: [x]}\n"), "expected a text under \"a\", found a list"},
      {rule("alert: A\n    expr: up\n    alert: B\n"),
       "r.yml:6:5: key \"alert\" appears twice; first in line 4"},
      {rule("alert: A\n    expr: &x up\n"), "anchors (&x) are not allowed"},
  };
  for (const Case& c : cases) {
    auto groups = load_rules(c.text, "r.yml");
    if (groups) {
      ADD_FAILURE() << c.text << "was accepted";
    } else {
      EXPECT_THAT(groups.error().text(), HasSubstr(c.message)) << c.text;
    }
  }
}

}  // namespace
}  // namespace muster
