// What is worse than slow pages: data at risk or gone, an intruder inside, evidence lost, agents that fail.
#include <map>
#include <set>

#include "scoring/metric_group.hpp"
#include "scoring/metrics.hpp"
#include "scoring/traces.hpp"

namespace muster {
namespace {

double number(std::uint64_t count) {
  return static_cast<double>(count);
}

/// How long a condition held that facts switch on and off; to the end if it was not switched off.
class Stopwatch {
 public:
  void set(SimTime at, bool on) {
    stop(at);
    if (on) since_ = at;
  }
  SimDuration stop(SimTime at) {
    if (since_) total_ += at - *since_;
    since_.reset();
    return total_;
  }

 private:
  std::optional<SimTime> since_;
  SimDuration total_{};
};

double minutes_at_risk(const CaseFile& file) {
  Stopwatch watch;
  for (const auto& entry : file.evidence.data) watch.set(entry.at, entry.what->at_risk);
  return seconds_of(watch.stop(file.evidence.end)) / 60;
}

std::uint64_t steps_taken(const CaseFile& file) {
  std::set<std::string> steps;
  for (const auto& entry : file.evidence.intruder)
    if (entry.what->active) steps.insert(entry.what->step);
  return steps.size();
}

void add_intrusion(const CaseFile& file, std::vector<Metric>& metrics) {
  MetricGroup group(metrics, "security");
  const auto& intruder = file.evidence.intruder;
  const Records records = records_of(intruder);
  std::optional<double> minutes, steps;
  if (!intruder.empty()) {
    minutes = attacker_minutes(file);
    steps = number(steps_taken(file));
  }
  group.add("attacker_minutes", attacker_minutes(file), "min", "Time in which an intruder could act.",
            records);
  group.add("intruder_steps", steps, "count", "Steps of the attack that the intruder took.", records);
  group.between("time_to_contain", file.times.tD, contained_at(file),
                "From detection to the moment from which the intruder could no longer act.", records);
  const std::vector<Trace> traces = traces_of(file.evidence.traces);
  const TraceSums sums = sums_of(traces);
  std::optional<double> captured, lost;
  if (sums.all > 0) {
    captured = number(sums.captured) / number(sums.all);
    lost = number(sums.lost) / number(sums.all);
  }
  const Records trace_records = records_of(file.evidence.traces);
  group.add("evidence_captured", captured, "ratio",
            "Weight of the intruder's traces that was read out before it was gone.", trace_records);
  group.add("evidence_destroyed", lost, "ratio", "Weight of the traces that was gone before anybody read it.",
            trace_records);
}

}  // namespace

double agent_minutes(const CaseFile& file) {
  std::map<std::string, Stopwatch> types;
  for (const auto& entry : file.evidence.agents)
    types[entry.what->agent_type].set(entry.at, entry.what->failing);
  double minutes = 0;
  for (auto& [type, watch] : types) minutes += seconds_of(watch.stop(file.evidence.end)) / 60;
  return minutes;
}

std::vector<std::string> agents_failing_at_end(const CaseFile& file) {
  std::map<std::string, bool> failing;
  for (const auto& entry : file.evidence.agents) failing[entry.what->agent_type] = entry.what->failing;
  std::vector<std::string> types;
  for (const auto& [type, fails] : failing)
    if (fails) types.push_back(type);
  return types;
}

std::optional<SimTime> contained_at(const CaseFile& file) {
  const auto& intruder = file.evidence.intruder;
  if (intruder.empty() || intruder.back().what->active) return std::nullopt;
  std::optional<SimTime> since;
  for (const auto& entry : intruder) {
    if (entry.what->active)
      since.reset();
    else if (!since)
      since = entry.at;
  }
  return since;
}

void add_harm(const CaseFile& file, std::vector<Metric>& metrics) {
  MetricGroup data(metrics, "data");
  std::optional<double> risk, agents;
  if (!file.evidence.data.empty()) risk = minutes_at_risk(file);
  if (!file.evidence.agents.empty()) agents = agent_minutes(file);
  data.add("data_lost", number(lost_writes(file)), "count", "Committed writes missing at the end.",
           records_of(file.evidence.data));
  data.add("data_at_risk_minutes", risk, "min",
           "Time in which committed writes were missing or could be lost.", records_of(file.evidence.data));
  add_intrusion(file, metrics);
  MetricGroup background(metrics, "background");
  background.add("agent_minutes_failing", agents, "min",
                 "Time in which a type of background agent failed, summed over the types.",
                 records_of(file.evidence.agents));
}

}  // namespace muster
