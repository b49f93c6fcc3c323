// Everything that metrics, tasks and gates are judged from, worked out once.
#pragma once

#include "scoring/baselines.hpp"
#include "scoring/evidence.hpp"
#include "scoring/milestones.hpp"
#include "scoring/rubric.hpp"
#include "scoring/service_level.hpp"
#include "scoring/severity.hpp"
#include "scoring/user_series.hpp"

namespace muster {

struct CaseFile {
  const Journal& journal;
  const Baseline& no_fault;
  const Baseline& nothing_done;
  Rubric rubric;
  Evidence evidence;
  UserSeries users;
  ServiceLevel level;
  ImpactCurve impact;
  std::vector<SeveritySpan> truth;
  const SeverityLevel* worst;  ///< the most severe true level, or null
  Timestamps times;
  Restored restored;

  CaseFile(const Journal& journal, const Baseline& no_fault, const Baseline& nothing_done, Rubric rubric);
  CaseFile(const CaseFile&) = delete;
  CaseFile& operator=(const CaseFile&) = delete;

  /// Minutes of the drill, the last one perhaps begun: what baselines are compared over.
  std::size_t minutes() const { return (users.size() + 59) / 60; }
  /// The record of what users got when `at` came.
  std::uint64_t users_record(SimTime at) const;
  /// The first page, or where there is none the first fault, or the end: for what nobody did.
  std::uint64_t call_record() const;
};

/// Minutes are whole user-minutes lost; below this much avoidable loss, avoided_loss is not defined.
inline constexpr double avoidable_loss_min = 1.0;

double user_minutes_lost(const CaseFile& file);
std::optional<double> avoided_loss(const CaseFile& file);
/// 1 = always right; DRILLS' formula over the time from detection to mitigation or closing.
std::optional<double> severity_accuracy(const CaseFile& file);
/// 1 = no gap between updates was longer than the declared level allows. `gaps`: records where a long gap
/// began.
std::optional<double> update_cadence(const CaseFile& file, std::vector<std::uint64_t>* gaps = nullptr);

/// Who had to be told, by the worst true level, and who was.
struct Notification {
  std::vector<std::string> required, told_in_time, missed;
  SimTime deadline{};
  std::size_t told = 0, told_and_required = 0;  ///< distinct roles, for the precision
  std::vector<std::uint64_t> records;           ///< of the notifications
};
Notification notification(const CaseFile& file);

}  // namespace muster
