// Who is told what and when, as tables: a script of alerts and silences, and the notifications that follow.
#include "telemetry/alertmanager/alertmanager.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <sstream>

namespace muster::alertmanager {
namespace {

SimTime second(int n) {
  return sim_start + n * 1s;
}

Labels labels_of(const std::string& words) {
  Labels labels;
  std::istringstream in(words);
  std::string word;
  while (in >> word) labels.emplace_back(word.substr(0, word.find('=')), word.substr(word.find('=') + 1));
  std::sort(labels.begin(), labels.end());
  return labels;
}

std::string shown(const Notification& note) {
  std::string text =
      fmt::format("{} {}{}:", (note.at - sim_start) / 1s, note.receiver, note.pages ? "!" : "");
  for (const auto& [name, value] : note.group_labels) text += fmt::format(" [{}={}]", name, value);
  for (const std::string& alert : note.alerts) text += " " + alert;
  if (note.resolved > 0) text += fmt::format(" -{}", note.resolved);
  return text + (note.priority.empty() ? "" : " (" + note.priority + ")") + "\n";
}

/// Lines "SECOND +alertname=A severity=critical" (fires), "SECOND -..." (resolved), "SECOND silence A FOR";
/// then all notifications up to `until`.
std::string play(const Config& config, const std::string& script, int until) {
  Alertmanager manager(config);
  std::string out;
  const auto advance = [&](SimTime to) {
    for (const Notification& note : manager.due(to)) out += shown(note);
  };
  std::istringstream lines(script);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    int at = 0;
    std::string first, rest;
    if (!(words >> at >> first)) continue;
    std::getline(words, rest);
    advance(second(at) - 1ns);
    if (first == "silence") {
      std::istringstream two(rest);
      std::string name;
      int seconds = 0;
      two >> name >> seconds;
      Silence silence;
      silence.matchers = {make_matcher("alertname", name, Matcher::Kind::equal).value()};
      silence.starts_at = second(at);
      silence.ends_at = second(at + seconds);
      EXPECT_TRUE(manager.silences().set(silence, second(at)));
      continue;
    }
    const Labels labels = labels_of(first.substr(1) + rest);
    manager.take({{"", first[0] == '+' ? "firing" : "resolved", labels, {}, 1}}, second(at));
  }
  advance(second(until));
  return out;
}

Config with(const std::string& route, const std::string& more = "") {
  const std::string yaml =
      "receivers: [{name: pager, pagerduty_configs: [{}]}, {name: chat, slack_configs: "
      "[{}]}, {name: null-device}]\nroute: " +
      route + "\n" + more;
  auto config = load_config(yaml, "am.yml");
  EXPECT_TRUE(config) << (config ? "" : config.error().text());
  return config ? *config : Config();
}

struct Row {
  const char* why;
  const char* route;
  const char* rules;  ///< inhibit_rules
  const char* script;
  int until;
  const char* told;
};

// group_wait 30 s, group_interval 5 min, repeat_interval 4 h unless the route says otherwise.
const Row rows[] = {
    {"a group waits for those that belong to it, and is told once", "{receiver: pager}", "",
     "10 +alertname=B priority=P1\n25 +alertname=A priority=P0", 1000, "40 pager!: A B (P0)\n"},
    {"a new alert of a group that has been told waits for the group's interval", "{receiver: pager}", "",
     "0 +alertname=A\n60 +alertname=B\n90 +alertname=C", 1000, "30 pager!: A\n330 pager!: A B C\n"},
    {"resolved within the wait: nobody is told", "{receiver: pager}", "", "0 +alertname=A\n20 -alertname=A",
     1000, ""},
    {"a chat hears that it is over, at the next interval", "{receiver: chat}", "",
     "0 +alertname=A\n50 -alertname=A", 1000, "30 chat: A\n330 chat: -1\n"},
    {"a group whose alerts are over begins anew after its last word", "{receiver: pager, group_interval: 1m}",
     "", "0 +alertname=A\n40 -alertname=A\n200 +alertname=A", 1000,
     "30 pager!: A\n90 pager: -1\n230 pager!: A\n"},
    {"what goes on is repeated", "{receiver: pager, group_interval: 5m, repeat_interval: 10m}", "",
     "0 +alertname=A", 2000, "30 pager!: A\n930 pager!: A\n1830 pager!: A\n"},
    {"groups are told apart by the labels of group_by", "{receiver: pager, group_by: [service]}", "",
     "0 +alertname=A service=x\n5 +alertname=A service=y\n8 +alertname=B service=x", 100,
     "30 pager!: [service=x] A B\n35 pager!: [service=y] A\n"},
    {"... makes every alert a group", "{receiver: pager, group_by: [...]}", "",
     "0 +alertname=A n=1\n0 +alertname=A n=2", 100,
     "30 pager!: [alertname=A] [n=1] A\n30 pager!: [alertname=A] [n=2] A\n"},
    {"the first route that fits takes it",
     "{receiver: null-device, routes: [{matchers: [severity=critical], "
     "receiver: pager}, {matchers: ['severity=~\"critical|warning\"'], receiver: chat}]}",
     "", "0 +alertname=A severity=critical\n0 +alertname=B severity=warning\n0 +alertname=C severity=info",
     100, "30 pager!: A\n30 chat: B\n"},
    {"unless it says continue",
     "{receiver: null-device, routes: [{matchers: [severity=critical], receiver: pager, "
     "continue: true}, {matchers: ['severity!=info'], receiver: chat}]}",
     "", "0 +alertname=A severity=critical", 100, "30 pager!: A\n30 chat: A\n"},
    {"a child inherits what it does not say",
     "{receiver: pager, group_wait: 1m, routes: [{matchers: [a=b], "
     "group_interval: 1m}]}",
     "", "0 +alertname=A a=b\n70 +alertname=B a=b", 200, "60 pager!: A\n120 pager!: A B\n"},
    {"a silence mutes, and what still fires when it ends is told", "{receiver: pager, group_interval: 1m}",
     "", "0 silence A 120\n10 +alertname=A", 300, "160 pager!: A\n"},
    {"a silence mutes only what it matches", "{receiver: pager}", "",
     "0 silence A 600\n10 +alertname=A\n10 "
     "+alertname=B",
     300, "40 pager!: B\n"},
    {"a firing source inhibits targets with the same labels", "{receiver: pager}",
     "inhibit_rules: [{source_matchers: [severity=critical], target_matchers: [severity=warning], equal: "
     "[service]}]",
     "0 +alertname=A severity=critical service=x\n5 +alertname=B severity=warning service=x\n5 +alertname=C "
     "severity=warning service=y",
     100, "30 pager!: A C\n"},
    {"an inhibited alert is told when its source is over", "{receiver: pager, group_interval: 1m}",
     "inhibit_rules: [{source_match: {alertname: A}, target_match_re: {alertname: 'B|C'}}]",
     "0 +alertname=A\n5 +alertname=B\n40 -alertname=A", 200, "30 pager!: A\n90 pager!: B -1\n"},
    {"what is source and target of one rule does not inhibit its like", "{receiver: pager}",
     "inhibit_rules: [{source_matchers: [severity=critical], target_matchers: ['alertname=~\".+\"']}]",
     "0 +alertname=A severity=critical\n0 +alertname=B severity=critical\n0 +alertname=C severity=info", 100,
     "30 pager!: A B\n"},
};

TEST(Alertmanager, TellsWhomWhatAndWhen) {
  for (const Row& row : rows) {
    const Config config = with(row.route, row.rules);
    EXPECT_EQ(play(config, row.script, row.until), row.told) << row.why;
  }
}

TEST(Alertmanager, WithoutAFileOnlyCriticalAlertsWakeSomebody) {
  const Config config = pager_for_critical();
  EXPECT_EQ(
      play(config, "10 +alertname=A severity=critical priority=P0\n10 +alertname=B severity=warning", 1000),
      "40 on-call!: A (P0)\n");
}

TEST(Alertmanager, SaysWhyAnAlertIsHeld) {
  Alertmanager manager(
      with("{receiver: pager}",
           "inhibit_rules: [{source_matchers: [alertname=A], target_matchers: [alertname=B]}]"));
  manager.take({{"", "firing", {{"alertname", "A"}}, {}, 1}, {"", "firing", {{"alertname", "B"}}, {}, 1}},
               second(5));
  const auto alerts = manager.alerts(second(6));
  ASSERT_EQ(alerts.size(), 2u);
  EXPECT_TRUE(alerts[0].active());
  EXPECT_EQ(alerts[1].inhibited_by, std::vector<std::string>{fingerprint({{"alertname", "A"}})});
  EXPECT_EQ(alerts[1].receivers, std::vector<std::string>{"pager"});
}

TEST(Silences, ArePendingThenActiveThenExpired) {
  Silences silences;
  Silence silence;
  silence.matchers = parse_matchers("service=~\"a|b\"").value();
  silence.starts_at = second(100);
  silence.ends_at = second(200);
  const std::string id = silences.set(silence, second(0)).value();
  EXPECT_STREQ(silences.find(id)->state(second(50)), "pending");
  EXPECT_STREQ(silences.find(id)->state(second(100)), "active");
  EXPECT_TRUE(silences.muting({{"service", "c"}}, second(150)).empty());
  EXPECT_EQ(silences.muting({{"service", "a"}}, second(150)), std::vector<std::string>{id});
  ASSERT_TRUE(silences.expire(id, second(160)));
  EXPECT_TRUE(silences.muting({{"service", "a"}}, second(160)).empty());
  EXPECT_FALSE(silences.expire(id, second(170))) << "once is enough";
}

TEST(Silences, AChangeOfTheMatchersIsANewSilence) {
  Silences silences;
  Silence silence;
  silence.matchers = parse_matchers("a=b").value();
  silence.ends_at = second(200);
  silence.id = silences.set(silence, second(0)).value();
  silence.ends_at = second(300);
  EXPECT_EQ(silences.set(silence, second(10)).value(), silence.id) << "longer, and still the same";
  silence.matchers = parse_matchers("a=c").value();
  EXPECT_NE(silences.set(silence, second(20)).value(), silence.id);
  EXPECT_STREQ(silences.find(silence.id)->state(second(20)), "expired");
}

TEST(Silences, RefuseWhatAlertmanagerRefuses) {
  Silences silences;
  Silence silence;
  silence.ends_at = second(50);
  EXPECT_EQ(silences.set(silence, second(0)).error().message,
            "silence invalid: at least one matcher required");
  silence.matchers = parse_matchers("a=~\".*\"").value();
  EXPECT_EQ(silences.set(silence, second(0)).error().message,
            "silence invalid: at least one matcher must not match the empty string");
  silence.matchers = parse_matchers("a=b").value();
  EXPECT_EQ(silences.set(silence, second(60)).error().message, "end time can't be in the past");
  silence.id = "nobody";
  EXPECT_EQ(silences.set(silence, second(0)).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace muster::alertmanager
