#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "telemetry/alerts.hpp"
#include "telemetry/promql/label_pool.hpp"
#include "telemetry/rule_file.hpp"

namespace muster {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<RuleGroup> rules_of(const std::string& rules) {
  auto groups = load_rules("groups:\n- name: g\n  rules:\n" + rules, "r.yml");
  EXPECT_TRUE(groups) << (groups ? "" : groups.error().text());
  return groups ? *groups : std::vector<RuleGroup>{};
}

SimTime minute(int n) {
  return sim_start + n * 1min;
}

// Runs one rule over a gauge that is given minute by minute ('1' above, '0' below the threshold, '.' absent),
// and tells the alert's state after each: i(nactive), p(ending), f(iring).
std::string states(const std::string& rule, const std::string& gauge) {
  SeriesStore store;
  AlertEngine engine(store, rules_of(rule), 1min, Epoch{});
  const SeriesId series = store.intern({{"__name__", "bad"}});
  std::string seen;
  for (std::size_t m = 0; m < gauge.size(); ++m) {
    const auto at_ms = static_cast<std::int64_t>(m) * 60'000;
    if (gauge[m] == '.') {
      store.end(series, at_ms);
    } else {
      store.append(series, at_ms, gauge[m] - '0');
    }
    engine.evaluate(minute(static_cast<int>(m)));
    seen += engine.status(0, 0).state[0];
  }
  return seen;
}

TEST(AlertEngine, StateMachine) {
  struct Case {
    const char *name, *fields, *gauge, *states;
  };
  const Case cases[] = {
      {"for zero fires at once", "", "0110", "iffi"},
      {"for 2m fires at the third", "for: 2m", "0111100", "ippffii"},
      {"a gap while pending starts anew", "for: 2m", "0110111", "ippippf"},
      {"an absent series resolves", "for: 1m", "11.11", "pfipf"},
      {"keep firing for 2m", "keep_firing_for: 2m", "0100000", "ifffiii"},
      {"keep firing is reset by a return", "keep_firing_for: 2m", "010100000", "ifffffiii"},
      {"pending is not kept", "for: 2m\n    keep_firing_for: 5m", "0110000", "ippiiii"},
  };
  for (const Case& c : cases) {
    const std::string rule = std::string("  - alert: A\n    expr: bad == 1\n    ") + c.fields + "\n";
    EXPECT_EQ(states(rule, c.gauge), c.states) << c.name;
  }
}

std::vector<std::string> told(const std::vector<AlertChange>& changes) {
  std::vector<std::string> text;
  for (const AlertChange& change : changes) text.push_back(change.alert + " " + change.state);
  return text;
}

TEST(AlertEngine, TellsChangesOnce) {
  SeriesStore store;
  AlertEngine engine(
      store, rules_of("  - alert: Slow\n    expr: bad\n    for: 1m\n  - alert: Now\n    expr: bad > 0\n"),
      1min, Epoch{});
  const SeriesId series = store.intern({{"__name__", "bad"}, {"pod", "p"}});
  store.append(series, 0, 1);
  EXPECT_THAT(told(engine.evaluate(minute(0))), ElementsAre("Slow pending", "Now firing"));
  EXPECT_THAT(told(engine.evaluate(minute(0))), IsEmpty()) << "a moment is evaluated once";
  EXPECT_THAT(told(engine.evaluate(minute(1))), ElementsAre("Slow firing"));
  EXPECT_THAT(told(engine.evaluate(minute(2))), IsEmpty());
  store.end(series, 150'000);
  EXPECT_THAT(told(engine.evaluate(minute(3))), ElementsAre("Slow resolved", "Now resolved"));
  EXPECT_THAT(engine.active(), IsEmpty());
}

TEST(AlertEngine, GroupsRunAtMultiplesOfTheirInterval) {
  auto groups = load_rules(
      "groups:\n- name: g\n  interval: 30s\n  rules:\n  - record: n:half\n    expr: vector(1)\n"
      "- name: h\n  rules:\n  - record: n:minute\n    expr: vector(1)\n",
      "r.yml");
  ASSERT_TRUE(groups);
  SeriesStore store;
  AlertEngine engine(store, *groups, 1min, Epoch{});
  for (int s = 0; s <= 120; s += 15) engine.evaluate(sim_start + s * 1s);
  EXPECT_EQ(store.samples(store.named("n:half").at(0)).size(), 5u);
  EXPECT_EQ(store.samples(store.named("n:minute").at(0)).size(), 3u);
}

std::string told(const SeriesStore& store, const Labels& labels) {
  std::string text;
  for (const SeriesId id : store.named(labels[0].second)) {
    if (store.labels(id) != labels) continue;
    for (const Sample& sample : store.samples(id))
      text +=
          std::to_string(sample.at_ms / 60'000) +
          (is_stale_marker(sample.value) ? "x " : "=" + std::to_string(static_cast<int>(sample.value)) + " ");
  }
  return text;
}

TEST(AlertEngine, LooksBackAndWritesAtTheQueryOffset) {
  SeriesStore store;
  const auto groups = load_rules(
      "groups:\n- name: g\n  query_offset: 2m\n  rules:\n  - {record: seen, expr: bad}\n"
      "  - {alert: A, expr: bad == 1}\n",
      "r.yml");
  AlertEngine engine(store, *groups, 1min, Epoch{});
  const SeriesId series = store.intern({{"__name__", "bad"}});
  std::string states;
  for (int m = 0; m < 6; ++m) {
    store.append(series, m * 60'000, m >= 2 ? 1 : 0);
    engine.evaluate(minute(m));
    states += engine.status(0, 1).state[0];
  }
  EXPECT_EQ(states, "iiiiff") << "what began at minute 2 is seen at minute 4";
  EXPECT_EQ(store.last(store.intern({{"__name__", "seen"}})).at_ms, 180'000);
  EXPECT_EQ(
      store.last(store.intern({{"__name__", "ALERTS"}, {"alertname", "A"}, {"alertstate", "firing"}})).at_ms,
      180'000);
}

TEST(AlertEngine, WritesAlertsSeriesAndTheirEnds) {
  SeriesStore store;
  AlertEngine engine(store,
                     rules_of("  - alert: A\n    expr: bad == 1\n    for: 1m\n    labels: {team: x}\n"), 1min,
                     Epoch{600});
  const SeriesId series = store.intern({{"__name__", "bad"}});
  for (int m = 0; m < 5; ++m) {
    store.append(series, m * 60'000, m >= 1 && m <= 3 ? 1 : 0);
    engine.evaluate(minute(m));
  }
  EXPECT_EQ(
      told(store, {{"__name__", "ALERTS"}, {"alertname", "A"}, {"alertstate", "pending"}, {"team", "x"}}),
      "1=1 2x ");
  EXPECT_EQ(
      told(store, {{"__name__", "ALERTS"}, {"alertname", "A"}, {"alertstate", "firing"}, {"team", "x"}}),
      "2=1 3=1 4x ");
  EXPECT_EQ(told(store, {{"__name__", "ALERTS_FOR_STATE"}, {"alertname", "A"}, {"team", "x"}}),
            "1=660 2=660 3=660 4x ");
}

TEST(AlertEngine, LaterRulesSeeEarlierResultsOfTheSameRun) {
  SeriesStore store;
  AlertEngine engine(store,
                     rules_of("  - record: a:sum\n    expr: sum by (z) (a)\n    labels: {k: v, pod: \"\"}\n"
                              "  - alert: Big\n    expr: a:sum > 2\n"),
                     1min, Epoch{});
  store.append(store.intern({{"__name__", "a"}, {"pod", "1"}, {"z", "e"}}), 0, 1);
  store.append(store.intern({{"__name__", "a"}, {"pod", "2"}, {"z", "e"}}), 0, 2);
  const auto changes = engine.evaluate(minute(0));
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].labels, (Labels{{"alertname", "Big"}, {"k", "v"}, {"z", "e"}}));
  EXPECT_EQ(changes[0].value, 3);
}

TEST(AlertEngine, AnErrorLeavesAlertsAsTheyWere) {
  SeriesStore store;
  AlertEngine engine(
      store,
      rules_of(
          "  - alert: A\n    expr: a + on (x) b > 0\n  - alert: B\n    expr: a\n    labels: {pod: one}\n"),
      1min, Epoch{});
  EXPECT_EQ(engine.status(0, 0).health, "unknown");
  const SeriesId a = store.intern({{"__name__", "a"}, {"pod", "1"}}),
                 b = store.intern({{"__name__", "b"}, {"pod", "1"}});
  store.append(a, 0, 1);
  store.append(b, 0, 1);
  EXPECT_EQ(engine.evaluate(minute(0)).size(), 2u);
  EXPECT_EQ(engine.status(0, 0).health, "ok");
  store.append(store.intern({{"__name__", "b"}, {"pod", "2"}}), 60'000, 1);
  store.append(store.intern({{"__name__", "a"}, {"pod", "2"}}), 60'000, 1);
  EXPECT_THAT(engine.evaluate(minute(1)), IsEmpty());
  EXPECT_EQ(engine.status(0, 0).health, "err");
  EXPECT_THAT(engine.status(0, 0).last_error,
              testing::HasSubstr("found duplicate series for the match group {}"));
  EXPECT_EQ(engine.status(0, 1).last_error,
            "vector contains metrics with the same labelset after applying alert labels");
  EXPECT_EQ(engine.active().size(), 2u);
}

TEST(AlertEngine, TooManyAlertsClearTheRule) {
  auto groups = load_rules("groups:\n- name: g\n  limit: 1\n  rules:\n  - alert: A\n    expr: a\n", "r.yml");
  ASSERT_TRUE(groups);
  SeriesStore store;
  AlertEngine engine(store, *groups, 1min, Epoch{});
  store.append(store.intern({{"__name__", "a"}, {"pod", "1"}}), 0, 1);
  EXPECT_THAT(told(engine.evaluate(minute(0))), ElementsAre("A firing"));
  store.append(store.intern({{"__name__", "a"}, {"pod", "2"}}), 60'000, 1);
  EXPECT_THAT(told(engine.evaluate(minute(1))), ElementsAre("A firing", "A resolved", "A resolved"));
  EXPECT_EQ(engine.status(0, 0).last_error, "exceeded limit of 1 with 2 alerts");
  EXPECT_THAT(engine.active(), IsEmpty());
}

}  // namespace
}  // namespace muster
