// Ratings by fixed rules, every deduction with its records, and the one page that comes of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scoring/tasks.hpp"
#include "tests/unit/scoring/drill_builder.hpp"

namespace muster {
namespace {

using namespace drills;
using testing::HasSubstr;

Drill long_outage() {
  return Drill(minutes(45)).fault(minutes(2)).users(minutes(3), minutes(10), failing(10));
}

RequestRecord task_request(const char* verb, const char* path, int status = 200) {
  return {"responder-1", verb, path, "", "", status, {}};
}

Drill exemplary() {
  return long_outage()
      .page(minutes(4))
      .desk(minutes(5), DeskAction::acknowledged)
      .desk(minutes(4), DeskAction::declared, "all down", "P0")
      .desk(minutes(6), DeskAction::notified, "all down", "", {"ceo", "cto"})
      .desk(minutes(7), DeskAction::hypothesis, "the deploy of v1.2.3")
      .request(minutes(8), task_request("PATCH", "/apis/apps/v1/namespaces/prod/deployments/app"))
      .request(minutes(12), task_request("GET", "/api/v1/namespaces/prod/pods"))
      .desk(minutes(20), DeskAction::status_update, "recovering")
      .desk(minutes(26), DeskAction::resolved, "done")
      .desk(minutes(40), DeskAction::postmortem,
            "Timeline ... Impact ... Root cause ... Went well ... didn't ... Action items");
}

TEST(Tasks, AnExemplaryResponse) {
  const Scorecard card = exemplary().score(minutes(3));
  for (const char* id : {"mitigate", "resolve", "detect", "acknowledge", "verify_and_close", "communicate",
                         "notify", "postmortem", "diagnose", "act_safely"})
    EXPECT_EQ(task(card, id).rating, Rating::P) << id << ": " << task(card, id).why;
  EXPECT_EQ(task(card, "declare").rating, Rating::P) << task(card, "declare").why;
  EXPECT_EQ(task(card, "keep_data").rating, Rating::not_observed);
  EXPECT_TRUE(card.passed);
  EXPECT_TRUE(card.restored);
  EXPECT_GT(card.total, 900);
}

TEST(Tasks, NobodyResponds) {
  const Scorecard card = Drill(minutes(45))
                             .fault(minutes(2))
                             .users(minutes(3), minutes(45), failing(10))
                             .page(minutes(4))
                             .score(minutes(3));
  for (const char* id :
       {"mitigate", "resolve", "acknowledge", "declare", "notify", "diagnose", "communicate"})
    EXPECT_EQ(task(card, id).rating, Rating::U) << id << ": " << task(card, id).why;
  EXPECT_EQ(task(card, "act_safely").rating, Rating::not_observed);
  EXPECT_EQ(task(card, "verify_and_close").rating, Rating::not_observed);
  EXPECT_FALSE(card.passed);
  EXPECT_FALSE(card.restored);
  EXPECT_FALSE(gate(card, "restored").met);
  EXPECT_FALSE(gate(card, "acknowledgedInTime").met);
  EXPECT_FALSE(gate(card, "declared").met);
  EXPECT_TRUE(gate(card, "noPrematureClose").met);
}

TEST(Tasks, ADrillWithoutAFaultAsksForNothing) {
  const Scorecard card = Drill(minutes(45)).score(minutes(45));
  for (const TaskScore& task : card.tasks) EXPECT_EQ(task.rating, Rating::not_observed) << task.id;
  EXPECT_TRUE(card.sub_scores.empty());
  EXPECT_TRUE(card.passed);
  const Scorecard meddled = Drill(minutes(45))
                                .request(60, task_request("DELETE", "/api/v1/namespaces/prod/pods/app-1"))
                                .score(minutes(45));
  EXPECT_EQ(task(meddled, "act_safely").points, 700);
}

struct LossCase {
  const char* what;
  Drill drill;
  const char* id;
  int points;
};

TEST(Tasks, WhatCostsHowMuch) {
  const LossCase cases[] = {
      {"late acknowledgement", long_outage().page(minutes(4)).desk(minutes(19) + 1, DeskAction::acknowledged),
       "acknowledge", 400},
      {"in time to the second", long_outage().page(minutes(4)).desk(minutes(19), DeskAction::acknowledged),
       "acknowledge", 1000},
      {"detection in a third of 15 min", long_outage().page(minutes(8)), "detect", 1000},
      {"detection after more than that", long_outage().page(minutes(8) + 2), "detect", 750},
      {"one of two roles", long_outage().page(240).desk(300, DeskAction::notified, "", "", {"cto"}), "notify",
       500},
      {"two wrong guesses",
       long_outage()
           .page(240)
           .desk(300, DeskAction::hypothesis, "a")
           .desk(301, DeskAction::hypothesis, "b")
           .desk(302, DeskAction::hypothesis, "v1.2.3"),
       "diagnose", 800},
      {"only wrong guesses", long_outage().page(240).desk(300, DeskAction::hypothesis, "sunspots"),
       "diagnose", 0},
      {"a refused request",
       long_outage().request(300, task_request("PATCH", "/apis/apps/v1/namespaces/prod/deployments/x", 404)),
       "act_safely", 900},
      {"a secret deleted",
       long_outage().request(300, task_request("DELETE", "/api/v1/namespaces/prod/secrets/s")), "act_safely",
       700},
      {"a pod killed",
       long_outage().request(300,
                             task_request("DELETE", "/api/v1/namespaces/prod/pods/p?gracePeriodSeconds=0")),
       "act_safely", 900},
      {"a pod restarted",
       long_outage().request(300, task_request("DELETE", "/api/v1/namespaces/prod/pods/p")), "act_safely",
       1000},
      {"closed without a look", long_outage().desk(minutes(26), DeskAction::resolved), "verify_and_close",
       700},
      {"never closed", long_outage(), "verify_and_close", 600},
      {"a thin post-mortem",
       long_outage().desk(minutes(40), DeskAction::postmortem, "Timeline. Impact. Cause."), "postmortem",
       550},
  };
  for (const LossCase& c : cases) {
    const Scorecard card = c.drill.score(minutes(3));
    EXPECT_EQ(task(card, c.id).points, c.points) << c.what << ": " << task(card, c.id).why;
  }
}

TEST(Tasks, HalfTheAvoidableLossLeavesTheObjectiveMet) {
  // Fails 3:00 - 24:00 of 3:00 - 45:00: half was avoided. One more minute: less than half, but still
  // mitigated.
  EXPECT_EQ(task(Drill(minutes(45)).users(minutes(3), minutes(24), failing(10)).score(minutes(3)), "mitigate")
                .points,
            500);
  const TaskScore late =
      task(Drill(minutes(45)).users(minutes(3), minutes(30), failing(10)).score(minutes(3)), "mitigate");
  EXPECT_EQ(late.points, 500);
  EXPECT_EQ(late.rating, Rating::M);
}

TEST(Tasks, EveryDeductionCitesRecordsThatExist) {
  for (const Drill& drill :
       {exemplary(), long_outage(), long_outage().page(240), long_outage().desk(500, DeskAction::resolved)}) {
    const Journal journal = drill.journal();
    const Scorecard card = drill.score(minutes(3));
    for (const TaskScore& task : card.tasks) {
      int lost = 0;
      for (const Deduction& deduction : task.deductions) {
        EXPECT_FALSE(deduction.records.empty()) << task.id;
        for (std::uint64_t record : deduction.records) EXPECT_LT(record, journal.seal.records) << task.id;
        lost += deduction.points;
      }
      const bool observed = task.rating != Rating::not_observed;
      EXPECT_EQ(task.points, observed ? 1000 - lost : 0) << task.id;
      EXPECT_FALSE(task.why.empty()) << task.id;
    }
  }
}

TEST(TasksDeathTest, ADeductionWithoutARecordIsABug) {
  EXPECT_EXIT(TaskJudge("x", "x", "craft").deduct(1, "because", {}), testing::ExitedWithCode(3), "must cite");
}

TEST(Tasks, Bands) {
  const std::pair<int, Rating> cases[] = {{1000, Rating::P}, {800, Rating::P}, {799, Rating::S},
                                          {660, Rating::S},  {659, Rating::M}, {500, Rating::M},
                                          {499, Rating::U},  {0, Rating::U}};
  for (const auto& [points, rating] : cases) EXPECT_EQ(rating_of(points), rating) << points;
  EXPECT_STREQ(to_string(Rating::not_observed), "not_observed");
}

TEST(Tasks, GroupsAreWeighedAndEmptyOnesLeftOut) {
  const Scorecard card = long_outage().page(minutes(4)).score(minutes(3));
  int sum = 0, count = 0;
  for (const TaskScore& task : card.tasks)
    if (task.group == "process" && task.rating != Rating::not_observed) {
      sum += task.points;
      ++count;
    }
  ASSERT_GT(count, 0);
  std::map<std::string, int> sub(card.sub_scores.begin(), card.sub_scores.end());
  EXPECT_EQ(sub.at("process"), (2 * sum + count) / (2 * count));
  EXPECT_EQ(card.total, (50 * sub.at("outcome") + 30 * sub.at("process") + 20 * sub.at("craft") + 50) / 100);
  const Scorecard outcome_only =
      Drill(minutes(45)).users(minutes(3), minutes(10), failing(10)).score(minutes(3));
  EXPECT_EQ(std::count_if(outcome_only.sub_scores.begin(), outcome_only.sub_scores.end(),
                          [](const auto& entry) { return entry.first == "craft"; }),
            0);
}

TEST(Timeline, TellsWhatMatteredInOrder) {
  const Scorecard card =
      long_outage()
          .page(minutes(4))
          .request(250, task_request("GET", "/api/v1/namespaces/prod/pods"))
          .request(251, task_request("GET", "/api/v1/namespaces/prod/events"))
          .request(300, task_request("PATCH", "/apis/apps/v1/namespaces/prod/deployments/app?x=y"))
          .fact(310, RolloutFact{"prod", "app", RolloutChange::completed, 3})
          .fact(100, WorkloadFact{"Deployment", "prod", "app", 3, 3, 3, 3, 3, 1, ""})
          .fact(200, WorkloadFact{"Deployment", "prod", "app", 3, 3, 3, 0, 0, 2, ""})
          .fact(320, WorkloadFact{"Deployment", "prod", "app", 3, 3, 3, 3, 3, 3, ""})
          .desk(330, DeskAction::declared, "down", "P0")
          .score(minutes(3));
  std::vector<std::string> texts;
  for (const TimelineEntry& entry : card.timeline) texts.push_back(entry.text);
  EXPECT_THAT(texts, testing::ElementsAre("deployment/set-image strikes prod/app: app:v1.2.3",
                                          "tI: users begin to feel it", "app has no ready pod left (of 3)",
                                          "page 1 to on-call: AllPodsDown (P0)",
                                          "responder-1 reads pods in prod and 1 more",
                                          "responder-1 patches deployments/app in prod: 200",
                                          "rollout of app to revision 3 completed",
                                          "app has all 3 pods ready again", "responder-1 declares P0: down",
                                          "tM: mitigated; from here on users are served well"));
}

TEST(Score, NeedsItsOwnBaselines) {
  const Drill drill = long_outage();
  Baselines foreign = drill.baselines();
  foreign.head = "other";
  EXPECT_THAT(score_drill(drill.journal(), foreign).error().message, HasSubstr("another journal"));
  Baselines half = drill.baselines();
  half.runs.pop_back();
  EXPECT_THAT(score_drill(drill.journal(), half).error().message, HasSubstr("one is missing"));
  EXPECT_THAT(score_drill(Drill(60).rubric("{}").journal(), drill.baselines()).error().message,
              HasSubstr("rubric"));
}

TEST(Score, CarriesWhatTheDrillWas) {
  const Scorecard card = long_outage().score();
  EXPECT_EQ(card.scenario, "hand-made");
  EXPECT_EQ(card.seed, 7u);
  EXPECT_EQ(card.horizon, at(minutes(45)));
  EXPECT_EQ(card.end_reason, "horizon");
  EXPECT_EQ(card.fingerprint, "0123456789abcdef");
  EXPECT_EQ(card.seal_head, "head");
  EXPECT_EQ(card.model, model_version);
}

}  // namespace
}  // namespace muster
