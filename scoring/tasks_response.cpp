#include <fmt/format.h>

#include <algorithm>

#include "scoring/tasks.hpp"

namespace muster {

namespace {

constexpr const char* process = "process";

std::string limit_words(const CaseFile& file) {
  return fmt::format("{} for {}", format_duration(file.worst->respond_within), file.worst->name);
}

/// Was anything asked of people at all? Without impact, page or declaration there is nothing to judge.
bool called(const CaseFile& file) {
  return file.worst != nullptr && (file.times.tI || file.times.tP);
}

TaskScore detect(const CaseFile& file) {
  TaskJudge judge("detect", "The impact is noticed before it lasts", process);
  const Timestamps& t = file.times;
  if (!t.tI || file.worst == nullptr) return judge.not_observed("users felt no impact");
  const std::uint64_t impact = file.users_record(*t.tI);
  if (!t.tD) {
    judge.deduct(1000, "nobody noticed: no page, no declaration, no ticket",
                 {impact, file.evidence.end_record});
    return judge.done("never detected");
  }
  const SimDuration took = *t.tD - *t.tI;
  // A third of the response time for noticing leaves the larger part for people.
  if (took > file.worst->respond_within)
    judge.deduct(600, "detected later than a response was due: " + limit_words(file),
                 {impact, file.call_record()});
  else if (took > file.worst->respond_within / 3)
    judge.deduct(250, "detection took more than a third of the response time", {impact, file.call_record()});
  return judge.done(fmt::format("detected at {}, impact from {}", format_clock(*t.tD), format_clock(*t.tI)));
}

TaskScore acknowledge(const CaseFile& file) {
  TaskJudge judge("acknowledge", "Somebody takes the page within the response time", process);
  const Timestamps& t = file.times;
  if (!t.tP) return judge.not_observed("nobody was paged");
  if (file.worst == nullptr) return judge.not_observed("no severity level held at any time");
  if (!t.tK) {
    judge.deduct(1000, "the page was never acknowledged", {file.evidence.pages.front().record});
    return judge.done("never acknowledged");
  }
  if (*t.tK - *t.tP > file.worst->respond_within)
    judge.deduct(600, "acknowledged too late: " + limit_words(file),
                 {file.evidence.pages.front().record, file.evidence.first(DeskAction::acknowledged)->record});
  return judge.done(fmt::format("paged at {}, acknowledged at {}", format_clock(*t.tP), format_clock(*t.tK)));
}

TaskScore declare(const CaseFile& file) {
  TaskJudge judge("declare", "The incident is declared in time and with the right severity", process);
  const Timestamps& t = file.times;
  if (!called(file) || !t.tD) return judge.not_observed("there was no incident that anybody could know of");
  if (!t.tN) {
    judge.deduct(1000, "no severity was ever declared", {file.call_record()});
    return judge.done("never declared");
  }
  const std::uint64_t declaration = file.evidence.first(DeskAction::declared)->record;
  if (*t.tN - *t.tD > file.worst->respond_within)
    judge.deduct(400, "declared too late: " + limit_words(file), {file.call_record(), declaration});
  const std::optional<double> accuracy = severity_accuracy(file);
  if (accuracy && *accuracy < 1) {
    std::vector<std::uint64_t> records;
    for (const auto& entry : file.evidence.all(DeskAction::declared)) records.push_back(entry.record);
    judge.deduct(static_cast<int>((1 - *accuracy) * 800 + 0.5),
                 fmt::format("declared and true severity differ: accuracy {:.2f}", *accuracy),
                 std::move(records));
  }
  return judge.done(fmt::format("{} declared at {}, worst true severity {}",
                                file.evidence.first(DeskAction::declared)->what->severity,
                                format_clock(*t.tN), file.worst->name));
}

/// Reads between the last change and the close: did anybody look whether it helped?
std::size_t looks_before_close(const CaseFile& file) {
  std::size_t looks = 0;
  for (const auto& request : file.evidence.requests) {
    if (request.at > *file.times.tX) break;
    if (is_mutating(*request.what) && request.what->status < 400) looks = 0;
    if (is_read(*request.what)) ++looks;
  }
  return looks;
}

TaskScore close(const CaseFile& file) {
  TaskJudge judge("verify_and_close", "The incident is closed, after service was seen to hold", process);
  const Timestamps& t = file.times;
  if (!t.tI) return judge.not_observed("users felt no impact");
  if (!t.tX) {
    if (!t.tM) return judge.not_observed("service was not restored, so there was nothing to close");
    judge.deduct(400, "the incident was never closed", {file.users_record(*t.tM), file.evidence.end_record});
    return judge.done("never closed");
  }
  const std::uint64_t closing = file.evidence.first(DeskAction::resolved)->record;
  if (closed_too_early(t, file.level, file.rubric))
    judge.deduct(1000,
                 fmt::format("closed before users had been served well for {}, or service broke again",
                             format_duration(file.rubric.restored_window)),
                 {closing});
  else if (looks_before_close(file) == 0)
    judge.deduct(300, "closed without a look at the system after the last change", {closing});
  return judge.done(fmt::format("closed at {}, mitigated at {}", format_clock(*t.tX),
                                t.tM ? format_clock(*t.tM) : "no time"));
}

}  // namespace

std::vector<TaskScore> response_tasks(const CaseFile& file) {
  return {detect(file), acknowledge(file), declare(file), close(file)};
}

}  // namespace muster
