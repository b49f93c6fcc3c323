// Synthetic people: beliefs, profiles, and one incident on a small stage.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "responders/human/belief.hpp"
#include "responders/human/human_responder.hpp"
#include "responders/human/human_run.hpp"
#include "tests/unit/responders/fake_host.hpp"

namespace muster::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string profile_text = R"(muster: 1
profile: quick
skill: 0
typo: 0
wrongNamespace: 0
actAbove: 0.8
stages:
  acknowledge: {median: 1m}
  keyboard: {median: 2m}
  diagnoseByRunbook: {median: 4m}
  diagnoseByKnowledge: {median: 20m}
  read: {median: 20s}
  type: {median: 10s}
  look: {median: 10s}
  statusUpdate: {median: 1m}
  settle: {median: 3m}
night: {from: 0, to: 0}
variables: {app: web}
healthy: up == 1
causes:
  - {name: release, prior: 1, hypothesis: 'the release of {{ app }}', sections: [roll back], improvise: ['echo undo {{ app }}']}
  - {name: config, prior: 1, hypothesis: the configuration, sections: [configuration]}
looks:
  - run: echo it crashed with an ImportError
    signs: [{matches: ImportError, likely: {release: 0.99}, otherwise: 0.01}]
  - query: rate(x[5m]) > 3
    signs: [{matches: nothing, likely: {config: 0.6}, otherwise: 0.5}]
)";

HumanProfile profile_of(const std::string& text) {
  auto profile = read_human_profile(text, "quick.yaml");
  EXPECT_TRUE(profile) << profile.error().text();
  return profile ? *profile : HumanProfile{};
}

HumanPlan plan_of(const char* runbook) {
  HumanPlan plan;
  plan.profile = profile_of(profile_text);
  plan.runbook = read_runbook(runbook, "r.md");
  plan.name = "human:quick.yaml";
  return plan;
}

const char* const nothing = R"({"status":"success","data":{"resultType":"vector","result":[]}})";
const char* const something =
    R"({"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[0,"1"]}]}})";

struct Played {
  std::vector<std::string> told;
  SimTime acted{};
};

Played play(FakeHost& host, HumanPlan plan, const char* health) {
  host.answer("GET /desk/v1/pages", R"({"pages":[{"page":1,"alerts":["Down"],"priority":"P0"}]})");
  host.answer("POST /desk/v1/pages/1/acknowledge", "{}");
  for (const char* path : {"severity", "status", "hypotheses", "notifications", "resolve"})
    host.answer(std::string("POST /desk/v1/") + path, "{}");
  host.answer("GET /api/v1/query?query=up%20%3D%3D%201", health);
  host.answer("GET /api/v1/query?query=rate%28x%5B5m%5D%29%20%3E%203", nothing);
  host.page_at(sim_start + 10min);
  HumanResponder person("responder-1", std::move(plan));
  Task<void> playing = person.play(host);
  playing.start();
  host.run_until(sim_start + 3h);
  Played played;
  for (const ResponderFact& fact : host.facts) played.told.push_back(fact.text);
  return played;
}

TEST(Belief, IsBayesRule) {
  const std::vector<PossibleCause> causes{{"a", 3, "", {}, {}}, {"b", 1, "", {}, {}}};
  Belief belief(causes);
  EXPECT_THAT(belief.probabilities(), ElementsAre(0.75, 0.25));
  belief.learn(Sign{"x", {{"a", 0.2}}, 0.8}, true);  // 0.75 * 0.2 : 0.25 * 0.8 = 0.15 : 0.2
  EXPECT_NEAR(belief.probabilities()[0], 3.0 / 7, 1e-12);
  belief.learn(Sign{"x", {{"a", 0.2}}, 0.8}, false);  // 3 * 0.8 : 4 * 0.2
  EXPECT_NEAR(belief.probabilities()[0], 0.75, 1e-12);
  EXPECT_EQ(belief.draw(0.74), 0u);
  EXPECT_EQ(belief.draw(0.76), 1u);
  belief.discount(0, 0.1);
  EXPECT_NEAR(belief.probabilities()[0], 0.075 / 0.325, 1e-12);
}

TEST(HumanProfile, Mistakes) {
  const auto error = [](const std::string& from, const std::string& to) {
    std::string text = profile_text;
    text.replace(text.find(from), from.size(), to);
    const auto read = read_human_profile(text, "p.yaml");
    return read ? "read" : read.error().text();
  };
  EXPECT_THAT(error("acknowledge:", "acknowlege:"), HasSubstr("did you mean \"acknowledge\""));
  EXPECT_THAT(error("{release: 0.99}", "{relaese: 0.9}"), HasSubstr("unknown cause \"relaese\""));
  EXPECT_THAT(error("release: 0.99", "release: 1"), HasSubstr("both excluded"));
  EXPECT_THAT(error("actAbove: 0.8", "actAbove: 8"), HasSubstr("p.yaml:6:11"));
}

