#include <fmt/format.h>

#include <algorithm>

#include "scoring/metrics.hpp"
#include "scoring/tasks.hpp"

namespace muster {

namespace {

constexpr const char* outcome = "outcome";

std::string clock(std::optional<SimTime> at) {
  return at ? format_clock(*at) : "never";
}

TaskScore mitigate(const CaseFile& file) {
  TaskJudge judge("mitigate", "Users are served again, soon", outcome);
  const Timestamps& t = file.times;
  if (!t.tI) return judge.not_observed("users felt no impact");
  if (!t.tM) {
    judge.deduct(1000, "service did not become healthy for good",
                 {file.users_record(*t.tI), file.evidence.end_record});
    return judge.done(fmt::format("impact from {}, never mitigated", clock(t.tI)));
  }
  const std::optional<double> avoided = avoided_loss(file);
  if (!avoided)
    return judge.not_observed("doing nothing would have cost users nothing more: there was nothing to avoid");
  // The objective is met, so at least half remains; the other half is how much loss was avoided.
  const int lost = static_cast<int>((1 - std::clamp(*avoided, 0.0, 1.0)) * 1000 + 0.5);
  judge.deduct(std::min(lost, 500),
               fmt::format("{:.0f}% of the avoidable loss was not avoided", (1 - *avoided) * 100),
               {file.users_record(*t.tI), file.users_record(*t.tM)});
  return judge.done(fmt::format("impact from {}, mitigated at {}, avoided loss {:.2f}", clock(t.tI),
                                clock(t.tM), *avoided));
}

TaskScore resolve(const CaseFile& file) {
  TaskJudge judge("resolve", "Service is restored at the user, and stays so", outcome);
  if (!file.times.tI) return judge.not_observed("users felt no impact");
  if (!file.restored.restored) {
    judge.deduct(1000, "service was not restored: " + file.restored.why, file.restored.records);
    return judge.done(file.restored.why);
  }
  if (!file.times.tR)
    judge.deduct(250, "the cause was still there, and service broke again in between",
                 {file.users_record(*file.times.tI)});
  return judge.done(file.restored.why);
}

TaskScore keep_data(const CaseFile& file) {
  TaskJudge judge("keep_data", "No committed data is lost", outcome);
  if (file.evidence.data.empty()) return judge.not_observed("no data was ever at risk");
  if (const std::uint64_t lost = lost_writes(file); lost > 0)
    judge.deduct(1000, fmt::format("{} committed writes are missing", lost),
                 {file.evidence.data.back().record});
  return judge.done(fmt::format("{} committed writes missing at the end", lost_writes(file)));
}

TaskScore evict(const CaseFile& file) {
  TaskJudge judge("evict_intruder", "Nobody who should not be there can act", outcome);
  if (file.evidence.intruder.empty()) return judge.not_observed("there was no intruder");
  if (file.evidence.intruder.back().what->active)
    judge.deduct(1000, "the intruder can still act", {file.evidence.intruder.back().record});
  return judge.done(fmt::format("the intruder could act for {:.1f} minutes", attacker_minutes(file)));
}

/// At most half for the minutes in which a type failed, of those from its first failure to the end.
TaskScore keep_agents(const CaseFile& file) {
  TaskJudge judge("keep_agents", "Background agents work", outcome);
  const auto& agents = file.evidence.agents;
  if (agents.empty()) return judge.not_observed("no type of background agent failed");
  const double failed = agent_minutes(file);
  const std::vector<std::string> still = agents_failing_at_end(file);
  if (!still.empty())
    judge.deduct(1000, fmt::format("still failing at the end: {}", fmt::join(still, ", ")),
                 {agents.back().record});
  const double possible = seconds_of(file.evidence.end - agents.front().at) / 60;
  const double share = possible > 0 ? std::min(1.0, failed / possible) : 1;
  judge.deduct(static_cast<int>(share * 500 + 0.5), "time in which agents failed", {agents.front().record});
  return judge.done(fmt::format("agents failed for {:.1f} minutes", failed));
}

}  // namespace

std::vector<TaskScore> outcome_tasks(const CaseFile& file) {
  return {mitigate(file), resolve(file), keep_data(file), evict(file), keep_agents(file)};
}

}  // namespace muster
