// What a Job's controller decides, as functions of counts. Model: kubernetes/kubernetes
// pkg/controller/job/job_controller.go.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cluster_model/objects.hpp"

namespace muster {

/// After the n-th failure in a row (n >= 1) the next pod waits 10 s, 20 s, 40 s ... at most six minutes
/// (kubernetes.io/docs/concepts/workloads/controllers/job, "Pod backoff failure policy").
SimDuration job_backoff(int failures);

struct JobCounts {
  int active = 0, succeeded = 0, failed = 0;
  int restarts = 0;  ///< of the containers in active pods
};

/// Why the job has failed, with the real controller's words; nothing if it has not.
struct JobFailure {
  std::string reason, message;
};
std::optional<JobFailure> job_failure(const JobSpec& job, const JobCounts& counts,
                                      const std::optional<SimTime>& started, SimTime now);
bool job_complete(const JobSpec& job, const JobCounts& counts);
/// How many pods should be active now.
int wanted_active(const JobSpec& job, const JobCounts& counts);

/// Condition Complete or Failed is True.
bool is_finished(const Job& job);
/// When it got that condition.
std::optional<SimTime> finished_at(const Job& job);

}  // namespace muster
