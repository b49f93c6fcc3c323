// Every metric with numbers computed by hand. Ten users, all affected in a failing second.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scoring/metrics.hpp"
#include "tests/unit/scoring/drill_builder.hpp"

namespace muster {
namespace {

using namespace drills;

/// Fault at 2:00, everybody fails from 3:00 to 10:00, 40 minutes in all; nothing done: fails from 3:00 to the
/// end.
Drill outage() {
  return Drill(minutes(40)).fault(minutes(2)).users(minutes(3), minutes(10), failing(10));
}
Scorecard scored(const Drill& drill) {
  return drill.score(minutes(3));
}

TEST(Metrics, Impact) {
  const Scorecard card = scored(outage());
  EXPECT_DOUBLE_EQ(value(card, "user_minutes_lost"), 70) << "10 users x 7 minutes";
  EXPECT_DOUBLE_EQ(value(card, "user_minutes_lost_nothing_done"), 370) << "10 users x 37 minutes";
  EXPECT_DOUBLE_EQ(value(card, "avoided_loss"), 300.0 / 370.0);
  EXPECT_DOUBLE_EQ(value(card, "outage_minutes"), 7);
  EXPECT_DOUBLE_EQ(value(card, "worst_error_share"), 1);
  EXPECT_DOUBLE_EQ(value(card, "requests_failed"), 4200);
  EXPECT_NEAR(value(card, "error_budget_burned"), 4200 / (0.001 * 24000), 1e-9);
  EXPECT_DOUBLE_EQ(value(card, "data_lost"), 0);
  EXPECT_DOUBLE_EQ(value(card, "attacker_minutes"), 0);
}

TEST(Metrics, UsersLoseByTheirShare) {
  EXPECT_DOUBLE_EQ(value(scored(Drill(minutes(40)).users(0, 60, {10, 1, 2})), "user_minutes_lost"), 3);
  TrafficFact silent;  // nobody's request ended: the minute's share stands in
  silent.users_seen_minute = 8;
  silent.users_affected_minute = 6;
  EXPECT_EQ(lost_user_ms(silent), 6000u);
  TrafficFact third = Second{3, 1}.fact();
  third.users_seen_minute = 10;
  EXPECT_EQ(lost_user_ms(third), 3333u) << "rounded down";
}

TEST(Metrics, AvoidedLossCanBeHarmAndCanBeUndefined) {
  const Scorecard harm = Drill(minutes(40)).users(minutes(3), minutes(40), failing(10)).score(minutes(20));
  EXPECT_DOUBLE_EQ(value(harm, "avoided_loss"), (200.0 - 370.0) / 200.0);
  const Scorecard harmless = Drill(minutes(40)).score(minutes(40));
  EXPECT_FALSE(metric(harmless, "avoided_loss").value);
}

TEST(Metrics, AShortGapIsNoOutage) {
  EXPECT_DOUBLE_EQ(value(scored(Drill(minutes(40)).users(60, 119, failing(10))), "outage_minutes"), 0);
  EXPECT_DOUBLE_EQ(value(scored(Drill(minutes(40)).users(60, 120, failing(10))), "outage_minutes"), 1);
  EXPECT_DOUBLE_EQ(value(scored(Drill(minutes(40)).users(60, 180, quiet())), "outage_minutes"), 0)
      << "nobody asked";
}

TEST(Metrics, DataAndIntruder) {
  const Scorecard card = scored(Drill(minutes(40))
                                    .fact(60, DataFact{true, 5})
                                    .fact(120, DataFact{false, 2})
                                    .fact(minutes(5), IntruderFact{true, "a"})
                                    .fact(minutes(8), IntruderFact{true, "b"})
                                    .fact(minutes(11), IntruderFact{false, ""})
                                    .fact(minutes(38), IntruderFact{true, "c"}));
  EXPECT_DOUBLE_EQ(value(card, "data_lost"), 2);
  EXPECT_DOUBLE_EQ(value(card, "attacker_minutes"), 8);
  EXPECT_FALSE(gate(card, "noDataLost").met);
  EXPECT_FALSE(gate(card, "noIntruder").met);
}

TEST(Metrics, DataAtRiskAndAgents) {
  const Scorecard card = scored(Drill(minutes(40))
                                    .fact(minutes(2), DataFact{true, 0})
                                    .fact(minutes(5), DataFact{true, 7})
                                    .fact(minutes(6), DataFact{false, 7})
                                    .fact(minutes(10), AgentFact{"coder", true})
                                    .fact(minutes(12), AgentFact{"tester", true})
                                    .fact(minutes(15), AgentFact{"coder", false}));
  EXPECT_DOUBLE_EQ(value(card, "data_lost"), 7);
  EXPECT_DOUBLE_EQ(value(card, "data_at_risk_minutes"), 4) << "from 2:00 to 6:00";
  EXPECT_DOUBLE_EQ(value(card, "agent_minutes_failing"), 33) << "coder 5, tester 28 to the end";
  EXPECT_EQ(task(card, "keep_agents").points, 0) << "tester fails at the end";
  const Scorecard again = scored(Drill(minutes(40))
                                     .fact(minutes(10), AgentFact{"coder", true})
                                     .fact(minutes(16), AgentFact{"coder", false}));
  EXPECT_EQ(task(again, "keep_agents").points, 1000 - 100) << "6 of 30 minutes: a fifth of 500";
  const Scorecard none = scored(Drill(minutes(40)));
  for (const char* name : {"data_at_risk_minutes", "agent_minutes_failing", "intruder_steps",
                           "evidence_captured", "evidence_destroyed", "time_to_contain"})
    EXPECT_FALSE(metric(none, name).value) << name;
}

TEST(Metrics, UserMinutesAffectedCountHeads) {
  EXPECT_DOUBLE_EQ(value(scored(outage()), "user_minutes_affected"), 70) << "10 users x 420 s / 60";
  EXPECT_DOUBLE_EQ(value(scored(Drill(minutes(40)).users(0, 60, {10, 1, 2})), "user_minutes_affected"), 3);
}

EvidenceFact trace(const char* item, EvidenceChange change, std::uint32_t weight) {
  return {item, "pod/prod/app-1/app", change, weight};
}

/// Memory (weight 3) is captured, then lost; the log (2) is lost unread; the manifest (1) is still there.
Drill intrusion() {
  return Drill(minutes(40))
      .page(minutes(4))
      .fact(minutes(2), IntruderFact{true, "execution"})
      .fact(minutes(2), trace("memory", EvidenceChange::exists, 3))
      .fact(minutes(2), trace("log", EvidenceChange::exists, 2))
      .fact(minutes(3), IntruderFact{true, "discovery"})
      .fact(minutes(3), trace("manifest", EvidenceChange::exists, 1))
      .fact(minutes(6), trace("memory", EvidenceChange::captured, 3))
      .fact(minutes(9), trace("memory", EvidenceChange::destroyed, 3))
      .fact(minutes(9), trace("log", EvidenceChange::destroyed, 2))
      .fact(minutes(10), IntruderFact{false, ""});
}

TEST(Metrics, EvidenceAndContainment) {
  const Scorecard card = scored(intrusion());
  EXPECT_DOUBLE_EQ(value(card, "evidence_captured"), 3.0 / 6);
  EXPECT_DOUBLE_EQ(value(card, "evidence_destroyed"), 2.0 / 6);
  EXPECT_DOUBLE_EQ(value(card, "attacker_minutes"), 8);
  EXPECT_DOUBLE_EQ(value(card, "intruder_steps"), 2);
  EXPECT_DOUBLE_EQ(value(card, "time_to_contain"), 360) << "page at 4:00, out at 10:00";
  const TaskScore& kept = task(card, "keep_evidence");
  EXPECT_EQ(kept.points, 1000 - 333);
  ASSERT_EQ(kept.deductions.size(), 1u);
  EXPECT_EQ(kept.deductions[0].text, "log of pod/prod/app-1/app was gone before anybody read it");
  EXPECT_EQ(task(scored(Drill(minutes(40))), "keep_evidence").rating, Rating::not_observed);
  const Scorecard back = scored(intrusion().fact(minutes(30), IntruderFact{true, "again"}));
  EXPECT_FALSE(metric(back, "time_to_contain").value) << "it can act again";
}

TEST(Metrics, TheTimelineTellsOfHarm) {
  const Scorecard card =
      scored(intrusion().fact(minutes(12), DataFact{true, 7}).fact(minutes(13), AgentFact{"x", true}));
  std::vector<std::string> told;
  for (const TimelineEntry& entry : card.timeline)
    if (entry.what == "data" || entry.what == "intruder" || entry.what == "evidence" ||
        entry.what == "agents")
      told.push_back(entry.what + ": " + entry.text);
  EXPECT_THAT(told, testing::ElementsAre("intruder: intruder: execution", "intruder: intruder: discovery",
                                         "evidence: memory of pod/prod/app-1/app is captured",
                                         "evidence: memory of pod/prod/app-1/app is destroyed",
                                         "evidence: log of pod/prod/app-1/app is destroyed",
                                         "intruder: the intruder can no longer act",
                                         "data: committed writes missing: 7; data is at risk",
                                         "agents: agents of type x fail"));
}

TEST(Gates, EvidenceKept) {
  std::string rubric = rubric_text;
  rubric.replace(rubric.find("\"declared\""), 10, "\"evidenceKept\"");
  EXPECT_FALSE(gate(scored(intrusion().rubric(rubric)), "evidenceKept").met);
  EXPECT_TRUE(gate(scored(Drill(minutes(40)).rubric(rubric)), "evidenceKept").met);
}

TEST(Metrics, Times) {
  const Scorecard card = scored(outage()
                                    .page(minutes(4))
                                    .desk(minutes(5), DeskAction::acknowledged)
                                    .desk(minutes(6), DeskAction::declared, "", "P0")
                                    .desk(minutes(8), DeskAction::hypothesis, "v1.2.3"));
  EXPECT_DOUBLE_EQ(value(card, "time_to_detect"), 59);
  EXPECT_DOUBLE_EQ(value(card, "time_to_detect_from_fault"), 120);
  EXPECT_DOUBLE_EQ(value(card, "time_to_acknowledge"), 60);
  EXPECT_DOUBLE_EQ(value(card, "time_to_declare"), 120);
  EXPECT_DOUBLE_EQ(value(card, "time_to_correct_hypothesis"), 240);
  EXPECT_DOUBLE_EQ(value(card, "time_to_mitigate"), 419);
  EXPECT_DOUBLE_EQ(value(card, "time_to_resolve"), 419);
  EXPECT_FALSE(metric(card, "premature_close").value) << "never closed";
}

// A breach from 5:00 on is P0; mitigation never comes, since users feel nothing; closed at 15:00.
Drill breach() {
  return Drill(minutes(40))
      .fact(minutes(5), IntruderFact{true, ""})
      .page(minutes(5))
      .desk(minutes(15), DeskAction::resolved);
}

TEST(Metrics, SeverityAccuracy) {
  const auto accuracy = [](const Drill& drill) { return value(scored(drill), "severity_accuracy"); };
  const auto declared = [](const char* severity) {
    return breach().desk(minutes(5), DeskAction::declared, "", severity);
  };
  EXPECT_NEAR(accuracy(declared("P0")), 1, 1e-12);
  EXPECT_NEAR(accuracy(declared("P1")), 1 - 2.0 / 3, 1e-12) << "under-called by one of three";
  EXPECT_NEAR(accuracy(declared("P2")), 0, 1e-12) << "1 - 4/3, clamped";
  EXPECT_NEAR(accuracy(breach().desk(minutes(10), DeskAction::declared, "", "P0")), 1, 1e-12)
      << "silent for 5 minutes of the 15 that P0 gives";
  EXPECT_NEAR(accuracy(declared("P1").desk(minutes(10), DeskAction::declared, "", "P0")), 1 - 1.0 / 3, 1e-12);
  const Drill over = Drill(minutes(40))
                         .fact(minutes(5), AgentFact{"a", true})
                         .page(minutes(5))
                         .desk(minutes(5), DeskAction::declared, "", "P0")
                         .desk(minutes(15), DeskAction::resolved);
  EXPECT_NEAR(accuracy(over), 1 - 2.0 / 3, 1e-12) << "over-called by two of three, weight 1";
  EXPECT_FALSE(metric(scored(Drill(minutes(40)).page(60)), "severity_accuracy").value) << "no true level";
}

TEST(Metrics, UpdateCadence) {
  const auto cadence = [](const Drill& drill) { return value(drill.score(), "update_cadence"); };
  const auto open_hour = [] {  // declared at 10:00, closed at 70:00: an hour
    return Drill(minutes(75))
        .desk(minutes(10), DeskAction::declared, "", "P0")
        .desk(minutes(70), DeskAction::resolved);
  };
  EXPECT_NEAR(cadence(open_hour()), 0.5, 1e-12) << "one gap of 60 min, 30 too long";
  EXPECT_NEAR(cadence(open_hour().desk(minutes(40), DeskAction::status_update)), 1, 1e-12);
  EXPECT_NEAR(cadence(open_hour().desk(minutes(25), DeskAction::message)), 1 - 15.0 / 60, 1e-12) << "15 + 45";
  EXPECT_NEAR(cadence(open_hour().desk(minutes(20), DeskAction::declared, "", "P2")), 0.5, 1e-12)
      << "a declaration is no update; the gap began under P0";
  EXPECT_FALSE(metric(Drill(minutes(40)).score(), "update_cadence").value);
}

TEST(Metrics, Notification) {
  const Drill card = outage().page(minutes(4));
  const auto told = [&](int second, std::vector<std::string> to) {
    return scored(Drill(card).desk(second, DeskAction::notified, "", "", std::move(to)));
  };
  EXPECT_DOUBLE_EQ(value(told(minutes(5), {"@CEO", "CTO"}), "notification_recall"), 1);
  EXPECT_DOUBLE_EQ(value(told(minutes(5), {"cto", "legal"}), "notification_recall"), 0.5);
  EXPECT_DOUBLE_EQ(value(told(minutes(5), {"cto", "legal"}), "notification_precision"), 0.5);
  EXPECT_DOUBLE_EQ(value(told(minutes(19), {"ceo", "cto"}), "notification_recall"), 1)
      << "15 min after the page";
  EXPECT_DOUBLE_EQ(value(told(minutes(19) + 1, {"ceo", "cto"}), "notification_recall"), 0);
  EXPECT_FALSE(metric(scored(card), "notification_precision").value);
}

RequestRecord metric_request(const char* verb, const char* path, int status = 200,
                             std::vector<std::string> clues = {}, const char* actor = "responder-1") {
  return {actor, verb, path, "", "", status, std::move(clues)};
}

TEST(Metrics, Actions) {
  const Scorecard card = scored(
      outage()
          .request(250, metric_request("GET", "/api/v1/namespaces/prod/pods", 200, {"pod/CrashLoopBackOff"}))
          .request(251, metric_request("GET", "/api/v1/namespaces/prod/pods", 200,
                                       {"pod/CrashLoopBackOff", "log/config"}))
          .request(252, metric_request("GET", "/api/v1/namespaces/prod/pods/nope", 404))
          .request(253, metric_request("PATCH", "/apis/apps/v1/namespaces/prod/deployments/app"))
          .request(254, metric_request("DELETE", "/api/v1/namespaces/prod/pods/app-1", 403))
          .request(255, metric_request("POST", "/desk/v1/messages"))
          .request(256, metric_request("POST", "/prometheus/api/v1/query"))
          .request(257, metric_request("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", 201))
          .request(258, metric_request("PATCH", "/api/v1/nodes/n", 200, {}, "facilitator"))
          .desk(300, DeskAction::hypothesis, "a bad deploy")
          .request(301, metric_request("GET", "/x", 200, {"too late"}))
          .fact(302, ResponderFact{"runbook:r.md", ResponderChange::cannot_run, "r.md", 7, "gcloud"})
          .fact(303, ResponderFact{"runbook:r.md", ResponderChange::needs_judgement, "r.md", 9, "or wait"}));
  EXPECT_DOUBLE_EQ(value(card, "mutating_actions"), 2);
  EXPECT_DOUBLE_EQ(value(card, "refused_requests"), 2);
  EXPECT_DOUBLE_EQ(value(card, "commands_not_run"), 1);
  EXPECT_DOUBLE_EQ(value(card, "evidence_seen"), 2);
  EXPECT_EQ(metric(card, "mutating_actions").records.size(), 2u);
  EXPECT_THAT(card.findings, testing::ElementsAre("r.md:7: gcloud"));
  EXPECT_THAT(card.judgements, testing::ElementsAre("r.md:9: or wait"));
}

TEST(Metrics, EachHasUnitMeaningAndGroup) {
  for (const Metric& metric : scored(outage()).metrics) {
    EXPECT_FALSE(metric.unit.empty() || metric.meaning.empty() || metric.group.empty()) << metric.name;
    EXPECT_TRUE(metric.meaning.ends_with(".")) << metric.name;
  }
}

}  // namespace
}  // namespace muster
