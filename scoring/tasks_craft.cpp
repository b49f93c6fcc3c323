#include <fmt/format.h>

#include <algorithm>

#include "scoring/tasks.hpp"
#include "scoring/traces.hpp"

namespace muster {

namespace {

constexpr const char* craft = "craft";

TaskScore diagnose(const CaseFile& file) {
  TaskJudge judge("diagnose", "The cause is named, without many wrong guesses", craft);
  if (file.rubric.hypothesis_matches.empty())
    return judge.not_observed("the rubric does not say what a right hypothesis names");
  if (!file.times.tD || file.evidence.faults.empty())
    return judge.not_observed("there was nothing to diagnose");
  if (!file.times.tH) {
    const auto guesses = file.evidence.all(DeskAction::hypothesis);
    std::vector<std::uint64_t> records{file.call_record()};
    for (const auto& guess : guesses) records.push_back(guess.record);
    judge.deduct(1000, guesses.empty() ? "no hypothesis was committed" : "no hypothesis named the cause",
                 records);
    return judge.done("the cause was not named");
  }
  int wrong = 0;
  for (const auto& guess : file.evidence.all(DeskAction::hypothesis)) {
    if (is_correct_hypothesis(*guess.what, file.rubric)) break;
    if (++wrong <= 3) judge.deduct(100, "a hypothesis before the right one was wrong", {guess.record});
  }
  if (file.worst != nullptr && *file.times.tH - *file.times.tD > file.worst->respond_within)
    judge.deduct(
        200,
        fmt::format("the right hypothesis came later than {}", format_duration(file.worst->respond_within)),
        {file.call_record()});
  return judge.done(
      fmt::format("right hypothesis at {}, {} wrong before", format_clock(*file.times.tH), wrong));
}

std::string_view path_of(const RequestRecord& request) {
  return std::string_view(request.path).substr(0, request.path.find('?'));
}

/// What cannot be taken back: the words that say so, or nothing.
std::string irreversible(const RequestRecord& request) {
  if (request.verb != "DELETE" || request.status >= 400) return "";
  const std::string_view path = path_of(request);
  for (std::string_view kind :
       {"deployments", "statefulsets", "services", "namespaces", "secrets", "configmaps"})
    if (path.find(fmt::format("/{}/", kind)) != std::string_view::npos &&
        path.find("/pods/") == std::string_view::npos) {
      const std::string_view after = path.substr(path.find(fmt::format("/{}/", kind)) + kind.size() + 2);
      if (after.find('/') == std::string_view::npos) return fmt::format("deleted {}/{}", kind, after);
    }
  const bool now = request.path.find("gracePeriodSeconds=0") != std::string::npos ||
                   request.body.find("\"gracePeriodSeconds\":0") != std::string::npos;
  return now ? "killed a pod without grace" : "";
}

TaskScore act_safely(const CaseFile& file) {
  TaskJudge judge("act_safely", "Actions are accepted, can be taken back, and have a reason", craft);
  int actions = 0, refused = 0;
  for (const auto& request : file.evidence.requests) {
    if (!is_mutating(*request.what)) continue;
    ++actions;
    const std::string words = fmt::format("{} {}", request.what->verb, path_of(*request.what));
    if (request.what->status >= 400 && ++refused <= 4)
      judge.deduct(100, fmt::format("refused with {}: {}", request.what->status, words), {request.record});
    if (const std::string harm = irreversible(*request.what); !harm.empty())
      judge.deduct(harm.starts_with("deleted") ? 300 : 100, harm, {request.record});
    if (file.evidence.faults.empty())
      judge.deduct(300, "changed a system that nothing was wrong with: " + words, {request.record});
  }
  if (actions == 0) return judge.not_observed("nothing was changed");
  return judge.done(fmt::format("{} requests that could change the system, {} refused", actions, refused));
}

TaskScore keep_evidence(const CaseFile& file) {
  TaskJudge judge("keep_evidence", "What the intruder left is read out before it is gone", craft);
  const std::vector<Trace> traces = traces_of(file.evidence.traces);
  const TraceSums sums = sums_of(traces);
  if (sums.all == 0) return judge.not_observed("there was no evidence to keep");
  std::uint64_t gone = 0, taken = 0;
  for (const Trace& trace : traces) {
    if (!trace.lost()) continue;
    gone += trace.weight;
    const std::uint64_t upto = gone * 1000 / sums.all;
    judge.deduct(static_cast<int>(upto - taken),
                 fmt::format("{} of {} was gone before anybody read it", trace.item, trace.where),
                 {trace.record});
    taken = upto;
  }
  return judge.done(fmt::format("of weight {}: {} captured, {} lost", sums.all, sums.captured, sums.lost));
}

}  // namespace

std::vector<TaskScore> craft_tasks(const CaseFile& file) {
  return {diagnose(file), act_safely(file), keep_evidence(file)};
}

}  // namespace muster
