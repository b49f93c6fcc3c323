// Hand-made drills: steady traffic with changes at stated seconds, and records in between. Ten users ask ten
// times a second, all of them seen in every second and every minute, so that results can be computed in the
// head.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "scoring/case_file.hpp"
#include "scoring/score.hpp"

namespace muster::drills {

inline SimTime at(int second) {
  return sim_start + second * 1s;
}
inline int minutes(int count) {
  return count * 60;
}

/// What ten requests of one second get.
struct Second {
  std::uint32_t requests = 10;
  std::uint32_t failed = 0;
  std::uint32_t slow = 0;       ///< of the ok ones
  SimDuration latency = 100ms;  ///< of those that are not slow
  SimDuration slow_latency = 800ms;
  std::string feature = "tasks";
  std::uint32_t arrivals = 10;

  TrafficFact fact() const {
    TrafficFact fact;
    fact.service = "app";
    fact.arrivals = arrivals;
    if (requests > 0)
      fact.endpoints = {{"GET /" + feature, feature, {requests - failed, 0, 0, failed, 0, 0}}};
    fact.slow = slow;
    fact.users_seen = requests;
    fact.users_affected = failed + slow;
    fact.users_seen_minute = 10;
    fact.users_affected_minute = failed + slow;
    if (requests > slow) fact.latency.add(latency, requests - slow);
    if (slow > 0) fact.latency.add(slow_latency, slow);
    return fact;
  }
};

inline Second failing(std::uint32_t of_ten) {
  return {10, of_ten};
}
inline Second quiet() {
  return {0, 0, 0, 100ms, 800ms, "tasks", 0};
}

inline const char* const rubric_text = R"({
  "severity": [
    {"name": "P0", "respondWithin": "15m", "updateEvery": "30m", "notify": ["ceo", "cto"], "clauses": [
      {"text": "outage", "outage": true}, {"text": "data", "dataAtRisk": true}, {"text": "breach", "intruderActive": true}]},
    {"name": "P1", "respondWithin": "30m", "updateEvery": "30m", "notify": ["cto"], "clauses": [
      {"text": "most users", "usersAffectedAbove": 0.5}, {"text": "errors > 10%", "errorRatioAbove": 0.1},
      {"text": "latency > 5x", "p95TimesNormalAbove": 5}, {"text": "critical feature", "criticalFeatureFailing": true}]},
    {"name": "P2", "respondWithin": "2h", "updateEvery": "2h", "clauses": [
      {"text": "errors 5-10%", "errorRatioAbove": 0.05, "errorRatioAtMost": 0.1},
      {"text": "agent type", "agentTypeFailing": true}, {"text": "feature", "featureFailing": true},
      {"text": "errors 1-5%", "errorRatioAbove": 0.01, "errorRatioAtMost": 0.05}]},
    {"name": "P3", "respondWithin": "24h", "clauses": [{"text": "warnings rise", "trendWorsening": true}]}],
  "criticalFeatures": ["tasks"], "hypothesisMatches": ["deploy", "v1.2.3"],
  "gates": ["restored", "noDataLost", "noPrematureClose", "noIntruder", "acknowledgedInTime", "declared"]})";

class Drill {
 public:
  explicit Drill(int seconds) : traffic_(static_cast<std::size_t>(seconds)) {}

  /// Traffic of the seconds (from, to].
  Drill& users(int from, int to, Second second) {
    for (int i = from; i < to; ++i) traffic_[static_cast<std::size_t>(i)] = second;
    return *this;
  }
  Drill& fact(int second, Fact fact) {
    bodies_.push_back({second, RecordBody(std::move(fact))});
    return *this;
  }
  Drill& request(int second, RequestRecord request) {
    bodies_.push_back({second, RecordBody(std::move(request))});
    return *this;
  }
  Drill& desk(int second, DeskAction action, std::string text = {}, std::string severity = {},
              std::vector<std::string> to = {}) {
    return fact(second,
                DeskFact{action, "responder-1", std::move(severity), std::move(to), std::move(text), 0});
  }
  Drill& fault(int second, bool active = true) {
    return fact(second, FaultFact{"fault-1", "deployment/set-image", "prod/app", active, "app:v1.2.3"});
  }
  Drill& page(int second) { return fact(second, PageFact{1, {"AllPodsDown"}, "on-call", "P0"}); }
  Drill& rubric(std::string json) {
    rubric_ = std::move(json);
    return *this;
  }

  /// As a journal would be read back: facts first, then the traffic of the second, then requests were already
  /// there.
  Journal journal() const {
    Journal journal;
    journal.header.scenario = "hand-made";
    journal.header.seed = 7;
    journal.header.horizon = at(static_cast<int>(traffic_.size()));
    journal.header.rubric_json = rubric_;
    add(journal, sim_start, journal.header);
    std::vector<std::pair<int, RecordBody>> bodies = bodies_;
    std::stable_sort(bodies.begin(), bodies.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::size_t next = 0;
    for (int second = 0; second <= static_cast<int>(traffic_.size()); ++second) {
      for (; next < bodies.size() && bodies[next].first == second; ++next)
        add(journal, at(second), bodies[next].second);
      if (second > 0) add(journal, at(second), Fact(traffic_[static_cast<std::size_t>(second - 1)].fact()));
    }
    const SimTime end = at(static_cast<int>(traffic_.size()));
    add(journal, end, Fact(EndFact{"horizon", "0123456789abcdef", 99}));
    journal.seal = {journal.records.size(), "head"};
    add(journal, end, journal.seal);
    return journal;
  }

  /// A run of the same length: users as given from `from` to the end, well before.
  Baseline baseline(const char* kind, int from = 0, Second second = {}) const {
    Baseline run{kind, {}};
    for (int i = 0; i < static_cast<int>(traffic_.size()); ++i)
      run.impact.add(at(i + 1), (i >= from ? second : Second{}).fact());
    return run;
  }

  /// Baselines: no fault = all served; nothing done = all failing from `fault` on.
  Baselines baselines(int fault = 60) const {
    return {"head", {baseline("no_fault"), baseline("nothing_done", fault, failing(10))}};
  }

  Scorecard score(int fault = 60) const {
    Result<Scorecard> card = score_drill(journal(), baselines(fault));
    EXPECT_TRUE(card) << card.error().text();
    return std::move(card).value();
  }

 private:
  static void add(Journal& journal, SimTime when, RecordBody body) {
    journal.records.push_back({journal.records.size(), when, std::move(body)});
  }

  std::vector<Second> traffic_;
  std::vector<std::pair<int, RecordBody>> bodies_;
  std::string rubric_ = rubric_text;
};

inline const Metric& metric(const Scorecard& card, const std::string& name) {
  for (const Metric& metric : card.metrics)
    if (metric.name == name) return metric;
  static const Metric none;
  ADD_FAILURE() << "no metric " << name;
  return none;
}

inline double value(const Scorecard& card, const std::string& name) {
  const Metric& found = metric(card, name);
  EXPECT_TRUE(found.value) << name << " is not defined";
  return found.value.value_or(-1);
}

inline const TaskScore& task(const Scorecard& card, const std::string& id) {
  for (const TaskScore& task : card.tasks)
    if (task.id == id) return task;
  static const TaskScore none;
  ADD_FAILURE() << "no task " << id;
  return none;
}

inline const GateResult& gate(const Scorecard& card, const std::string& name) {
  for (const GateResult& gate : card.gates)
    if (gate.name == name) return gate;
  static const GateResult none;
  ADD_FAILURE() << "no gate " << name;
  return none;
}

}  // namespace muster::drills
