#include "cluster_model/canonical_workloads.hpp"

#include "cluster_model/canonical_text.hpp"

namespace muster {

namespace {

using Text = CanonicalText;

std::int64_t number(std::int64_t value) {
  return value;
}

std::string template_text(const std::shared_ptr<const PodTemplate>& pod_template) {
  return pod_template ? canonical_template(*pod_template) : std::string();
}

std::string word(const std::string& value) {
  return value;
}

std::string claim_text(const ClaimSpec& claim) {
  return Text()
      .list("mode", claim.access_modes, word)
      .add("storage", claim.storage_bytes)
      .flag("classed", claim.storage_class.has_value())
      .add("class", claim.storage_class.value_or(""))
      .add("volume", claim.volume_name)
      .add("rest", claim.rest)
      .take();
}

std::string claim_template_text(const ClaimTemplate& claim) {
  return Text()
      .add("name", claim.name)
      .add("labels", claim.labels)
      .add("annotations", claim.annotations)
      .add("spec", claim_text(claim.spec))
      .take();
}

std::string job_text(const JobSpec& job) {
  Text text;
  if (job.completions) text.add("completions", number(*job.completions));
  if (job.parallelism) text.add("parallelism", number(*job.parallelism));
  if (job.active_deadline) text.add("deadline", *job.active_deadline);
  if (job.ttl_after_finished) text.add("ttl", *job.ttl_after_finished);
  return text.add("backoff", number(job.backoff_limit))
      .flag("suspend", job.suspend)
      .flag("manual", job.manual_selector)
      .add("selector", job.selector)
      .add("template", template_text(job.pod_template))
      .add("rest", job.rest)
      .take();
}

std::string path_text(const IngressPath& path) {
  return Text()
      .add("path", path.path)
      .add("type", path.path_type)
      .add("service", path.backend.service)
      .add("port", path.backend.port)
      .take();
}

std::string rule_text(const IngressRule& rule) {
  return Text().add("host", rule.host).list("path", rule.paths, path_text).take();
}

std::string metric_text(const AutoscalerMetric& metric) {
  Text text;
  if (metric.utilization) text.add("utilization", number(*metric.utilization));
  return text.add("resource", metric.resource).add("amount", metric.amount).take();
}

std::string policy_text(const ScalingPolicy& policy) {
  return Text()
      .flag("percent", policy.percent)
      .add("value", number(policy.value))
      .add("period", policy.period)
      .take();
}

std::string rules_text(const std::optional<ScalingRules>& rules) {
  if (!rules) return {};
  return Text()
      .add("window", rules->stabilization)
      .add("select", number(static_cast<int>(rules->select)))
      .list("policy", rules->policies, policy_text)
      .take();
}

}  // namespace

std::string canonical_body(const StatefulSet& set) {
  return Text()
      .add("replicas", number(set.replicas))
      .add("selector", set.selector)
      .add("template", template_text(set.pod_template))
      .add("service", set.service_name)
      .flag("parallel", set.parallel)
      .flag("onDelete", set.on_delete)
      .add("partition", number(set.partition))
      .list("claim", set.claims, claim_template_text)
      .add("minReady", set.min_ready)
      .add("history", number(set.revision_history_limit))
      .add("rest", set.spec_rest)
      .take();
}

std::string canonical_body(const DaemonSet& set) {
  return Text()
      .add("selector", set.selector)
      .add("template", template_text(set.pod_template))
      .flag("onDelete", set.on_delete)
      .add("unavailable", number(set.max_unavailable.value))
      .flag("percent", set.max_unavailable.percent)
      .add("minReady", set.min_ready)
      .add("history", number(set.revision_history_limit))
      .add("rest", set.spec_rest)
      .take();
}

std::string canonical_body(const ControllerRevision& revision) {
  return Text()
      .add("revision", revision.revision)
      .add("template", template_text(revision.pod_template))
      .add("rest", revision.data_rest)
      .take();
}

std::string canonical_body(const Job& job) {
  return job_text(job.spec);
}

std::string canonical_body(const CronJob& cron_job) {
  Text text;
  if (cron_job.starting_deadline) text.add("deadline", *cron_job.starting_deadline);
  return text.add("schedule", cron_job.schedule)
      .add("zone", cron_job.time_zone)
      .add("concurrency", number(static_cast<int>(cron_job.concurrency)))
      .flag("suspend", cron_job.suspend)
      .add("success", number(cron_job.success_history))
      .add("failed", number(cron_job.failed_history))
      .add("labels", cron_job.job_labels)
      .add("annotations", cron_job.job_annotations)
      .add("job", job_text(cron_job.job))
      .add("rest", cron_job.spec_rest)
      .take();
}

std::string canonical_body(const Ingress& ingress) {
  return Text()
      .add("class", ingress.class_name)
      .add("service", ingress.default_backend.service)
      .add("port", ingress.default_backend.port)
      .list("rule", ingress.rules, rule_text)
      .add("rest", ingress.spec_rest)
      .take();
}

std::string canonical_body(const PersistentVolumeClaim& claim) {
  return claim_text(claim.spec);
}

std::string canonical_body(const PersistentVolume& volume) {
  return Text()
      .add("capacity", volume.capacity_bytes)
      .list("mode", volume.access_modes, word)
      .add("class", volume.storage_class)
      .add("reclaim", volume.reclaim_policy)
      .add("claimNamespace", volume.claim_namespace)
      .add("claim", volume.claim_name)
      .add("claimUid", volume.claim_uid)
      .add("rest", volume.spec_rest)
      .take();
}

std::string canonical_body(const StorageClass& storage_class) {
  return Text()
      .add("provisioner", storage_class.provisioner)
      .flag("wait", storage_class.wait_for_first_consumer)
      .add("reclaim", storage_class.reclaim_policy)
      .add("rest", storage_class.rest)
      .take();
}

std::string canonical_body(const HorizontalPodAutoscaler& autoscaler) {
  return Text()
      .add("version", autoscaler.target_api_version)
      .add("kind", autoscaler.target_kind)
      .add("name", autoscaler.target_name)
      .add("min", number(autoscaler.min_replicas))
      .add("max", number(autoscaler.max_replicas))
      .list("metric", autoscaler.metrics, metric_text)
      .add("up", rules_text(autoscaler.scale_up))
      .add("down", rules_text(autoscaler.scale_down))
      .add("rest", autoscaler.spec_rest)
      .take();
}

std::string canonical_body(const ResourceQuota& quota) {
  Text text;
  for (const auto& [resource, amount] : quota.hard) text.add(resource, amount);
  return text.add("rest", quota.spec_rest).take();
}

}  // namespace muster
