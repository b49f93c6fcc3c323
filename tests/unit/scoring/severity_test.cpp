// True severity by the rubric's clauses: each clause, each boundary, each gap.
#include <gtest/gtest.h>

#include "tests/unit/scoring/drill_builder.hpp"

namespace muster {
namespace {

using namespace drills;

std::vector<SeveritySpan> truth_of(const Drill& drill) {
  const Journal journal = drill.journal();
  const Baseline no_fault = drill.baseline("no_fault");
  return severity_truth(journal, UserSeries(journal), parse_rubric(rubric_text).value(), &no_fault);
}

/// Severity and clause at a second.
std::string at_second(const std::vector<SeveritySpan>& truth, int second) {
  for (const SeveritySpan& span : truth)
    if (span.from <= at(second) && at(second) < span.to)
      return span.severity.empty() ? "-" : span.severity + ": " + span.clause;
  return "no span";
}

struct ClauseCase {
  const char* what;
  Second users;
  const char* expected;
};

// Every second from 60 s on is alike, so at 150 s the whole window is.
TEST(Severity, TheHighestClauseThatHolds) {
  const ClauseCase cases[] = {
      {"nothing wrong", {}, "-"},
      {"everybody fails", failing(10), "P0: outage"},
      {"nobody is answered though they ask", {0, 0, 0, 100ms, 800ms, "tasks", 10}, "P0: outage"},
      {"nobody asks", quiet(), "-"},
      {"six of ten users", {10, 1, 5}, "P1: most users"},
      {"exactly half the users is not more than half", {10, 0, 5, 100ms, 400ms}, "-"},
      {"half of the requests", failing(5), "P1: errors > 10%"},
      {"exactly 10% of errors", failing(1), "P2: errors 5-10%"},
      {"p95 of 800 ms against 100 ms", {10, 0, 1}, "P1: latency > 5x"},
      {"p95 of 400 ms is within 5 times normal", {10, 0, 1, 100ms, 400ms}, "-"},
      {"six of a hundred requests", {100, 6}, "P2: errors 5-10%"},
      {"exactly 5%: the gap's level", {100, 5}, "P2: errors 1-5%"},
      {"2%: the gap's level", {100, 2}, "P2: errors 1-5%"},
      {"exactly 1% is what recovery allows", {100, 1}, "-"},
  };
  for (const ClauseCase& c : cases)
    EXPECT_EQ(at_second(truth_of(Drill(180).users(60, 180, c.users)), 150), c.expected) << c.what;
}

struct FactCase {
  const char* what;
  Fact fact;
  const char* expected;
};

TEST(Severity, FactsBesidesTraffic) {
  const FactCase cases[] = {{"at risk", DataFact{true, 0}, "P0: data"},
                            {"lost", DataFact{false, 3}, "P0: data"},
                            {"safe", DataFact{false, 0}, "-"},
                            {"inside", IntruderFact{true, "T1552"}, "P0: breach"},
                            {"out", IntruderFact{false, ""}, "-"},
                            {"agent", AgentFact{"reviewer", true}, "P2: agent type"},
                            {"agent works", AgentFact{"reviewer", false}, "-"},
                            {"warning", WarningFact{"Pod prod/app", "BackOff", "", 1}, "P3: warnings rise"}};
  for (const FactCase& c : cases)
    EXPECT_EQ(at_second(truth_of(Drill(120).fact(60, c.fact)), 90), c.expected) << c.what;
}

TEST(Severity, WhatIsOverNoLongerCounts) {
  const auto truth = truth_of(Drill(200)
                                  .fact(60, IntruderFact{true, "x"})
                                  .fact(90, IntruderFact{false, "x"})
                                  .fact(120, AgentFact{"a", true})
                                  .fact(130, AgentFact{"b", true})
                                  .fact(140, AgentFact{"a", false})
                                  .fact(160, AgentFact{"b", false}));
  EXPECT_EQ(at_second(truth, 59), "-");
  EXPECT_EQ(at_second(truth, 60), "P0: breach");
  EXPECT_EQ(at_second(truth, 89), "P0: breach");
  EXPECT_EQ(at_second(truth, 90), "-");
  EXPECT_EQ(at_second(truth, 150), "P2: agent type");
  EXPECT_EQ(at_second(truth, 160), "-");
}

/// Nine good requests of another feature beside the failing ones, so that only the feature decides.
TrafficFact two_features(const std::string& feature, std::uint32_t failed, std::uint32_t of) {
  TrafficFact fact = Second{990}.fact();
  fact.endpoints[0].feature = "other";
  fact.endpoints.push_back({"POST /" + feature, feature, {of - failed, 0, failed, 0, 0, 0}});
  return fact;
}

std::string feature_severity(const std::string& feature, std::uint32_t failed, std::uint32_t of,
                             int seconds) {
  Drill drill(200);
  drill.users(60, 200, {0, 0, 0, 100ms, 800ms, "tasks", 0});
  for (int second = 61; second <= 60 + seconds; ++second)
    drill.fact(second, two_features(feature, failed, of));
  return at_second(truth_of(drill), 61 + seconds);
}

TEST(Severity, AFeatureFailsAboveHalfOfItsRequests) {
  EXPECT_EQ(feature_severity("tasks", 6, 10, 60), "P1: critical feature");
  EXPECT_EQ(feature_severity("tasks", 5, 10, 60), "-");
  EXPECT_EQ(feature_severity("export", 6, 10, 60), "P2: feature");
  EXPECT_EQ(feature_severity("export", 1, 1, 4), "-") << "too few requests to say";
  EXPECT_EQ(feature_severity("export", 1, 1, 5), "P2: feature");
}

TEST(Severity, ATrendComparesFifteenMinutesWithTheFifteenBefore) {
  Drill drill(minutes(50));
  for (int i = 0; i < 3; ++i) drill.fact(minutes(1) + i, WarningFact{"Pod", "x", "", 1});
  for (int i = 0; i < 2; ++i) drill.fact(minutes(20) + i, WarningFact{"Pod", "x", "", 1});
  const auto truth = truth_of(drill);
  EXPECT_EQ(at_second(truth, minutes(10)), "P3: warnings rise");
  EXPECT_EQ(at_second(truth, minutes(17)), "-") << "none in the last fifteen";
  EXPECT_EQ(at_second(truth, minutes(25)), "-") << "two after three";
  EXPECT_EQ(at_second(truth, minutes(32)), "P3: warnings rise") << "two after none";
}

TEST(Severity, SpansFollowEachOtherFromStartToEnd) {
  const auto truth = truth_of(Drill(300).users(60, 120, failing(10)));
  ASSERT_FALSE(truth.empty());
  EXPECT_EQ(truth.front().from, sim_start);
  EXPECT_EQ(truth.back().to, at(300));
  for (std::size_t i = 1; i < truth.size(); ++i) {
    EXPECT_EQ(truth[i].from, truth[i - 1].to);
    EXPECT_TRUE(truth[i].severity != truth[i - 1].severity || truth[i].clause != truth[i - 1].clause);
  }
}

// 60 s window: the outage is complete only when the last good second has left it.
TEST(Severity, TheWindowTrails) {
  const auto truth = truth_of(Drill(300).users(60, 180, failing(10)));
  EXPECT_EQ(at_second(truth, 61), "P2: errors 1-5%") << "10 of 600";
  EXPECT_EQ(at_second(truth, 67), "P1: errors > 10%") << "70 of 600";
  EXPECT_EQ(at_second(truth, 91), "P1: most users") << "310 of 600";
  EXPECT_EQ(at_second(truth, 119), "P1: most users");
  EXPECT_EQ(at_second(truth, 120), "P0: outage");
  EXPECT_EQ(at_second(truth, 180), "P0: outage");
  EXPECT_EQ(at_second(truth, 181), "P1: most users");
  EXPECT_EQ(at_second(truth, 240), "-");
}

}  // namespace
}  // namespace muster
