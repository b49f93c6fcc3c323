// kube-state-metrics: StatefulSets, DaemonSets, Jobs, autoscalers, claims and quotas
// (kubernetes/kube-state-metrics docs/metrics).
#include "cluster_model/exporters/exporters.hpp"

namespace muster {

namespace {

Labels labels_of(const Object& object, const char* kind) {
  return {{"namespace", object.meta.namespace_}, {kind, object.meta.name}};
}

void expose_stateful_set(const Object& object, SampleSink& sink) {
  const auto& set = object.as<StatefulSet>();
  const Labels labels = labels_of(object, "statefulset");
  sink.sample("kube_statefulset_replicas", labels, set.replicas);
  sink.sample("kube_statefulset_status_replicas", labels, set.status.replicas);
  sink.sample("kube_statefulset_status_replicas_ready", labels, set.status.ready);
  sink.sample("kube_statefulset_status_replicas_available", labels, set.status.available);
  sink.sample("kube_statefulset_status_replicas_current", labels, set.status.current);
  sink.sample("kube_statefulset_status_replicas_updated", labels, set.status.updated);
  sink.sample("kube_statefulset_metadata_generation", labels, static_cast<double>(object.meta.generation));
  sink.sample("kube_statefulset_status_observed_generation", labels,
              static_cast<double>(set.status.observed_generation));
}

void expose_daemon_set(const Object& object, SampleSink& sink) {
  const DaemonSet::Status& status = object.as<DaemonSet>().status;
  const Labels labels = labels_of(object, "daemonset");
  sink.sample("kube_daemonset_status_desired_number_scheduled", labels, status.desired);
  sink.sample("kube_daemonset_status_current_number_scheduled", labels, status.current);
  sink.sample("kube_daemonset_status_number_ready", labels, status.ready);
  sink.sample("kube_daemonset_status_number_available", labels, status.available);
  sink.sample("kube_daemonset_status_number_unavailable", labels, status.unavailable);
  sink.sample("kube_daemonset_status_number_misscheduled", labels, status.misscheduled);
  sink.sample("kube_daemonset_status_updated_number_scheduled", labels, status.updated);
}

void expose_job(const Object& object, SampleSink& sink) {
  const auto& job = object.as<Job>();
  Labels labels = labels_of(object, "job_name");
  if (job.spec.completions) sink.sample("kube_job_spec_completions", labels, *job.spec.completions);
  sink.sample("kube_job_spec_parallelism", labels, job.spec.parallelism.value_or(1));
  sink.sample("kube_job_status_active", labels, job.status.active);
  sink.sample("kube_job_status_succeeded", labels, job.status.succeeded);
  sink.sample("kube_job_status_failed", labels, job.status.failed);
  for (const auto& [type, metric] :
       {std::pair{"Complete", "kube_job_complete"}, std::pair{"Failed", "kube_job_failed"}}) {
    const Condition* condition = find_condition(job.status.conditions, type);
    if (condition) expose_condition(sink, metric, labels, "condition", condition->status);
  }
  if (const OwnerReference* owner = controller_of(object.meta)) {
    Labels owned = labels;
    put_label(owned, "owner_kind", owner->kind);
    put_label(owned, "owner_name", owner->name);
    sink.sample("kube_job_owner", owned, 1);
  }
}

void expose_cron_job(const Object& object, SampleSink& sink) {
  const auto& cron_job = object.as<CronJob>();
  const Labels labels = labels_of(object, "cronjob");
  sink.sample("kube_cronjob_status_active", labels, static_cast<double>(cron_job.status.active.size()));
  sink.sample("kube_cronjob_spec_suspend", labels, cron_job.suspend ? 1 : 0);
}

void expose_autoscaler(const Object& object, SampleSink& sink) {
  const auto& autoscaler = object.as<HorizontalPodAutoscaler>();
  const Labels labels = labels_of(object, "horizontalpodautoscaler");
  sink.sample("kube_horizontalpodautoscaler_spec_min_replicas", labels, autoscaler.min_replicas);
  sink.sample("kube_horizontalpodautoscaler_spec_max_replicas", labels, autoscaler.max_replicas);
  sink.sample("kube_horizontalpodautoscaler_status_current_replicas", labels, autoscaler.status.current);
  sink.sample("kube_horizontalpodautoscaler_status_desired_replicas", labels, autoscaler.status.desired);
  for (const Condition& condition : autoscaler.status.conditions) {
    Labels with_condition = labels;
    put_label(with_condition, "condition", condition.type);
    expose_condition(sink, "kube_horizontalpodautoscaler_status_condition", with_condition, "status",
                     condition.status);
  }
}

void expose_claim(const Object& object, SampleSink& sink) {
  const auto& claim = object.as<PersistentVolumeClaim>();
  const Labels labels = labels_of(object, "persistentvolumeclaim");
  sink.sample("kube_persistentvolumeclaim_resource_requests_storage_bytes", labels,
              static_cast<double>(claim.spec.storage_bytes));
  for (const char* phase : {"Bound", "Lost", "Pending"}) {
    Labels with_phase = labels;
    put_label(with_phase, "phase", phase);
    sink.sample("kube_persistentvolumeclaim_status_phase", with_phase, claim.status.phase == phase ? 1 : 0);
  }
}

void expose_quota(const Object& object, SampleSink& sink) {
  const ResourceQuota::Status& status = object.as<ResourceQuota>().status;
  for (const auto& [type, amounts] : {std::pair{"hard", &status.hard}, std::pair{"used", &status.used}}) {
    for (const auto& [resource, amount] : *amounts) {
      Labels labels = labels_of(object, "resourcequota");
      put_label(labels, "resource", resource);
      put_label(labels, "type", type);
      const double shown = static_cast<double>(amount);
      sink.sample("kube_resourcequota", labels, is_cpu_quota(resource) ? shown / 1000 : shown);
    }
  }
}

}  // namespace

void expose_other_workloads(const ObjectStore& objects, SampleSink& sink) {
  const auto each = [&](Kind kind, void (*expose)(const Object&, SampleSink&)) {
    for (const ObjectPtr& object : objects.list(kind)) expose(*object, sink);
  };
  each(Kind::StatefulSet, expose_stateful_set);
  each(Kind::DaemonSet, expose_daemon_set);
  each(Kind::Job, expose_job);
  each(Kind::CronJob, expose_cron_job);
  each(Kind::HorizontalPodAutoscaler, expose_autoscaler);
  each(Kind::PersistentVolumeClaim, expose_claim);
  each(Kind::ResourceQuota, expose_quota);
}

}  // namespace muster
