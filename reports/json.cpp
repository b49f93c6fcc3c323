// scorecard.json: the scorecard for programs. Keys stand in one fixed order; times are seconds of virtual
// time.
#include <nlohmann/json.hpp>

#include "reports/reports.hpp"
#include "reports/words.hpp"

namespace muster {
namespace {

using Json = nlohmann::ordered_json;

/// Raised when a key changes its meaning or goes away; a new key does not raise it.
constexpr int schema_version = 1;

Json seconds(const std::optional<SimTime>& at) {
  return at ? Json(seconds_of(*at)) : Json(nullptr);
}

Json timestamps(const Timestamps& t) {
  Json updates = Json::array();
  for (const SimTime at : t.tC) updates.push_back(seconds_of(at));
  return Json{{"t0", seconds(t.t0)}, {"tI", seconds(t.tI)}, {"tP", seconds(t.tP)}, {"tD", seconds(t.tD)},
              {"tK", seconds(t.tK)}, {"tN", seconds(t.tN)}, {"tC", updates},       {"tH", seconds(t.tH)},
              {"tM", seconds(t.tM)}, {"tR", seconds(t.tR)}, {"tX", seconds(t.tX)}};
}

Json metrics(const Scorecard& card) {
  Json all = Json::object();
  for (const Metric& metric : card.metrics)
    all[metric.name] = Json{{"value", metric.value ? Json(*metric.value) : Json(nullptr)},
                            {"unit", metric.unit},
                            {"group", metric.group},
                            {"meaning", metric.meaning},
                            {"records", metric.records}};
  return all;
}

Json deductions(const TaskScore& task) {
  Json all = Json::array();
  for (const Deduction& deduction : task.deductions)
    all.push_back(
        Json{{"text", deduction.text}, {"points", deduction.points}, {"records", deduction.records}});
  return all;
}

Json tasks(const Scorecard& card) {
  Json all = Json::array();
  for (const TaskScore& task : card.tasks)
    all.push_back(Json{{"id", task.id},
                       {"objective", task.objective},
                       {"group", task.group},
                       {"rating", task.rating == Rating::not_observed ? "not_observed"
                                                                      : reports::rating_letter(task.rating)},
                       {"points", task.points},
                       {"why", task.why},
                       {"deductions", deductions(task)}});
  return all;
}

Json gates(const Scorecard& card) {
  Json all = Json::array();
  for (const GateResult& gate : card.gates)
    all.push_back(Json{{"name", gate.name}, {"met", gate.met}, {"why", gate.why}, {"records", gate.records}});
  return all;
}

Json severity_truth(const Scorecard& card) {
  Json all = Json::array();
  for (const SeveritySpan& span : card.severity_truth)
    all.push_back(Json{{"from", seconds_of(span.from)},
                       {"to", seconds_of(span.to)},
                       {"severity", span.severity.empty() ? Json(nullptr) : Json(span.severity)},
                       {"clause", span.clause}});
  return all;
}

Json sub_scores(const Scorecard& card) {
  Json all = Json::object();
  for (const auto& [group, points] : card.sub_scores) all[group] = points;
  return all;
}

}  // namespace

std::string report_json(const Scorecard& card) {
  Json root;
  root["schemaVersion"] = schema_version;
  root["scenario"] = card.scenario;
  root["seed"] = card.seed;
  root["epoch"] = card.epoch;
  root["horizon"] = seconds_of(card.horizon);
  root["responders"] = card.responders;
  root["restored"] = card.restored;
  root["restoredWhy"] = card.restored_why;
  root["passed"] = card.passed;
  root["fingerprint"] = card.fingerprint;
  root["endReason"] = card.end_reason;
  root["timestamps"] = timestamps(card.timestamps);
  root["metrics"] = metrics(card);
  root["pointsOutOf"] = 1000;  // of every `points`, subScores and total
  root["tasks"] = tasks(card);
  root["gates"] = gates(card);
  root["subScores"] = sub_scores(card);
  root["total"] = card.total;
  root["severityTruth"] = severity_truth(card);
  root["severityGaps"] = card.severity_gaps;
  root["findings"] = card.findings;
  root["judgements"] = card.judgements;
  root["seal"] = Json{{"records", card.seal_records}, {"head", card.seal_head}};
  root["signature"] = card.signature.empty() ? Json(nullptr) : Json(card.signature);
  root["model"] = card.model;
  return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace muster
