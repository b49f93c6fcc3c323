#include "cluster_model/controllers/cron_job_controller.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/controllers/job_math.hpp"
#include "cluster_model/controllers/pod_control.hpp"

namespace muster {

namespace {

const EventSource cron_job_controller{"cronjob-controller", ""};
constexpr const char* scheduled_annotation = "batch.kubernetes.io/cronjob-scheduled-timestamp";

Object new_job(const Object& cron_job, const std::string& name, const std::string& scheduled) {
  const auto& spec = cron_job.as<CronJob>();
  Object job;
  job.api_version = "batch/v1";
  job.kind = "Job";
  job.meta.namespace_ = cron_job.meta.namespace_;
  job.meta.name = name;
  job.meta.labels = spec.job_labels;
  job.meta.annotations = spec.job_annotations;
  job.meta.annotations[scheduled_annotation] = scheduled;
  job.meta.owners = {controller_reference(cron_job)};
  job.body = Job{spec.job, {}};
  return job;
}

/// Oldest first: by the scheduled minute at the end of the name, which a start time follows.
std::vector<ObjectPtr> finished_with(const std::vector<ObjectPtr>& jobs, const char* type) {
  std::vector<ObjectPtr> found;
  for (const ObjectPtr& job : jobs) {
    const Condition* condition = find_condition(job->as<Job>().status.conditions, type);
    if (condition && condition->status == "True") found.push_back(job);
  }
  std::stable_sort(found.begin(), found.end(), [](const ObjectPtr& a, const ObjectPtr& b) {
    return a->as<Job>().status.start_time < b->as<Job>().status.start_time;
  });
  return found;
}

}  // namespace

MissedTimes missed_times(const CronSchedule& schedule, std::int64_t earliest, std::int64_t now) {
  MissedTimes missed;
  for (std::int64_t at = next_cron_time(schedule, earliest); at >= 0 && at <= now && missed.count <= 100;
       at = next_cron_time(schedule, at)) {
    missed.last = at;
    ++missed.count;
  }
  return missed;
}

std::string cron_job_name(const std::string& cron_job, std::int64_t scheduled) {
  return fmt::format("{}-{}", cron_job, scheduled / 60);
}

CronJobController::CronJobController(ControlContext& context)
    : context_(context),
      queue_(context.engine, context.seed, "cronjob", context.profile.cluster.controller,
             [this](const ObjectKey& key) { reconcile(key); }) {}

void CronJobController::watch(const Change& change) {
  const Object& object = *change.after;
  const ObjectKey key = object.key();
  if (key.kind == Kind::CronJob) return queue_.add(key);
  if (key.kind != Kind::Job) return;
  const OwnerReference* owner = controller_of(object.meta);
  if (owner && owner->kind == "CronJob") queue_.add({Kind::CronJob, key.namespace_, owner->name});
}

void CronJobController::resync() {
  for (const ObjectPtr& cron_job : context_.store.list(Kind::CronJob)) enqueue(cron_job->key());
}

std::int64_t CronJobController::unix_now() const {
  return context_.epoch.unix_seconds +
         std::chrono::floor<std::chrono::seconds>(context_.engine.now() - sim_start).count();
}

SimTime CronJobController::sim_time(std::int64_t unix_seconds) const {
  return sim_start + std::chrono::seconds{unix_seconds - context_.epoch.unix_seconds};
}

std::vector<ObjectPtr> CronJobController::jobs_of(const Object& cron_job) const {
  std::vector<ObjectPtr> jobs = context_.store.dependents_of(cron_job.meta.uid);
  std::erase_if(jobs, [](const ObjectPtr& object) { return !std::holds_alternative<Job>(object->body); });
  return jobs;
}

void CronJobController::settle(const ObjectPtr& stored) {
  const Result<CronSchedule> schedule = parse_cron(stored->as<CronJob>().schedule);
  if (!schedule) return;
  const std::int64_t now = unix_now();
  for (std::int64_t back = 3600; back < std::int64_t{400} * 86'400; back *= 24) {
    std::int64_t last = -1;
    for (std::int64_t at = next_cron_time(*schedule, now - back); at >= 0 && at <= now;
         at = next_cron_time(*schedule, at))
      last = at;
    if (last < 0) continue;
    Object cron_job = *stored;
    cron_job.as<CronJob>().status.last_schedule = sim_time(last);
    cron_job.as<CronJob>().status.last_successful = sim_time(last);
    context_.api.write(std::move(cron_job), false);
    break;
  }
  enqueue(stored->key());
}

void CronJobController::reconcile(const ObjectKey& key) {
  const ObjectPtr stored = context_.store.find(key);
  if (!stored || stored->meta.deletion_at) return;
  const Result<CronSchedule> schedule = parse_cron(stored->as<CronJob>().schedule);
  if (!schedule) return;
  Object cron_job = *stored;
  const std::vector<ObjectPtr> jobs = jobs_of(cron_job);
  clear_history(cron_job, jobs);
  note_finished(cron_job, jobs);
  if (!cron_job.as<CronJob>().suspend) {
    start_due(cron_job, *schedule);
    const std::int64_t next = next_cron_time(*schedule, unix_now());
    if (next >= 0) queue_.add_at(key, sim_time(next));
  }
  if (cron_job.as<CronJob>().status != stored->as<CronJob>().status) context_.api.write(cron_job, false);
}

void CronJobController::clear_history(const Object& cron_job, const std::vector<ObjectPtr>& jobs) {
  const auto& spec = cron_job.as<CronJob>();
  const auto keep = [&](const char* type, int limit) {
    const std::vector<ObjectPtr> done = finished_with(jobs, type);
    for (std::size_t i = 0; i + static_cast<std::size_t>(std::max(0, limit)) < done.size(); ++i) {
      if (!context_.api.remove(done[i]->key())) continue;
      context_.events.normal(cron_job, cron_job_controller, "SuccessfulDelete",
                             "Deleted job " + done[i]->meta.name);
    }
  };
  keep("Complete", spec.success_history);
  keep("Failed", spec.failed_history);
}

void CronJobController::note_finished(Object& cron_job, const std::vector<ObjectPtr>& jobs) {
  auto& status = cron_job.as<CronJob>().status;
  std::vector<std::string> active;
  for (const std::string& name : status.active) {
    const auto found =
        std::find_if(jobs.begin(), jobs.end(), [&](const ObjectPtr& job) { return job->meta.name == name; });
    if (found == jobs.end()) {
      context_.events.normal(cron_job, cron_job_controller, "MissingJob",
                             fmt::format("Active job went missing: {}", name));
    } else if (!is_finished((*found)->as<Job>())) {
      active.push_back(name);
    } else {
      const Job& job = (*found)->as<Job>();
      const bool complete = job.status.completion_time.has_value();
      context_.events.normal(
          cron_job, cron_job_controller, "SawCompletedJob",
          fmt::format("Saw completed job: {}, condition: {}", name, complete ? "Complete" : "Failed"));
      if (complete) status.last_successful = std::max(status.last_successful, job.status.completion_time);
    }
  }
  status.active = std::move(active);
}

void CronJobController::start_due(Object& cron_job, const CronSchedule& schedule) {
  const auto& spec = cron_job.as<CronJob>();
  const std::int64_t now = unix_now();
  const auto unix_of = [&](SimTime at) {
    return context_.epoch.unix_seconds + std::chrono::floor<std::chrono::seconds>(at - sim_start).count();
  };
  std::int64_t earliest = unix_of(spec.status.last_schedule.value_or(cron_job.meta.created));
  if (spec.starting_deadline)
    earliest =
        std::max(earliest, now - std::chrono::floor<std::chrono::seconds>(*spec.starting_deadline).count());
  const MissedTimes missed = missed_times(schedule, earliest, now);
  if (!missed.last) return;
  if (missed.count > 100) {
    context_.events.warning(cron_job, cron_job_controller, "TooManyMissedTimes",
                            "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or "
                            "check clock skew");
  }
  if (!make_way(cron_job)) return;
  start(cron_job, *missed.last);
}

bool CronJobController::make_way(Object& cron_job) {
  auto& spec = cron_job.as<CronJob>();
  if (spec.status.active.empty() || spec.concurrency == CronJob::Concurrency::allow) return true;
  if (spec.concurrency == CronJob::Concurrency::forbid) {
    context_.events.normal(cron_job, cron_job_controller, "JobAlreadyActive",
                           "Not starting job because prior execution is running and concurrency policy is "
                           "Forbid");
    return false;
  }
  for (const std::string& name : spec.status.active) {
    if (!context_.api.remove({Kind::Job, cron_job.meta.namespace_, name})) continue;
    context_.events.normal(cron_job, cron_job_controller, "SuccessfulDelete", "Deleted job " + name);
  }
  spec.status.active.clear();
  return true;
}

void CronJobController::start(Object& cron_job, std::int64_t scheduled) {
  auto& status = cron_job.as<CronJob>().status;
  const std::string name = cron_job_name(cron_job.meta.name, scheduled);
  const std::string at = format_rfc3339(context_.epoch, sim_time(scheduled));
  const Result<ObjectPtr> job = context_.api.create(new_job(cron_job, name, at));
  if (!job && job.error().code != ErrorCode::conflict) {
    context_.events.warning(cron_job, cron_job_controller, "FailedCreate",
                            "Error creating job: " + job.error().text());
    return queue_.add_at(cron_job.key(), context_.engine.now() + 10s);
  }
  if (job) {
    context_.events.normal(cron_job, cron_job_controller, "SuccessfulCreate", "Created job " + name);
    status.active.push_back(name);
  }
  status.last_schedule = sim_time(scheduled);
}

}  // namespace muster