TEST(HumanPlay, FollowsTheSectionForWhatItBelieves) {
  FakeHost host;
  host.seed = 3;
  const Played played = play(host, plan_of("# Roll back\n```\necho rolled back\ntrue\n```\n"), something);
  EXPECT_THAT(played.told, Contains("page 1"));
  EXPECT_THAT(played.told, Contains(testing::StartsWith("believes release (99 %)")));
  EXPECT_THAT(played.told, Contains("hypothesis \"the release of web\""));
  EXPECT_THAT(played.told, Contains("follows \"Roll back\""));
  EXPECT_THAT(played.told, Contains("true"));
  EXPECT_EQ(played.told.back(), "resolved");
}

TEST(HumanPlay, WithoutASectionItThinksLongerAndImprovises) {
  FakeHost with, without;
  with.seed = without.seed = 3;
  play(with, plan_of("# Roll back\n```\ntrue\n```\n"), something);
  const Played played = play(without, plan_of("# Something else\n```\ntrue\n```\n"), something);
  EXPECT_THAT(played.told, Contains("the runbook has nothing for release"));
  EXPECT_THAT(played.told, Contains("echo undo web"));
  EXPECT_GE(without.request_times.back() - with.request_times.back(), 19min);
}

TEST(HumanPlay, WhatDoesNotHelpIsBelievedLessAndInTheEndHandedOver) {
  FakeHost host;
  host.seed = 3;
  const Played played = play(host, plan_of("# Roll back\n```\ntrue\n```\n"), nothing);
  EXPECT_THAT(played.told, Contains("that did not help: release"));
  EXPECT_THAT(played.told, Contains("that did not help: config"));
  EXPECT_EQ(played.told.back(), "handed over");
}

std::string with_effect(const std::string& command) {
  std::string text = profile_text;
  const std::string end = "improvise: ['echo undo {{ app }}']";
  text.replace(text.find(end), end.size(), end + ", effect: '" + command + "', instead: [echo further back]");
  return text;
}

TEST(HumanPlay, ACureThatChangesNothingIsTakenFurtherAndSaysNothingOfTheCause) {
  FakeHost host;
  host.seed = 3;
  HumanPlan plan = plan_of("# Roll back\n```\ntrue\n```\n");
  plan.profile = profile_of(with_effect("echo the same image"));
  const Played played = play(host, std::move(plan), nothing);
  EXPECT_THAT(played.told, Contains("the cure for release has changed nothing"));
  EXPECT_GE(std::count(played.told.begin(), played.told.end(), "echo further back"), human_further);
}

TEST(HumanPlay, ACureThatHadItsEffectIsNotTakenFurther) {
  FakeHost host;
  host.seed = 3;
  HumanPlan plan = plan_of("# Roll back\n```\ntrue\n```\n");
  plan.profile = profile_of(with_effect("date"));  // another output each time
  const Played played = play(host, std::move(plan), nothing);
  EXPECT_THAT(played.told, testing::Not(Contains("echo further back")));
  EXPECT_THAT(played.told, Contains("that did not help: release"));
}

TEST(HumanPlay, WithoutAnythingElseToDoTheCauseIsBelievedLess) {
  FakeHost host;
  host.seed = 3;
  HumanPlan plan = plan_of("# Roll back\n```\ntrue\n```\n");
  plan.profile = profile_of(with_effect("echo the same image"));
  plan.profile.causes[0].instead = {"echo back to <revision>"};  // no history was seen
  const Played played = play(host, std::move(plan), nothing);
  EXPECT_THAT(played.told, Contains("that did not help: release"));
  EXPECT_EQ(played.told.back(), "handed over");
}

TEST(HumanPlay, ALaterPagerShiftsEverythingByItsDelay) {
  FakeHost early, late;
  early.seed = late.seed = 5;
  HumanPlan delayed = plan_of("# Roll back\n```\ntrue\n```\n");
  delayed.profile.pager_delay = 7min;
  play(early, plan_of("# Roll back\n```\ntrue\n```\n"), something);
  play(late, std::move(delayed), something);
  EXPECT_EQ(late.request_times.back() - early.request_times.back(), SimDuration(7min));
}

}  // namespace
}  // namespace muster::test
