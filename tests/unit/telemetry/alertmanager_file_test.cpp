// Which alertmanager.yml is taken, and what is said of the others; amtool is the judge where it is installed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "telemetry/alertmanager/config.hpp"

namespace muster::alertmanager {
namespace {

const std::string usual = R"(global:
  resolve_timeout: 5m
  slack_api_url: "https://hooks.example.com/x"
route:
  receiver: team
  group_by: [alertname, namespace]
  group_wait: 10s
  routes:
    - matchers: [ severity = critical, 'service =~ "api|web"' ]
      receiver: on-call
      repeat_interval: 1h
      routes:
        - match: {owner: database}
          match_re: {instance: "db-.*"}
          receiver: dba
receivers:
  - name: team
    slack_configs: [{channel: "#alerts"}]
  - name: on-call
    pagerduty_configs: [{service_key: secret}]
  - name: dba
inhibit_rules:
  - source_matchers: [severity="critical"]
    target_matchers: ["severity=~warning|info"]
    equal: [namespace]
)";

std::string error_of(const std::string& yaml) {
  const auto config = load_config(yaml, "am.yml");
  return config ? "none" : config.error().text();
}

TEST(AlertmanagerFile, IsReadWithWhatRoutesInherit) {
  const auto config = load_config(usual, "am.yml");
  ASSERT_TRUE(config) << config.error().text();
  EXPECT_EQ(config->route.receiver, "team");
  EXPECT_EQ(config->route.group_interval, 5min);
  const Route& critical = config->route.routes.at(0);
  EXPECT_EQ(critical.group_by, (std::vector<std::string>{"alertname", "namespace"}));
  EXPECT_EQ(critical.group_wait, 10s);
  EXPECT_EQ(critical.repeat_interval, 1h);
  EXPECT_EQ(critical.matchers.at(1).value, "api|web");
  EXPECT_EQ(critical.routes.at(0).repeat_interval, 1h);
  EXPECT_EQ(critical.routes.at(0).matchers.size(), 2u);
  EXPECT_TRUE(config->receiver("on-call").pages);
  EXPECT_FALSE(config->receiver("team").pages);
  EXPECT_FALSE(config->receiver("dba").reaches);
  EXPECT_EQ(config->inhibit_rules.at(0).equal, std::vector<std::string>{"namespace"});
}

TEST(AlertmanagerFile, SaysWhatIsWrongAndWhere) {
  const std::string start = "receivers: [{name: pager}]\n";
  const std::pair<std::string, std::string> rows[] = {
      {"route: {receiver: pager}\n",
       "am.yml:1:1: an Alertmanager configuration needs the key \"receivers\": a list of receivers"},
      {start,
       "am.yml:1:1: an Alertmanager configuration needs the key \"route\": the route that every alert takes"},
      {start + "route: {receiver: pagr}\n",
       "am.yml:2:19: undefined receiver \"pagr\" used in route; expected one of pager; did you mean "
       "\"pager\"?"},
      {start + "route: {receiver: pager, match: {a: b}}\n",
       "am.yml:2:8: root route must not have any matchers"},
      {start + "route: {receiver: pager, group_interval: 0s}\n",
       "am.yml:2:42: group_interval cannot be zero"},
      {start + "route: {receiver: pager, group_by: [a, a]}\n",
       "am.yml:2:36: duplicated label \"a\" in group_by"},
      {start + "route: {receiver: pager, routes: [{matchers: [severity]}]}\n",
       "am.yml:2:47: bad matcher format: severity; expected a form such as severity=\"critical\" or "
       "service=~\"a|b\""},
      {start + "route: {receiver: pager, routes: [{mute_time_intervals: [night]}]}\n",
       "am.yml:2:57: \"mute_time_intervals\" is not built: routes here know no time of day"},
      {start + "route: {receiver: pager}\nreceiver: []\n",
       "am.yml:3:1: unknown key \"receiver\" in an Alertmanager configuration; expected one of global, "
       "templates, "
       "time_intervals, mute_time_intervals, receivers, route, inhibit_rules; did you mean \"receivers\"?"},
  };
  for (const auto& [yaml, error] : rows) EXPECT_EQ(error_of(yaml), error) << yaml;
}

TEST(AlertmanagerFile, AmtoolTakesAndRefusesTheSame) {
  if (std::system("amtool --version >/dev/null 2>&1") != 0)
    GTEST_SKIP() << "skipped: amtool is not installed";
  const auto folder = std::filesystem::temp_directory_path() / "muster-amtool";
  std::filesystem::create_directories(folder);
  const std::string routes[] = {
      "{receiver: a}",
      "{receiver: b}",
      "{receiver: a, match: {x: y}}",
      "{receiver: a, group_by: [x, x]}",
      "{receiver: a, group_by: ['...', x]}",
      "{receiver: a, group_wait: 0s}",
      "{receiver: a, repeat_interval: 0s}",
      "{receiver: a, routes: [{matchers: ['x=\"y\"', 'z=~\"(\"']}]}",
      "{receiver: a, routes: [{matchers: ['x=y,z!=w']}]}",
      "{receiver: a, routes: [{matchers: ['{x=\"a,b\"}']}]}",
      "{receiver: a, routes: [{receiver: c}]}",
      "{receiver: a, unknown: 1}",
  };
  for (const std::string& route : routes) {
    const std::string yaml = "route: " + route + "\nreceivers: [{name: a}]\n";
    const std::string path = folder / "alertmanager.yml";
    std::ofstream(path) << yaml;
    const bool taken = std::system(fmt::format("amtool check-config {} >/dev/null 2>&1", path).c_str()) == 0;
    EXPECT_EQ(load_config(yaml, "am.yml").has_value(), taken) << route;
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace muster::alertmanager
