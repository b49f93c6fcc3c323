#include "cluster_model/apiserver/object_defaults.hpp"

#include <fmt/format.h>

#include "cluster_model/canonical.hpp"

namespace muster {

namespace {

constexpr const char* container_defaults =
    R"({"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"})";
constexpr const char* pod_defaults =
    R"({"dnsPolicy":"ClusterFirst","schedulerName":"default-scheduler","securityContext":{}})";

void default_probe(std::optional<Probe>& probe) {
  if (probe && probe->handler == Probe::Handler::http_get && probe->path.empty()) probe->path = "/";
}

void default_container(Container& container) {
  if (container.image_pull_policy.empty()) container.image_pull_policy = default_pull_policy(container.image);
  default_probe(container.startup);
  default_probe(container.readiness);
  default_probe(container.liveness);
  container.rest = with_json_defaults(container.rest, container_defaults);
}

void default_pod_spec(PodSpec& spec) {
  if (spec.restart_policy.empty()) spec.restart_policy = "Always";
  for (Container& container : spec.init_containers) default_container(container);
  for (Container& container : spec.containers) default_container(container);
  spec.rest = with_json_defaults(spec.rest, pod_defaults);
}

/// Pods only, not templates: a template without requests stays without.
void requests_from_limits(PodSpec& spec) {
  for (std::vector<Container>* list : {&spec.containers, &spec.init_containers}) {
    for (Container& container : *list) {
      Resources& resources = container.resources;
      if (!resources.cpu_request) resources.cpu_request = resources.cpu_limit;
      if (!resources.memory_request) resources.memory_request = resources.memory_limit;
    }
  }
}

std::shared_ptr<const PodTemplate> defaulted(const std::shared_ptr<const PodTemplate>& given) {
  if (!given) return given;
  PodTemplate pod_template = *given;
  default_pod_spec(pod_template.spec);
  return std::make_shared<const PodTemplate>(std::move(pod_template));
}

/// What a pod tolerates without saying so: it stays for five minutes on a node that is lost
/// (plugin/pkg/admission/defaulttolerationseconds).
void tolerate_lost_nodes(PodSpec& spec) {
  for (const char* key : {taint_not_ready, taint_unreachable}) {
    const Taint lost{key, "", "NoExecute", {}};
    if (toleration_of(spec.tolerations, lost)) continue;
    spec.tolerations.push_back({key, "Exists", "", "NoExecute", 300s});
  }
}

void default_claim(ClaimSpec& claim) {
  claim.rest = with_json_defaults(claim.rest, R"({"volumeMode":"Filesystem"})");
}

/// pkg/apis/batch/v1/defaults.go
void default_job(JobSpec& job) {
  if (!job.completions && !job.parallelism) job.completions = 1;
  if (!job.parallelism) job.parallelism = 1;
  job.pod_template = defaulted(job.pod_template);
  job.rest = with_json_defaults(job.rest, R"({"completionMode":"NonIndexed"})");
}

struct Defaults {
  const std::string& kind;

  void operator()(Pod& pod) const {
    default_pod_spec(pod.spec);
    requests_from_limits(pod.spec);
    tolerate_lost_nodes(pod.spec);
  }
  void operator()(Deployment& deployment) const {
    deployment.pod_template = defaulted(deployment.pod_template);
  }
  void operator()(ReplicaSet& rs) const { rs.pod_template = defaulted(rs.pod_template); }
  void operator()(DaemonSet& set) const { set.pod_template = defaulted(set.pod_template); }
  void operator()(StatefulSet& set) const {
    set.pod_template = defaulted(set.pod_template);
    for (ClaimTemplate& claim : set.claims) default_claim(claim.spec);
  }
  void operator()(Job& job) const { default_job(job.spec); }
  void operator()(CronJob& cron_job) const { default_job(cron_job.job); }
  void operator()(PersistentVolumeClaim& claim) const { default_claim(claim.spec); }
  void operator()(HorizontalPodAutoscaler& autoscaler) const {
    if (autoscaler.metrics.empty()) autoscaler.metrics = {{"cpu", 80, {}}};
  }
  void operator()(ConfigData& config) const {
    if (kind == "Secret" && config.type.empty()) config.type = "Opaque";
  }
  void operator()(Service& service) const {
    if (service.type.empty()) service.type = "ClusterIP";
    for (ServicePort& port : service.ports) {
      if (port.target_port.empty()) port.target_port = fmt::format("{}", port.port);
      if (port.protocol.empty()) port.protocol = "TCP";
    }
    service.spec_rest = with_json_defaults(service.spec_rest, R"({"sessionAffinity":"None"})");
  }
  void operator()(NetworkPolicy& policy) const {
    if (!policy.types.empty()) return;
    policy.types = {"Ingress"};
    if (!policy.egress.empty()) policy.types.push_back("Egress");
  }
  template <class Other>
  void operator()(Other&) const {}
};

}  // namespace

std::string default_pull_policy(const std::string& image) {
  if (image.find('@') != std::string::npos) return "IfNotPresent";
  const std::size_t slash = image.rfind('/');
  const std::size_t colon = image.rfind(':');
  const bool tagged = colon != std::string::npos && (slash == std::string::npos || colon > slash);
  return !tagged || image.substr(colon + 1) == "latest" ? "Always" : "IfNotPresent";
}

void complete_new(Object& object) {
  auto* job = std::get_if<Job>(&object.body);
  if (!job || job->spec.manual_selector || !job->spec.pod_template) return;
  const StringMap by_uid{{"batch.kubernetes.io/controller-uid", object.meta.uid}};
  PodTemplate pod_template = *job->spec.pod_template;
  pod_template.labels.insert(by_uid.begin(), by_uid.end());
  pod_template.labels["controller-uid"] = object.meta.uid;
  pod_template.labels["batch.kubernetes.io/job-name"] = object.meta.name;
  pod_template.labels["job-name"] = object.meta.name;
  job->spec.pod_template = std::make_shared<const PodTemplate>(std::move(pod_template));
  job->spec.selector = by_uid;
}

void apply_defaults(Object& object) {
  if (std::holds_alternative<HorizontalPodAutoscaler>(object.body)) object.api_version = "autoscaling/v2";
  std::visit(Defaults{object.kind}, object.body);
}

}  // namespace muster
