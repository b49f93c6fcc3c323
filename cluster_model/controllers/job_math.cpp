#include "cluster_model/controllers/job_math.hpp"

#include <algorithm>

namespace muster {

namespace {

const Condition* final_condition(const Job& job) {
  for (const char* type : {"Complete", "Failed"}) {
    const Condition* found = find_condition(job.status.conditions, type);
    if (found && found->status == "True") return found;
  }
  return nullptr;
}

}  // namespace

SimDuration job_backoff(int failures) {
  constexpr SimDuration first = 10s, most = 360s;
  SimDuration wait = first;
  for (int i = 1; i < failures && wait < most; ++i) wait *= 2;
  return std::min(wait, most);
}

std::optional<JobFailure> job_failure(const JobSpec& job, const JobCounts& counts,
                                      const std::optional<SimTime>& started, SimTime now) {
  const bool in_place = job.pod_template && job.pod_template->spec.restart_policy == "OnFailure";
  const bool too_many_restarts =
      in_place && (job.backoff_limit == 0 ? counts.restarts > 0 : counts.restarts >= job.backoff_limit);
  if (counts.failed > job.backoff_limit || too_many_restarts)
    return JobFailure{"BackoffLimitExceeded", "Job has reached the specified backoff limit"};
  if (job.active_deadline && !job.suspend && started && now >= *started + *job.active_deadline)
    return JobFailure{"DeadlineExceeded", "Job was active longer than specified deadline"};
  return std::nullopt;
}

bool job_complete(const JobSpec& job, const JobCounts& counts) {
  if (!job.completions) return counts.succeeded > 0 && counts.active == 0;
  return counts.succeeded >= *job.completions && counts.active == 0;
}

int wanted_active(const JobSpec& job, const JobCounts& counts) {
  const int parallelism = job.parallelism.value_or(1);
  if (!job.completions) return counts.succeeded > 0 ? counts.active : parallelism;
  return std::min(std::max(0, *job.completions - counts.succeeded), parallelism);
}

bool is_finished(const Job& job) {
  return final_condition(job) != nullptr;
}

std::optional<SimTime> finished_at(const Job& job) {
  const Condition* found = final_condition(job);
  return found ? std::optional(found->last_transition) : std::nullopt;
}

}  // namespace muster
