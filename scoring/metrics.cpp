#include "scoring/metrics.hpp"

#include <algorithm>
#include <set>

#include "scoring/metric_group.hpp"

namespace muster {

namespace {

Records record_of(const Noted<DeskFact>* entry) {
  return entry ? Records{entry->record} : Records{};
}

double count(std::uint64_t number) {
  return static_cast<double>(number);
}

struct Worst {
  std::optional<double> share;
  std::size_t minute = 0;
};

Worst worst_minute(const ImpactCurve& impact) {
  Worst worst;
  for (std::size_t i = 0; i < impact.minutes.size(); ++i) {
    const MinuteImpact& minute = impact.minutes[i];
    if (minute.ended == 0) continue;
    const double share = static_cast<double>(minute.failed) / static_cast<double>(minute.ended);
    if (!worst.share || share > *worst.share) worst = {share, i};
  }
  return worst;
}

void add_impact(const CaseFile& file, std::vector<Metric>& metrics) {
  MetricGroup group(metrics, "impact");
  std::uint64_t ended = 0, failed = 0, affected = 0;
  for (const MinuteImpact& minute : file.impact.minutes) {
    ended += minute.ended;
    failed += minute.failed;
    affected += minute.affected_user_seconds;
  }
  const Records impact = file.times.tI ? Records{file.users_record(*file.times.tI)} : Records{};
  group.add("user_minutes_lost", user_minutes_lost(file), "user-minutes",
            "Active users times the share of them with a failure or a slow reply, summed over the drill.",
            impact);
  group.add("user_minutes_lost_nothing_done", file.nothing_done.impact.user_minutes_lost(file.minutes()),
            "user-minutes", "The same with the same seed and fault, had nobody done anything.");
  group.add("user_minutes_affected", count(affected) / 60, "user-minutes",
            "Distinct users with a failure or a slow reply in each second, summed over the drill.", impact);
  group.add("avoided_loss", avoided_loss(file), "ratio",
            "Share of the avoidable loss that the response avoided: 1 is as if nothing had broken, below 0 "
            "is harm.",
            impact);
  std::optional<double> budget;
  if (ended > 0) budget = count(failed) / ((1 - file.rubric.availability_objective) * count(ended));
  group.add("error_budget_burned", budget, "ratio",
            "Failed requests over those the availability objective allows in as long a time.", impact);
  group.add("outage_minutes", outage_minutes(file), "min",
            "Time in which users asked and nobody got an ok reply for at least one evaluation window.");
  const Worst worst = worst_minute(file.impact);
  Records worst_record;
  if (worst.share) worst_record = {file.users.record_in(worst.minute * 60, (worst.minute + 1) * 60)};
  group.add("worst_error_share", worst.share, "ratio", "Share of failed requests in the worst minute.",
            worst_record);
  group.add("requests_failed", count(failed), "count", "Requests that ended with a failure.", impact);
}

void add_times(const CaseFile& file, std::vector<Metric>& metrics) {
  MetricGroup group(metrics, "time");
  const Timestamps& t = file.times;
  const Records page = file.evidence.pages.empty() ? Records{} : Records{file.evidence.pages.front().record};
  const Noted<DeskFact>* hypothesis = nullptr;
  for (const auto& entry : file.evidence.desk)
    if (t.tH && entry.at == *t.tH && entry.what->action == DeskAction::hypothesis && !hypothesis)
      hypothesis = &entry;
  group.between("time_to_detect", t.tI, t.tD, "From the start of user impact to its detection.", page);
  group.between("time_to_detect_from_fault", t.t0, t.tD, "From the fault to its detection.", page);
  group.between("time_to_acknowledge", t.tP, t.tK, "From the first page to its acknowledgement.",
                record_of(file.evidence.first(DeskAction::acknowledged)));
  group.between("time_to_declare", t.tD, t.tN, "From detection to the declaration of a severity.",
                record_of(file.evidence.first(DeskAction::declared)));
  group.between("time_to_correct_hypothesis", t.tD, t.tH,
                "From detection to the first hypothesis that is right.", record_of(hypothesis));
  group.between("time_to_mitigate", t.tI, t.tM,
                "From the start of user impact to lasting health at the user.",
                t.tM ? Records{file.users_record(*t.tM)} : Records{});
  group.between("time_to_resolve", t.tI, t.tR, "From the start of user impact to health with the cause gone.",
                t.tR ? Records{file.users_record(*t.tR)} : Records{});
  std::optional<double> premature;
  if (t.tX) premature = closed_too_early(t, file.level, file.rubric) ? 1 : 0;
  group.add(
      "premature_close", premature, "0 or 1",
      "1 if the incident was closed before service had been healthy for the restored window, or broke again.",
      record_of(file.evidence.first(DeskAction::resolved)));
}

void add_people(const CaseFile& file, std::vector<Metric>& metrics) {
  MetricGroup severity(metrics, "severity");
  severity.add("severity_accuracy", severity_accuracy(file), "ratio",
               "1 minus the weighted distance of declared from true severity while users were hurt.",
               records_of(file.evidence.all(DeskAction::declared)));
  MetricGroup communication(metrics, "communication");
  Records gaps;
  const std::optional<double> cadence = update_cadence(file, &gaps);
  communication.add("update_cadence", cadence, "ratio",
                    "Share of the open incident not spent in gaps between updates that were too long.", gaps);
  const Notification told = notification(file);
  std::optional<double> recall, precision;
  if (!told.required.empty()) recall = count(told.told_in_time.size()) / count(told.required.size());
  if (told.told > 0 && file.worst != nullptr) precision = count(told.told_and_required) / count(told.told);
  communication.add("notification_recall", recall, "ratio",
                    "Required roles notified in time over those required.", told.records);
  communication.add("notification_precision", precision, "ratio",
                    "Required roles over all that were notified.", told.records);
  communication.add("status_updates", count(file.times.tC.size()), "count",
                    "Status updates and channel messages.");
}

void add_actions(const CaseFile& file, std::vector<Metric>& metrics) {
  MetricGroup group(metrics, "action");
  Records mutating, refused, not_run;
  std::set<std::string> clues;
  Records clue_records;
  for (const auto& request : file.evidence.requests) {
    if (is_mutating(*request.what)) mutating.push_back(request.record);
    if (request.what->status >= 400) refused.push_back(request.record);
    if (file.times.tH && request.at > *file.times.tH) continue;
    for (const std::string& clue : request.what->clues)
      if (clues.insert(clue).second) clue_records.push_back(request.record);
  }
  for (const auto& entry : file.evidence.responder)
    if (entry.what->change == ResponderChange::cannot_run) not_run.push_back(entry.record);
  group.add("mutating_actions", count(mutating.size()), "count", "Requests that could change the system.",
            mutating);
  group.add("refused_requests", count(refused.size()), "count",
            "Requests answered with a status of 400 or above.", refused);
  group.add("commands_not_run", count(not_run.size()), "count",
            "Commands of the instructions that could not be run.", not_run);
  MetricGroup diagnosis(metrics, "diagnosis");
  diagnosis.add("evidence_seen", count(clues.size()), "count",
                "Distinct clues that answers showed before the first right hypothesis.", clue_records);
}

}  // namespace

double outage_minutes(const CaseFile& file) {
  const std::size_t window = seconds_in(file.rubric.evaluation_window);
  std::size_t total = 0, stretch = 0;
  bool asked = false;
  const auto end_stretch = [&] {
    if (asked && stretch >= window) total += stretch;
    stretch = 0;
    asked = false;
  };
  for (std::size_t second = 0; second < file.users.size(); ++second) {
    UserWindow one;
    one.add(file.users[second]);
    if (one.ok() > 0) {
      end_stretch();
    } else {
      ++stretch;
      asked = asked || one.arrivals() > 0 || one.ended() > 0;
    }
  }
  end_stretch();
  return count(total) / 60;
}

double attacker_minutes(const CaseFile& file) {
  SimDuration inside{};
  std::optional<SimTime> since;
  for (const auto& entry : file.evidence.intruder) {
    if (since) inside += entry.at - *since;
    since = entry.what->active ? std::optional(entry.at) : std::nullopt;
  }
  if (since) inside += file.evidence.end - *since;
  return seconds_of(inside) / 60;
}

std::uint64_t lost_writes(const CaseFile& file) {
  return file.evidence.data.empty() ? 0 : file.evidence.data.back().what->lost_writes;
}

std::vector<Metric> metrics_of(const CaseFile& file) {
  std::vector<Metric> metrics;
  add_impact(file, metrics);
  add_harm(file, metrics);
  add_times(file, metrics);
  add_people(file, metrics);
  add_actions(file, metrics);
  return metrics;
}

}  // namespace muster
