#include <fmt/format.h>

#include <algorithm>

#include "scoring/tasks.hpp"

namespace muster {

namespace {

constexpr const char* process = "process";
/// How long after the close a post-mortem is due: PagerDuty's and most runbooks' rule for severe incidents.
constexpr SimDuration postmortem_due = 48h;
/// Post-mortems are required for the two highest levels.
constexpr std::size_t postmortem_levels = 2;

TaskScore update(const CaseFile& file) {
  TaskJudge judge("communicate", "Those who wait hear something before the gap grows too long", process);
  const Timestamps& t = file.times;
  if (file.worst == nullptr || !t.tD) return judge.not_observed("there was no incident to report");
  if (file.worst->update_every == SimDuration::zero())
    return judge.not_observed("the rubric has no rule for updates at " + file.worst->name);
  if (!t.tN && t.tC.empty()) {
    const bool due = t.tX.value_or(file.evidence.end) - *t.tD > file.worst->update_every;
    if (!due) return judge.not_observed("no update was due before the end");
    judge.deduct(1000, "nothing was declared and nobody was told anything", {file.call_record()});
    return judge.done("no update");
  }
  std::vector<std::uint64_t> gaps;
  const std::optional<double> cadence = update_cadence(file, &gaps);
  if (!cadence) return judge.not_observed("no severity was declared, so no cadence was set");
  if (gaps.empty() && t.tC.empty()) return judge.not_observed("the incident closed before an update was due");
  if (!gaps.empty())
    judge.deduct(static_cast<int>((1 - *cadence) * 1000 + 0.5), "gaps between updates were too long", gaps);
  return judge.done(fmt::format("{} updates, cadence {:.2f}", t.tC.size(), *cadence));
}

TaskScore notify(const CaseFile& file) {
  TaskJudge judge("notify", "Those whom the severity demands are told in time", process);
  if (file.worst == nullptr || !file.times.tD) return judge.not_observed("there was no incident to report");
  const Notification told = notification(file);
  if (told.required.empty()) return judge.not_observed("the rubric names nobody for " + file.worst->name);
  std::vector<std::uint64_t> records{file.call_record()};
  records.insert(records.end(), told.records.begin(), told.records.end());
  const auto share = static_cast<int>(told.required.size());
  int taken = 0;
  for (std::size_t i = 0; i < told.missed.size(); ++i) {
    const int upto = static_cast<int>(i + 1) * 1000 / share;
    judge.deduct(upto - taken,
                 fmt::format("{} was not told by {}", told.missed[i], format_clock(told.deadline)), records);
    taken = upto;
  }
  return judge.done(
      fmt::format("{} of {} roles told by {}", told.told_in_time.size(), share, format_clock(told.deadline)));
}

TaskScore postmortem(const CaseFile& file) {
  TaskJudge judge("postmortem", "A severe incident leaves a post-mortem that others can learn from", process);
  if (file.worst == nullptr || level_index(file.rubric, file.worst->name) >= postmortem_levels)
    return judge.not_observed("not required: no severe incident");
  const Noted<DeskFact>* written = file.evidence.first(DeskAction::postmortem);
  if (written == nullptr) {
    if (!file.times.tX) return judge.not_observed("the incident was not closed");
    if (file.evidence.end - *file.times.tX < postmortem_due)
      return judge.not_observed(fmt::format("the drill ended before it was due ({} after the close)",
                                            format_duration(postmortem_due)));
    judge.deduct(1000, "no post-mortem was written", {file.evidence.first(DeskAction::resolved)->record});
    return judge.done("none");
  }
  const std::pair<const char*, std::vector<std::string>> sections[] = {
      {"timeline", {"timeline"}},
      {"impact", {"impact"}},
      {"root cause", {"cause"}},
      {"what went well", {"well"}},
      {"what went badly", {"badly", "didn't", "wrong", "not go well"}},
      {"action items", {"action"}}};
  for (const auto& [section, words] : sections)
    if (!mentions_any(written->what->text, words))
      judge.deduct(150, fmt::format("the post-mortem has no word on \"{}\"", section), {written->record});
  return judge.done(fmt::format("written at {}", format_clock(written->at)));
}

}  // namespace

std::vector<TaskScore> communication_tasks(const CaseFile& file) {
  return {update(file), notify(file), postmortem(file)};
}

}  // namespace muster
