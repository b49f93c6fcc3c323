// Jobs and CronJobs: work that ends.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cluster_model/objects/workload.hpp"

namespace muster {

struct JobSpec {
  /// Both absent: one of one. Only completions absent: any pod's success is the job's.
  std::optional<int> completions, parallelism;
  int backoff_limit = 6;
  std::optional<SimDuration> active_deadline, ttl_after_finished;
  bool suspend = false, manual_selector = false;
  LabelSelector selector;
  std::shared_ptr<const PodTemplate> pod_template;
  Unmodelled rest;
};

struct JobStatus {
  int active = 0, succeeded = 0, failed = 0, ready = 0;
  std::optional<SimTime> start_time, completion_time;
  std::vector<Condition> conditions;  ///< SuccessCriteriaMet, FailureTarget, Complete, Failed, Suspended
  friend bool operator==(const JobStatus&, const JobStatus&) = default;
};

struct Job {
  JobSpec spec;
  JobStatus status;
};

struct CronJob {
  enum class Concurrency : std::uint8_t { allow, forbid, replace };
  std::string schedule;  ///< five fields, or "@hourly" and the like
  std::string time_zone;
  Concurrency concurrency = Concurrency::allow;
  bool suspend = false;
  std::optional<SimDuration> starting_deadline;
  int success_history = 3, failed_history = 1;
  StringMap job_labels, job_annotations;
  JobSpec job;
  struct Status {
    std::vector<std::string> active;  ///< names of jobs
    std::optional<SimTime> last_schedule, last_successful;
    friend bool operator==(const Status&, const Status&) = default;
  } status;
  Unmodelled spec_rest, job_metadata_rest;
};

}  // namespace muster
