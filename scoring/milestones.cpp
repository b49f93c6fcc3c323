#include "scoring/milestones.hpp"

#include <algorithm>

namespace muster {

namespace {

std::optional<SimTime> time_of(const Noted<DeskFact>* entry) {
  if (entry == nullptr) return std::nullopt;
  return entry->at;
}

std::optional<SimTime> fault_start(const Evidence& evidence) {
  for (const auto& fault : evidence.faults)
    if (fault.what->active) return fault.at;
  return std::nullopt;
}

/// Seconds before a time that are over.
std::size_t seconds_before(SimTime at) {
  return static_cast<std::size_t>(at.time_since_epoch() / 1s);
}

std::optional<SimTime> impact_start(const ServiceLevel& level, std::optional<SimTime> fault) {
  const std::size_t from = fault ? seconds_before(*fault) : 0;
  for (std::size_t second = from; second <= level.seconds(); ++second)
    if (level.outside_at(second)) return sim_start + second * 1s;
  return std::nullopt;
}

std::optional<SimTime> detection(const Evidence& evidence, const Timestamps& times) {
  std::optional<SimTime> found = times.tP;
  for (const auto& entry : evidence.desk) {
    const bool report =
        entry.what->action == DeskAction::declared || entry.what->action == DeskAction::ticket;
    if (!report || !times.tI || entry.at < *times.tI) continue;
    if (!found || entry.at < *found) found = entry.at;
  }
  return found;
}

std::optional<SimTime> first_correct_hypothesis(const Evidence& evidence, const Rubric& rubric) {
  for (const auto& entry : evidence.desk)
    if (entry.what->action == DeskAction::hypothesis && is_correct_hypothesis(*entry.what, rubric))
      return entry.at;
  return std::nullopt;
}

std::optional<SimTime> mitigation(const ServiceLevel& level, std::optional<SimTime> impact) {
  if (!impact) return std::nullopt;
  for (std::size_t second = seconds_before(*impact); second < level.seconds(); ++second)
    if (level.holds_from(second)) return sim_start + second * 1s;
  return std::nullopt;
}

/// Mitigated, and the cause is gone or service held to the end all the same.
std::optional<SimTime> resolution(const Evidence& evidence, const ServiceLevel& level,
                                  std::optional<SimTime> mitigated) {
  if (!mitigated) return std::nullopt;
  SimTime cause_gone = sim_start;
  for (const auto& fault : evidence.faults)
    if (!fault.what->active) cause_gone = std::max(cause_gone, fault.at);
  if (!evidence.fault_active_at(evidence.end)) return std::max(*mitigated, cause_gone);
  if (!level.first_breach(seconds_before(*mitigated))) return mitigated;
  return std::nullopt;
}

}  // namespace

bool is_correct_hypothesis(const DeskFact& fact, const Rubric& rubric) {
  return mentions_any(fact.text, rubric.hypothesis_matches);
}

Timestamps milestones(const Evidence& evidence, const ServiceLevel& level, const Rubric& rubric) {
  Timestamps times;
  times.t0 = fault_start(evidence);
  times.tI = impact_start(level, times.t0);
  if (!evidence.pages.empty()) times.tP = evidence.pages.front().at;
  times.tD = detection(evidence, times);
  times.tK = time_of(evidence.first(DeskAction::acknowledged));
  times.tN = time_of(evidence.first(DeskAction::declared));
  for (const auto& entry : evidence.desk)
    if (entry.what->action == DeskAction::status_update || entry.what->action == DeskAction::message)
      times.tC.push_back(entry.at);
  times.tH = first_correct_hypothesis(evidence, rubric);
  times.tM = mitigation(level, times.tI);
  times.tR = resolution(evidence, level, times.tM);
  times.tX = time_of(evidence.first(DeskAction::resolved));
  return times;
}

bool closed_too_early(const Timestamps& times, const ServiceLevel& level, const Rubric& rubric) {
  if (!times.tX || !times.tI) return false;
  if (!times.tM || *times.tX < *times.tM + rubric.restored_window) return true;
  return level.first_breach(seconds_before(*times.tX)).has_value();
}

}  // namespace muster
