#include "scoring/score.hpp"

#include "scoring/case_file.hpp"
#include "scoring/gates.hpp"
#include "scoring/metrics.hpp"
#include "scoring/tasks.hpp"
#include "scoring/timeline.hpp"

namespace muster {

namespace {

/// Mean of a group's observed tasks, rounded half up; absent if none was observed.
std::optional<int> group_points(const std::vector<TaskScore>& tasks, std::string_view group) {
  int sum = 0, observed = 0;
  for (const TaskScore& task : tasks) {
    if (task.group != group || task.rating == Rating::not_observed) continue;
    sum += task.points;
    ++observed;
  }
  if (observed == 0) return std::nullopt;
  return (2 * sum + observed) / (2 * observed);
}

void sum_up(const Rubric& rubric, Scorecard& card) {
  int weighted = 0, weights = 0;
  for (const char* group : {"outcome", "process", "craft"}) {
    const std::optional<int> points = group_points(card.tasks, group);
    if (!points) continue;
    card.sub_scores.emplace_back(group, *points);
    const auto weight = rubric.weights.find(group);
    if (weight == rubric.weights.end()) continue;
    weighted += weight->second * *points;
    weights += weight->second;
  }
  card.total = weights == 0 ? 0 : (2 * weighted + weights) / (2 * weights);
  card.passed = true;
  for (const GateResult& gate : card.gates) card.passed = card.passed && gate.met;
}

Scorecard opened(const Journal& journal) {
  Scorecard card;
  card.scenario = journal.header.scenario;
  card.epoch = journal.header.epoch;
  card.seed = journal.header.seed;
  card.horizon = journal.header.horizon;
  card.responders = journal.header.responders;
  card.model = journal.header.model;
  card.seal_records = journal.seal.records;
  card.seal_head = journal.seal.head;
  return card;
}

}  // namespace

Result<Scorecard> score_drill(const Journal& journal, const Baselines& baselines) {
  Result<Rubric> rubric = parse_rubric(journal.header.rubric_json);
  if (!rubric) return rubric.error();
  if (baselines.head != journal.seal.head) return invalid_input("the baselines belong to another journal");
  const Baseline* no_fault = baselines.find("no_fault");
  const Baseline* nothing_done = baselines.find("nothing_done");
  if (no_fault == nullptr || nothing_done == nullptr)
    return invalid_input("the baselines \"no_fault\" and \"nothing_done\" are needed, and one is missing");
  const CaseFile file(journal, *no_fault, *nothing_done, std::move(rubric).value());
  Scorecard card = opened(journal);
  card.end_reason = file.evidence.end_reason;
  card.fingerprint = file.evidence.fingerprint;
  card.restored = file.restored.restored;
  card.restored_why = file.restored.why;
  card.timestamps = file.times;
  card.metrics = metrics_of(file);
  card.tasks = tasks_of(file);
  card.gates = gates_of(file);
  card.severity_truth = file.truth;
  card.severity_gaps = file.rubric.gaps;
  card.timeline = timeline_of(file);
  card.findings = instructions_with(file, ResponderChange::cannot_run);
  card.judgements = instructions_with(file, ResponderChange::needs_judgement);
  sum_up(file.rubric, card);
  return card;
}

}  // namespace muster
