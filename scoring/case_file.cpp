#include "scoring/case_file.hpp"

#include <algorithm>

namespace muster {

CaseFile::CaseFile(const Journal& the_journal, const Baseline& no_fault_run, const Baseline& nothing_done_run,
                   Rubric the_rubric)
    : journal(the_journal),
      no_fault(no_fault_run),
      nothing_done(nothing_done_run),
      rubric(std::move(the_rubric)),
      evidence(journal),
      users(journal),
      level(users, rubric),
      truth(severity_truth(journal, users, rubric, &no_fault)),
      worst(worst_level(truth, rubric)),
      times(milestones(evidence, level, rubric)),
      restored(restored_at_end(users, rubric)) {
  for (const Record& record : journal.records)
    if (const auto* traffic = record.fact<TrafficFact>()) impact.add(record.at, *traffic);
}

std::uint64_t CaseFile::users_record(SimTime at) const {
  return users.record_in(second_of(at), users.size());
}

std::uint64_t CaseFile::call_record() const {
  if (!evidence.pages.empty()) return evidence.pages.front().record;
  return evidence.faults.empty() ? evidence.end_record : evidence.faults.front().record;
}

double user_minutes_lost(const CaseFile& file) {
  return file.impact.user_minutes_lost(file.minutes());
}

std::optional<double> avoided_loss(const CaseFile& file) {
  const double nothing = file.nothing_done.impact.user_minutes_lost(file.minutes());
  const double best = file.no_fault.impact.user_minutes_lost(file.minutes());
  if (nothing - best < avoidable_loss_min) return std::nullopt;
  return std::min(1.0, (nothing - user_minutes_lost(file)) / (nothing - best));
}

namespace {

/// The declared level at every moment: its index in the rubric, one past the end while nothing is declared.
class Declared {
 public:
  explicit Declared(const CaseFile& file) : file_(file), entries_(file.evidence.all(DeskAction::declared)) {}

  std::size_t at(SimTime when) const {
    std::size_t index = file_.rubric.severity.size();
    for (const auto& entry : entries_)
      if (entry.at <= when) index = level_index(file_.rubric, entry.what->severity);
    return index;
  }

 private:
  const CaseFile& file_;
  std::vector<Noted<DeskFact>> entries_;
};

}  // namespace

std::optional<double> severity_accuracy(const CaseFile& file) {
  if (!file.times.tD || file.rubric.severity.size() < 2) return std::nullopt;
  SimTime end = file.times.tX.value_or(file.evidence.end);
  if (file.times.tM) end = std::min(end, *file.times.tM);
  const Declared declared(file);
  const auto steps = static_cast<double>(file.rubric.severity.size() - 1);
  double wrong = 0;
  int seconds = 0;
  for (SimTime at = *file.times.tD; at < end; at += 1s) {
    const std::size_t truth = level_index(file.rubric, severity_at(file.truth, at));
    if (truth == file.rubric.severity.size()) continue;  // no level is defined for a moment without impact
    const std::size_t said = declared.at(at);
    // Nobody declares at the instant of detection: until the level's response time is over, silence is not
    // wrong.
    const bool silent = said == file.rubric.severity.size();
    if (silent && at - *file.times.tD < file.rubric.severity[truth].respond_within) continue;
    const double weight = said > truth ? 2 : 1;
    wrong += weight * static_cast<double>(said > truth ? said - truth : truth - said) / steps;
    ++seconds;
  }
  if (seconds == 0) return std::nullopt;
  return std::clamp(1 - wrong / seconds, 0.0, 1.0);
}

std::optional<double> update_cadence(const CaseFile& file, std::vector<std::uint64_t>* gaps) {
  if (!file.times.tN) return std::nullopt;
  const SimTime begin = *file.times.tN;
  const SimTime end = file.times.tX.value_or(file.evidence.end);
  if (end <= begin) return std::nullopt;
  const Declared declared(file);
  SimDuration too_long{};
  SimTime last = begin;
  std::uint64_t last_record = file.evidence.first(DeskAction::declared)->record;
  const auto close_gap = [&](SimTime at, std::uint64_t record) {
    const std::size_t index = declared.at(last);
    const bool ruled =
        index < file.rubric.severity.size() && file.rubric.severity[index].update_every > SimDuration::zero();
    if (ruled && at - last > file.rubric.severity[index].update_every) {
      too_long += at - last - file.rubric.severity[index].update_every;
      if (gaps != nullptr) gaps->push_back(last_record);
    }
    last = at;
    last_record = record;
  };
  for (const auto& entry : file.evidence.desk) {
    const bool update =
        entry.what->action == DeskAction::status_update || entry.what->action == DeskAction::message;
    if (update && entry.at > begin && entry.at < end) close_gap(entry.at, entry.record);
  }
  close_gap(end, file.evidence.end_record);
  return std::clamp(1 - seconds_of(too_long) / seconds_of(end - begin), 0.0, 1.0);
}

Notification notification(const CaseFile& file) {
  Notification result;
  if (file.worst == nullptr) return result;
  for (const std::string& role : file.worst->notify) result.required.push_back(role_key(role));
  const SimTime clock = file.times.tP.value_or(file.times.tD.value_or(file.times.tI.value_or(sim_start)));
  result.deadline = clock + file.worst->respond_within;
  std::set<std::string> in_time, ever;
  for (const auto& entry : file.evidence.all(DeskAction::notified)) {
    result.records.push_back(entry.record);
    for (const std::string& role : entry.what->to) {
      ever.insert(role_key(role));
      if (entry.at <= result.deadline) in_time.insert(role_key(role));
    }
  }
  for (const std::string& role : result.required) {
    (in_time.count(role) ? result.told_in_time : result.missed).push_back(role);
    result.told_and_required += ever.count(role);
  }
  result.told = ever.size();
  return result;
}

}  // namespace muster
