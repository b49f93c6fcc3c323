#include "cluster_model/apiserver/workload_validation.hpp"

#include <fmt/format.h>

#include "cluster_model/canonical.hpp"
#include "cluster_model/cron_schedule.hpp"

namespace muster {

namespace {

Result<void> not_negative(std::int64_t value, const char* where) {
  if (value >= 0) return {};
  return invalid_input(fmt::format("Invalid value: {}: must be greater than or equal to 0", value), where);
}

bool says(const Unmodelled& rest, const char* what) {
  return rest && rest->find(what) != std::string::npos;
}

Result<void> check_job(const JobSpec& job, const std::string& spec) {
  for (const auto& [value, name] : {std::pair{job.completions.value_or(0), "/completions"},
                                    std::pair{job.parallelism.value_or(0), "/parallelism"},
                                    std::pair{job.backoff_limit, "/backoffLimit"}}) {
    if (auto ok = not_negative(value, (spec + name).c_str()); !ok) return ok;
  }
  if (says(job.rest, "\"Indexed\""))
    return invalid_input("Indexed jobs are not simulated: expected NonIndexed", spec + "/completionMode");
  if (says(job.rest, "\"podFailurePolicy\""))
    return invalid_input("it is not simulated", spec + "/podFailurePolicy");
  return check_template(job.selector, job.pod_template.get(), PodSpecUse::job, spec);
}

Result<void> check_claim(const ClaimSpec& claim, const std::string& spec) {
  if (claim.access_modes.empty())
    return invalid_input("Required value: at least 1 access mode is required", spec + "/accessModes");
  if (claim.storage_bytes <= 0) return invalid_input("Required value", spec + "/resources/requests/storage");
  return {};
}

bool same_claims(const StatefulSet& a, const StatefulSet& b) {
  StatefulSet left, right;
  left.claims = a.claims;
  right.claims = b.claims;
  Object one, other;
  one.body = std::move(left);
  other.body = std::move(right);
  return canonical_spec(one) == canonical_spec(other);
}

Result<void> check_claim_update(const ClaimSpec& before, const ClaimSpec& after) {
  const bool bound_now = before.volume_name.empty() || before.volume_name == after.volume_name;
  const bool classed_now = !before.storage_class || before.storage_class == after.storage_class;
  if (bound_now && classed_now && before.access_modes == after.access_modes &&
      before.storage_bytes <= after.storage_bytes)
    return {};
  return invalid_input(
      "Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName "
      "for bound claims",
      "/spec");
}

}  // namespace

Error immutable_field(const char* where) {
  return invalid_input("Invalid value: field is immutable", where);
}

Result<void> validate_workload(const StatefulSet& set) {
  if (auto ok = not_negative(set.replicas, "/spec/replicas"); !ok) return ok;
  if (auto ok = not_negative(set.partition, "/spec/updateStrategy/rollingUpdate/partition"); !ok) return ok;
  if (auto ok = check_selector(set.selector); !ok) return ok;
  for (std::size_t i = 0; i < set.claims.size(); ++i) {
    const std::string where = fmt::format("/spec/volumeClaimTemplates/{}/spec", i);
    if (auto ok = check_claim(set.claims[i].spec, where); !ok) return ok;
  }
  return check_template(set.selector, set.pod_template.get(), PodSpecUse::template_, "/spec");
}

Result<void> validate_workload(const DaemonSet& set) {
  if (auto ok = check_selector(set.selector); !ok) return ok;
  if (says(set.spec_rest, "\"maxSurge\"") && !says(set.spec_rest, "\"maxSurge\":0")) {
    return invalid_input("surging DaemonSets are not simulated: expected 0",
                         "/spec/updateStrategy/rollingUpdate/maxSurge");
  }
  if (!set.on_delete && set.max_unavailable.value == 0) {
    return invalid_input("Invalid value: 0: cannot be 0 when maxSurge is 0",
                         "/spec/updateStrategy/rollingUpdate/maxUnavailable");
  }
  return check_template(set.selector, set.pod_template.get(), PodSpecUse::template_, "/spec");
}

Result<void> validate_workload(const Job& job) {
  return check_job(job.spec, "/spec");
}

Result<void> validate_workload(const CronJob& cron_job) {
  if (cron_job.schedule.empty()) return invalid_input("Required value", "/spec/schedule");
  const Result<CronSchedule> schedule = parse_cron(cron_job.schedule);
  if (!schedule) {
    return invalid_input(
        fmt::format("Invalid value: \"{}\": {}", cron_job.schedule, schedule.error().message),
        "/spec/schedule");
  }
  const std::string& zone = cron_job.time_zone;
  if (!zone.empty() && zone != "UTC" && zone != "Etc/UTC" && zone != "GMT")
    return invalid_input(fmt::format("time zone \"{}\" is not simulated: expected UTC", zone),
                         "/spec/timeZone");
  return check_job(cron_job.job, "/spec/jobTemplate/spec");
}

Result<void> validate_workload(const Ingress& ingress) {
  if (ingress.rules.empty() && ingress.default_backend.service.empty())
    return invalid_input("Invalid value: either `defaultBackend` or `rules` must be specified", "/spec");
  for (std::size_t i = 0; i < ingress.rules.size(); ++i) {
    const std::vector<IngressPath>& paths = ingress.rules[i].paths;
    for (std::size_t k = 0; k < paths.size(); ++k) {
      const std::string where = fmt::format("/spec/rules/{}/http/paths/{}", i, k);
      if (paths[k].path_type.empty())
        return invalid_input("Required value: pathType must be specified", where + "/pathType");
      if (paths[k].backend.service.empty()) return invalid_input("Required value", where + "/backend");
    }
  }
  return {};
}

Result<void> validate_workload(const PersistentVolumeClaim& claim) {
  return check_claim(claim.spec, "/spec");
}

Result<void> validate_workload(const HorizontalPodAutoscaler& autoscaler) {
  if (autoscaler.target_name.empty()) return invalid_input("Required value", "/spec/scaleTargetRef/name");
  if (autoscaler.target_kind.empty()) return invalid_input("Required value", "/spec/scaleTargetRef/kind");
  if (autoscaler.min_replicas < 1) {
    return invalid_input(
        fmt::format("Invalid value: {}: must be greater than or equal to 1", autoscaler.min_replicas),
        "/spec/minReplicas");
  }
  if (autoscaler.max_replicas < 1)
    return invalid_input(fmt::format("Invalid value: {}: must be greater than 0", autoscaler.max_replicas),
                         "/spec/maxReplicas");
  if (autoscaler.max_replicas < autoscaler.min_replicas) {
    return invalid_input(fmt::format("Invalid value: {}: must be greater than or equal to `minReplicas`",
                                     autoscaler.max_replicas),
                         "/spec/maxReplicas");
  }
  for (std::size_t i = 0; i < autoscaler.metrics.size(); ++i) {
    const AutoscalerMetric& metric = autoscaler.metrics[i];
    const std::string where = fmt::format("/spec/metrics/{}/resource", i);
    if (metric.resource != "cpu" && metric.resource != "memory") {
      return invalid_input(
          fmt::format("the resource \"{}\" is not simulated: expected cpu or memory", metric.resource),
          where + "/name");
    }
    if (metric.utilization.has_value() == metric.amount.has_value()) {
      return invalid_input(
          "Required value: must set exactly one of a target raw value or a target utilization",
          where + "/target");
    }
  }
  return {};
}

Result<void> validate_workload(const ResourceQuota& quota) {
  for (const auto& [resource, amount] : quota.hard) {
    if (auto ok = not_negative(amount, "/spec/hard"); !ok) return ok;
  }
  if (says(quota.spec_rest, "\"scope")) return invalid_input("scopes are not simulated", "/spec/scopes");
  return {};
}

Result<void> validate_workload_update(const Object& before, const Object& after) {
  if (const auto* old = std::get_if<StatefulSet>(&before.body)) {
    const auto& next = after.as<StatefulSet>();
    const bool same = old->selector == next.selector && old->service_name == next.service_name &&
                      old->parallel == next.parallel && same_claims(*old, next);
    if (same) return {};
    return invalid_input(
        "Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', "
        "'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and "
        "'minReadySeconds' are forbidden",
        "/spec");
  }
  if (const auto* set = std::get_if<DaemonSet>(&before.body)) {
    if (set->selector != after.as<DaemonSet>().selector) return immutable_field("/spec/selector");
  } else if (const auto* job = std::get_if<Job>(&before.body)) {
    const JobSpec& next = after.as<Job>().spec;
    if (job->spec.selector != next.selector) return immutable_field("/spec/selector");
    if (job->spec.completions != next.completions) return immutable_field("/spec/completions");
    if (canonical_template(*job->spec.pod_template) != canonical_template(*next.pod_template))
      return immutable_field("/spec/template");
  } else if (const auto* claim = std::get_if<PersistentVolumeClaim>(&before.body)) {
    return check_claim_update(claim->spec, after.as<PersistentVolumeClaim>().spec);
  }
  return {};
}

}  // namespace muster
