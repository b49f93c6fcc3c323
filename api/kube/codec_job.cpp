// Jobs and CronJobs.
#include <fmt/format.h>

#include "api/kube/codec_json.hpp"

namespace muster::kube {

namespace {

void read_optional(Fields& fields, const char* key, std::optional<int>& out) {
  if (fields.has(key)) fields.whole(key, out.emplace());
}

void read_optional(Fields& fields, const char* key, std::optional<SimDuration>& out) {
  if (fields.has(key)) fields.seconds(key, out.emplace());
}

void read_job_spec(Fields& spec, JobSpec& job) {
  job.pod_template = read_pod_template(spec);
  read_optional(spec, "completions", job.completions);
  read_optional(spec, "parallelism", job.parallelism);
  spec.whole("backoffLimit", job.backoff_limit);
  read_optional(spec, "activeDeadlineSeconds", job.active_deadline);
  read_optional(spec, "ttlSecondsAfterFinished", job.ttl_after_finished);
  spec.optional_flag("suspend", job.suspend);
  spec.optional_flag("manualSelector", job.manual_selector);
  spec.object("selector", [&](Fields& selector) { read_label_selector(selector, job.selector); });
  job.rest = spec.rest();
}

Json write_job_spec(const JobSpec& job) {
  Json spec{{"backoffLimit", job.backoff_limit}, {"suspend", job.suspend}};
  if (job.completions) spec["completions"] = *job.completions;
  if (job.parallelism) spec["parallelism"] = *job.parallelism;
  if (job.active_deadline) spec["activeDeadlineSeconds"] = whole_seconds(*job.active_deadline);
  if (job.ttl_after_finished) spec["ttlSecondsAfterFinished"] = whole_seconds(*job.ttl_after_finished);
  if (job.manual_selector) spec["manualSelector"] = true;
  put(spec, "selector", write_label_selector(job.selector));
  if (job.pod_template) spec["template"] = write_template(*job.pod_template);
  merge_rest(spec, job.rest);
  return spec;
}

void read_concurrency(Fields& spec, CronJob& cron_job) {
  std::string policy = "Allow";
  spec.text("concurrencyPolicy", policy);
  using Concurrency = CronJob::Concurrency;
  if (policy == "Forbid") {
    cron_job.concurrency = Concurrency::forbid;
  } else if (policy == "Replace") {
    cron_job.concurrency = Concurrency::replace;
  } else if (policy != "Allow") {
    spec.fail("concurrencyPolicy",
              fmt::format("Unsupported value: \"{}\": supported values: \"Allow\", \"Forbid\", \"Replace\"",
                          policy));
  }
}

const char* text_of(CronJob::Concurrency policy) {
  using Concurrency = CronJob::Concurrency;
  return policy == Concurrency::forbid ? "Forbid" : policy == Concurrency::replace ? "Replace" : "Allow";
}

void read_job_template(Fields& fields, CronJob& cron_job) {
  fields.object("metadata", [&](Fields& metadata) {
    metadata.texts("labels", cron_job.job_labels);
    metadata.texts("annotations", cron_job.job_annotations);
    cron_job.job_metadata_rest = metadata.rest();
  });
  fields.object("spec", [&](Fields& spec) { read_job_spec(spec, cron_job.job); });
}

Json write_job_template(const CronJob& cron_job) {
  Json metadata = Json::object();
  put(metadata, "labels", cron_job.job_labels);
  put(metadata, "annotations", cron_job.job_annotations);
  merge_rest(metadata, cron_job.job_metadata_rest);
  return {{"metadata", std::move(metadata)}, {"spec", write_job_spec(cron_job.job)}};
}

}  // namespace

void read_body(Fields& fields, Job& job) {
  job.spec.pod_template = std::make_shared<PodTemplate>();
  fields.object("spec", [&](Fields& spec) { read_job_spec(spec, job.spec); });
  fields.object("status", [&](Fields& status) {
    status.whole("active", job.status.active);
    status.whole("succeeded", job.status.succeeded);
    status.whole("failed", job.status.failed);
    status.whole("ready", job.status.ready);
    status.time("startTime", job.status.start_time);
    status.time("completionTime", job.status.completion_time);
    read_conditions(status, job.status.conditions);
  });
}

void write_body(Json& json, const Job& job, Epoch epoch) {
  json["spec"] = write_job_spec(job.spec);
  Json status{{"ready", job.status.ready}};
  put_nonzero(status, "active", job.status.active);
  put_nonzero(status, "succeeded", job.status.succeeded);
  put_nonzero(status, "failed", job.status.failed);
  if (job.status.start_time) status["startTime"] = format_rfc3339(epoch, *job.status.start_time);
  if (job.status.completion_time)
    status["completionTime"] = format_rfc3339(epoch, *job.status.completion_time);
  put(status, "conditions", write_conditions(job.status.conditions, false, epoch));
  json["status"] = std::move(status);
}

void read_body(Fields& fields, CronJob& cron_job) {
  cron_job.job.pod_template = std::make_shared<PodTemplate>();
  fields.object("spec", [&](Fields& spec) {
    spec.text("schedule", cron_job.schedule);
    spec.text("timeZone", cron_job.time_zone);
    read_concurrency(spec, cron_job);
    spec.optional_flag("suspend", cron_job.suspend);
    read_optional(spec, "startingDeadlineSeconds", cron_job.starting_deadline);
    spec.whole("successfulJobsHistoryLimit", cron_job.success_history);
    spec.whole("failedJobsHistoryLimit", cron_job.failed_history);
    spec.object("jobTemplate", [&](Fields& part) { read_job_template(part, cron_job); });
    cron_job.spec_rest = spec.rest();
  });
  fields.object("status", [&](Fields& status) {
    status.each("active", [&](Fields& reference) {
      reference.text("name", cron_job.status.active.emplace_back());
      for (const char* follows : {"apiVersion", "kind", "namespace", "uid", "resourceVersion"})
        reference.json().erase(follows);
    });
    status.time("lastScheduleTime", cron_job.status.last_schedule);
    status.time("lastSuccessfulTime", cron_job.status.last_successful);
  });
}

void write_body(Json& json, const CronJob& cron_job, Epoch epoch) {
  Json spec{{"schedule", cron_job.schedule},
            {"concurrencyPolicy", text_of(cron_job.concurrency)},
            {"suspend", cron_job.suspend},
            {"successfulJobsHistoryLimit", cron_job.success_history},
            {"failedJobsHistoryLimit", cron_job.failed_history}};
  put(spec, "timeZone", cron_job.time_zone);
  if (cron_job.starting_deadline)
    spec["startingDeadlineSeconds"] = whole_seconds(*cron_job.starting_deadline);
  spec["jobTemplate"] = write_job_template(cron_job);
  merge_rest(spec, cron_job.spec_rest);
  json["spec"] = std::move(spec);
  Json status = Json::object();
  for (const std::string& name : cron_job.status.active) {
    Json reference{{"apiVersion", "batch/v1"}, {"kind", "Job"}, {"name", name}};
    put(reference, "namespace", json["metadata"].value("namespace", std::string()));
    status["active"].push_back(std::move(reference));
  }
  if (cron_job.status.last_schedule)
    status["lastScheduleTime"] = format_rfc3339(epoch, *cron_job.status.last_schedule);
  if (cron_job.status.last_successful)
    status["lastSuccessfulTime"] = format_rfc3339(epoch, *cron_job.status.last_successful);
  json["status"] = std::move(status);
}

}  // namespace muster::kube
