// kube-state-metrics: Deployments, StatefulSets, DaemonSets, Jobs, autoscalers, budgets, claims and quotas
// (kubernetes/kube-state-metrics docs/metrics).
#include <array>
#include <cmath>
#include <tuple>

#include "cluster_model/exporters/exporters.hpp"

namespace muster {

namespace {

Labels labels_of(const Object& object, const char* kind) {
  return {{"namespace", object.meta.namespace_}, {kind, object.meta.name}};
}

/// What a percentage of the wanted pods comes to (kubernetes/kubernetes pkg/controller/deployment/util):
/// a surge is rounded up, what may be missing is rounded down.
int pods_of(const IntOrPercent& amount, int replicas, bool up) {
  if (!amount.percent) return amount.value;
  return (amount.value * replicas + (up ? 99 : 0)) / 100;
}

void expose_deployment(const Object& object, Epoch epoch, SampleSink& sink) {
  const Deployment& deployment = object.as<Deployment>();
  const DeploymentStatus& status = deployment.status;
  const Labels labels = labels_of(object, "deployment");
  const std::array<std::pair<const char*, double>, 10> rows{
      {{"kube_deployment_created", std::floor(unix_seconds_of(epoch, object.meta.created))},
       {"kube_deployment_spec_replicas", deployment.replicas},
       {"kube_deployment_spec_paused", deployment.paused ? 1 : 0},
       {"kube_deployment_metadata_generation", static_cast<double>(object.meta.generation)},
       {"kube_deployment_status_observed_generation", static_cast<double>(status.observed_generation)},
       {"kube_deployment_status_replicas", status.replicas},
       {"kube_deployment_status_replicas_ready", status.ready},
       {"kube_deployment_status_replicas_available", status.available},
       {"kube_deployment_status_replicas_unavailable", status.unavailable},
       {"kube_deployment_status_replicas_updated", status.updated}}};
  for (const auto& [metric, value] : rows) sink.sample(metric, labels, value);
  if (!deployment.recreate) {
    sink.sample("kube_deployment_spec_strategy_rollingupdate_max_unavailable", labels,
                pods_of(deployment.max_unavailable, deployment.replicas, false));
    sink.sample("kube_deployment_spec_strategy_rollingupdate_max_surge", labels,
                pods_of(deployment.max_surge, deployment.replicas, true));
  }
  expose_labels(sink, "kube_deployment_labels", labels, object);
  for (const Condition& condition : status.conditions) {
    Labels with_condition = labels;
    put_label(with_condition, "condition", condition.type);
    put_label(with_condition, "reason", condition.reason);
    expose_condition(sink, "kube_deployment_status_condition", with_condition, "status", condition.status);
  }
}

void expose_replica_set(const Object& object, Epoch, SampleSink& sink) {
  const ReplicaSet& replica_set = object.as<ReplicaSet>();
  Labels labels = labels_of(object, "replicaset");
  sink.sample("kube_replicaset_spec_replicas", labels, replica_set.replicas);
  sink.sample("kube_replicaset_metadata_generation", labels, static_cast<double>(object.meta.generation));
  sink.sample("kube_replicaset_status_observed_generation", labels,
              static_cast<double>(replica_set.status.observed_generation));
  sink.sample("kube_replicaset_status_replicas", labels, replica_set.status.replicas);
  sink.sample("kube_replicaset_status_fully_labeled_replicas", labels, replica_set.status.fully_labeled);
  sink.sample("kube_replicaset_status_ready_replicas", labels, replica_set.status.ready);
  if (const OwnerReference* owner = controller_of(object.meta)) {
    put_label(labels, "owner_kind", owner->kind);
    put_label(labels, "owner_name", owner->name);
    put_label(labels, "owner_is_controller", "true");
    sink.sample("kube_replicaset_owner", labels, 1);
  }
}

void expose_budget(const Object& object, Epoch, SampleSink& sink) {
  const DisruptionStatus& status = object.as<PodDisruptionBudget>().status;
  const Labels labels = labels_of(object, "poddisruptionbudget");
  sink.sample("kube_poddisruptionbudget_status_current_healthy", labels, status.current_healthy);
  sink.sample("kube_poddisruptionbudget_status_desired_healthy", labels, status.desired_healthy);
  sink.sample("kube_poddisruptionbudget_status_expected_pods", labels, status.expected_pods);
  sink.sample("kube_poddisruptionbudget_status_pod_disruptions_allowed", labels, status.disruptions_allowed);
  sink.sample("kube_poddisruptionbudget_status_observed_generation", labels,
              static_cast<double>(status.observed_generation));
}

void expose_stateful_set(const Object& object, Epoch, SampleSink& sink) {
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
  for (const auto& [metric, revision] :
       {std::pair{"kube_statefulset_status_current_revision", &set.status.current_revision},
        std::pair{"kube_statefulset_status_update_revision", &set.status.update_revision}}) {
    Labels one = labels;
    put_label(one, "revision", *revision);
    sink.sample(metric, one, 1);
  }
}

void expose_daemon_set(const Object& object, Epoch, SampleSink& sink) {
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

void expose_job(const Object& object, Epoch epoch, SampleSink& sink) {
  const auto& job = object.as<Job>();
  Labels labels = labels_of(object, "job_name");
  if (job.spec.completions) sink.sample("kube_job_spec_completions", labels, *job.spec.completions);
  sink.sample("kube_job_spec_parallelism", labels, job.spec.parallelism.value_or(1));
  sink.sample("kube_job_status_active", labels, job.status.active);
  sink.sample("kube_job_status_succeeded", labels, job.status.succeeded);
  sink.sample("kube_job_status_failed", labels, job.status.failed);
  if (job.status.start_time)
    sink.sample("kube_job_status_start_time", labels,
                std::floor(unix_seconds_of(epoch, *job.status.start_time)));
  if (job.status.completion_time)
    sink.sample("kube_job_status_completion_time", labels,
                std::floor(unix_seconds_of(epoch, *job.status.completion_time)));
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

void expose_cron_job(const Object& object, Epoch epoch, SampleSink& sink) {
  const auto& cron_job = object.as<CronJob>();
  const Labels labels = labels_of(object, "cronjob");
  sink.sample("kube_cronjob_status_active", labels, static_cast<double>(cron_job.status.active.size()));
  sink.sample("kube_cronjob_spec_suspend", labels, cron_job.suspend ? 1 : 0);
  if (cron_job.status.last_schedule)
    sink.sample("kube_cronjob_status_last_schedule_time", labels,
                std::floor(unix_seconds_of(epoch, *cron_job.status.last_schedule)));
}

void expose_autoscaler(const Object& object, Epoch, SampleSink& sink) {
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

void expose_claim(const Object& object, Epoch, SampleSink& sink) {
  const auto& claim = object.as<PersistentVolumeClaim>();
  const Labels labels = labels_of(object, "persistentvolumeclaim");
  sink.sample("kube_persistentvolumeclaim_resource_requests_storage_bytes", labels,
              static_cast<double>(claim.spec.storage_bytes));
  for (const std::string& mode : claim.spec.access_modes) {
    Labels with_mode = labels;
    put_label(with_mode, "access_mode", mode);
    sink.sample("kube_persistentvolumeclaim_access_mode", with_mode, 1);
  }
  for (const char* phase : {"Bound", "Lost", "Pending"}) {
    Labels with_phase = labels;
    put_label(with_phase, "phase", phase);
    sink.sample("kube_persistentvolumeclaim_status_phase", with_phase, claim.status.phase == phase ? 1 : 0);
  }
}

void expose_quota(const Object& object, Epoch, SampleSink& sink) {
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

std::span<const ExposedKind> exposed_workloads() {
  static constexpr std::array<ExposedKind, 10> kinds{{{Kind::Deployment, expose_deployment},
                                                      {Kind::ReplicaSet, expose_replica_set},
                                                      {Kind::StatefulSet, expose_stateful_set},
                                                      {Kind::DaemonSet, expose_daemon_set},
                                                      {Kind::Job, expose_job},
                                                      {Kind::CronJob, expose_cron_job},
                                                      {Kind::HorizontalPodAutoscaler, expose_autoscaler},
                                                      {Kind::PodDisruptionBudget, expose_budget},
                                                      {Kind::PersistentVolumeClaim, expose_claim},
                                                      {Kind::ResourceQuota, expose_quota}}};
  return kinds;
}

}  // namespace muster
