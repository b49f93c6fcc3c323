#include "tests/unit/reports/sample.hpp"

#include <algorithm>

namespace muster {
namespace {

constexpr SimTime fault_at = sim_start + 10min, healed_at = sim_start + 21min, end_at = sim_start + 40min;

SimTime minute(double minutes) {
  return sim_start + duration_from_seconds(minutes * 60);
}

void add(Journal& journal, SimTime at, Fact fact) {
  journal.records.push_back({journal.records.size(), at, RecordBody{std::move(fact)}});
}

TrafficFact traffic(SimTime at) {
  TrafficFact fact;
  fact.service = "autonomous-dev";
  fact.arrivals = 270;
  EndpointTraffic tasks{"GET /api/v1/tasks", "tasks", {}};
  const auto set = [&](Outcome outcome, std::uint32_t count) {
    tasks.outcomes[static_cast<std::size_t>(outcome)] = count;
  };
  const bool is_degraded = at > fault_at && at <= fault_at + 30s;
  const bool is_out = at > fault_at + 30s && at <= healed_at;
  const auto wobble = static_cast<std::uint32_t>(nanoseconds_of(at) / 1'000'000'000 * 7919 % 23);
  set(Outcome::client_error, 3);
  fact.users_seen = 200;
  fact.users_seen_minute = 5000;
  if (is_out) {
    set(Outcome::unavailable, 240 + wobble);
    set(Outcome::timeout, 10);
    fact.latency.add(2ms, 240 + wobble);
    fact.latency.add(10s, 30);
    fact.users_affected = fact.users_seen;
    fact.users_affected_minute = fact.users_seen_minute;
  } else {
    set(Outcome::ok, 250 + wobble);
    set(Outcome::reset, is_degraded ? 40 : 0);
    set(Outcome::server_error, is_degraded ? 15 : 0);
    fact.slow = is_degraded ? 100 : 0;
    fact.users_affected_minute = is_degraded ? 1500 : 0;
    fact.latency.add(45ms, 240);
    fact.latency.add(is_degraded ? 1800ms : 120ms + wobble * 2ms, 20 + wobble);
  }
  fact.endpoints.push_back(tasks);
  return fact;
}

WorkloadFact workload(int ready, std::int64_t revision) {
  WorkloadFact fact{"Deployment", "autonomous-dev-prod", "autonomous-dev", 3, 3, 3, ready, ready, revision,
                    "app:1"};
  return fact;
}

void add_events(Journal& journal, SimTime at) {
  if (at == minute(0.05)) add(journal, at, workload(3, 4));
  if (at == fault_at)
    add(journal, at,
        FaultFact{"fault-1", "deployment/set-image", "autonomous-dev-prod/autonomous-dev", true, "v2.4.0"});
  if (at == fault_at + 10s) add(journal, at, workload(3, 5));
  for (int gone = 1; gone <= 3; ++gone)
    if (at == fault_at + gone * 10s) add(journal, at, workload(3 - gone, 5));
  if (at == minute(12)) add(journal, at, PageFact{1, {"HighErrorRate"}, "on-call", "P0"});
  if (at == minute(20)) add(journal, at, workload(0, 6));
  for (int up = 1; up <= 3; ++up)
    if (at == healed_at - 30s + up * 10s) add(journal, at, workload(up, 6));
  if (at == healed_at) add(journal, at, FaultFact{"fault-1", "deployment/set-image", "x", false, ""});
}

Journal journal_of_outage() {
  Journal journal;
  journal.header.scenario = "bad-deploy";
  journal.header.rubric_json = "{}";
  journal.records.push_back({0, sim_start, RecordBody{journal.header}});
  for (SimTime at = sim_start + 1s; at <= end_at; at += 1s) {
    add_events(journal, at);
    add(journal, at, traffic(at));
  }
  return journal;
}

std::uint64_t record_of_page(const Journal& journal) {
  for (const Record& record : journal.records)
    if (record.fact<PageFact>()) return record.number;
  return 0;
}

Timestamps timestamps() {
  Timestamps t;
  t.t0 = fault_at;
  t.tI = minute(10.5);
  t.tP = minute(12);
  t.tD = minute(12);
  t.tK = minute(13.5);
  t.tN = minute(16);
  t.tC = {minute(17), minute(24)};
  t.tM = healed_at;
  t.tR = healed_at;
  t.tX = minute(38);
  return t;
}

std::vector<Metric> metrics() {
  return {
      {"user_minutes_lost", "impact", 48210.5, "user-minutes", "Minutes in which a user met a failure.", {}},
      {"error_budget_burned", "impact", 2.31, "ratio", "Bad requests over those the objective allows.", {}},
      {"time_to_detect", "time", 90.0, "s", "From the start of impact to the first true page.", {}},
      {"time_to_hypothesis",
       "time",
       std::nullopt,
       "s",
       "From detection to the first correct hypothesis.",
       {}},
      {"pages_sent", "communication", 1.0, "count", "Pages delivered to people.", {}}};
}

std::vector<TaskScore> tasks(std::uint64_t page) {
  return {{"restore-service",
           "Users are served again within 30 minutes",
           "outcome",
           Rating::P,
           1000,
           "Impact lasted 10m30s.",
           {}},
          {"declare",
           "The incident is declared with its true severity",
           "process",
           Rating::S,
           800,
           "Declared P1, true was P0.",
           {{"severity called one level too low for 4 minutes", 200, {page, 640}}}},
          {"updates", "A status update goes out every 30 minutes", "process", Rating::P, 1000, "", {}},
          {"hypothesis",
           "A correct hypothesis is written down",
           "craft",
           Rating::U,
           0,
           "No hypothesis was posted.",
           {{"no hypothesis before the incident was closed", 1000, {2300}}}},
          {"evidence",
           "Logs are kept before pods are deleted",
           "craft",
           Rating::not_observed,
           0,
           "Nothing was deleted.",
           {}}};
}

std::vector<TimelineEntry> timeline(std::uint64_t page) {
  return {{fault_at, "fault", "deployment/set-image on autonomous-dev-prod/autonomous-dev: v2.4.0", 601},
          {fault_at, "milestone", "t0: fault active", 601},
          {minute(12), "page", "page 1 (P0) to on-call: HighErrorRate", page},
          {minute(13.5), "desk", "on-call acknowledged page 1", 830},
          {minute(16), "desk", "on-call declared P1", 990},
          {minute(19), "responder", "kubectl rollout undo deployment/autonomous-dev -n autonomous-dev-prod",
           1180},
          {healed_at, "milestone", "tM: mitigated", 1310}};
}

Baselines baselines() {
  Baselines made;
  Baseline run{"no_fault", {}};
  for (int i = 0; i < 40; ++i) {
    MinuteImpact minute_impact;
    minute_impact.ended = 1000;
    minute_impact.latency.add(130ms + i % 5 * 4ms, 1000);
    run.impact.minutes.push_back(minute_impact);
  }
  made.runs.push_back(run);
  return made;
}

}  // namespace

Sample sample_drill() {
  Sample sample;
  sample.journal = journal_of_outage();
  sample.baselines = baselines();
  const std::uint64_t page = record_of_page(sample.journal);
  Scorecard& card = sample.card;
  card.scenario = "bad-deploy";
  card.epoch = "2025-11-01T14:20:00Z";
  card.seed = 42;
  card.horizon = end_at;
  card.responders = {"runbook:runbook.md#Rollback Deployment"};
  card.end_reason = "horizon";
  card.fingerprint = "0123456789abcdef";
  card.restored = true;
  card.restored_why = "Error share under 1 % and p95 under 500 ms in each of the last 15 minutes.";
  card.passed = false;
  card.timestamps = timestamps();
  card.metrics = metrics();
  card.tasks = tasks(page);
  card.gates = {
      {"restored", true, "Users were served in each of the last 15 minutes.", {}},
      {"no_data_lost", true, "No committed write is missing.", {}},
      {"no_premature_close", false, "Closed 17 minutes after mitigation; users failed again.", {page}}};
  card.sub_scores = {{"outcome", 1000}, {"process", 900}, {"craft", 0}};
  card.total = 770;
  card.severity_truth = {{minute(10), minute(10.5), "P1", "Error rate > 10%"},
                         {minute(10.5), healed_at, "P0", "Complete outage"},
                         {healed_at, end_at, "", ""}};
  card.severity_gaps = "Between 1 % and 5 % errors the definitions say nothing; read as P3.";
  card.timeline = timeline(page);
  card.findings = {"runbook.md:212: `ssh node-3` cannot be run: there is no shell on nodes in this system"};
  card.seal_records = sample.journal.records.size();
  card.seal_head = std::string(64, 'e');
  card.model = 1;
  return sample;
}

Sample empty_drill() {
  Sample sample;
  sample.card.scenario = "nothing";
  return sample;
}

Sample sample_with(const std::string& text) {
  Sample sample = sample_drill();
  Scorecard& card = sample.card;
  for (std::string* field : {&card.scenario, &card.epoch, &card.end_reason, &card.fingerprint,
                             &card.restored_why, &card.severity_gaps, &card.seal_head, &card.signature})
    *field = text;
  card.responders = {text};
  card.findings = {text};
  card.sub_scores = {{text, 500}};
  for (Metric& metric : card.metrics) metric.name = metric.group = metric.unit = metric.meaning = text;
  for (GateResult& gate : card.gates) gate.name = gate.why = text;
  for (SeveritySpan& span : card.severity_truth) span.severity = span.clause = text;
  for (TimelineEntry& entry : card.timeline) entry.what = entry.text = text;
  for (TaskScore& task : card.tasks) {
    task.id = task.objective = task.group = task.why = text;
    for (Deduction& deduction : task.deductions) deduction.text = text;
  }
  for (Record& record : sample.journal.records)
    if (auto* fact = std::get_if<Fact>(&record.body)) {
      if (auto* workload_fact = std::get_if<WorkloadFact>(fact)) workload_fact->name = text;
      if (auto* traffic_fact = std::get_if<TrafficFact>(fact)) traffic_fact->service = text;
      if (auto* page = std::get_if<PageFact>(fact)) page->alerts = {text};
    }
  return sample;
}

}  // namespace muster
