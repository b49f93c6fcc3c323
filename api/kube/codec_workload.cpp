#include <fmt/format.h>

#include "api/kube/codec_json.hpp"

namespace muster::kube {

std::shared_ptr<const PodTemplate> read_pod_template(Fields& spec) {
  auto pod_template = std::make_shared<PodTemplate>();
  spec.object("template", [&](Fields& fields) { read_template(fields, *pod_template); });
  return pod_template;
}

namespace {

void read_selector(Fields& spec, LabelSelector& selector) {
  spec.object("selector", [&](Fields& fields) { read_label_selector(fields, selector); });
}

void read_strategy(Fields& fields, Deployment& deployment) {
  std::string type;
  fields.text("type", type);
  deployment.recreate = type == "Recreate";
  if (!type.empty() && type != "Recreate" && type != "RollingUpdate") {
    fields.fail(
        "type",
        fmt::format("Unsupported value: \"{}\": supported values: \"Recreate\", \"RollingUpdate\"", type));
  }
  if (deployment.recreate && fields.has("rollingUpdate")) {
    fields.fail("rollingUpdate", "Forbidden: may not be specified when strategy `type` is 'Recreate'");
  }
  fields.object("rollingUpdate", [&](Fields& rolling) {
    read_int_or_percent(rolling, "maxSurge", deployment.max_surge);
    read_int_or_percent(rolling, "maxUnavailable", deployment.max_unavailable);
  });
}

Json write_strategy(const Deployment& deployment) {
  if (deployment.recreate) return {{"type", "Recreate"}};
  return {{"type", "RollingUpdate"},
          {"rollingUpdate",
           {{"maxSurge", write_int_or_percent(deployment.max_surge)},
            {"maxUnavailable", write_int_or_percent(deployment.max_unavailable)}}}};
}

void read_status(Fields& fields, DeploymentStatus& status) {
  fields.whole("observedGeneration", status.observed_generation);
  fields.whole("replicas", status.replicas);
  fields.whole("updatedReplicas", status.updated);
  fields.whole("readyReplicas", status.ready);
  fields.whole("availableReplicas", status.available);
  fields.whole("unavailableReplicas", status.unavailable);
  fields.whole("collisionCount", status.collision_count);
  read_conditions(fields, status.conditions);
}

Json write_status(const DeploymentStatus& status, Epoch epoch) {
  Json json = Json::object();
  put_nonzero(json, "observedGeneration", status.observed_generation);
  put_nonzero(json, "replicas", status.replicas);
  put_nonzero(json, "updatedReplicas", status.updated);
  put_nonzero(json, "readyReplicas", status.ready);
  put_nonzero(json, "availableReplicas", status.available);
  put_nonzero(json, "unavailableReplicas", status.unavailable);
  put_nonzero(json, "collisionCount", status.collision_count);
  put(json, "conditions", write_conditions(status.conditions, true, epoch));
  return json;
}

/// What Deployments and ReplicaSets have in common.
template <class Workload>
Json write_spec(const Workload& workload) {
  Json spec{{"replicas", workload.replicas}};
  put(spec, "selector", write_label_selector(workload.selector));
  if (workload.pod_template) spec["template"] = write_template(*workload.pod_template);
  put_nonzero(spec, "minReadySeconds", whole_seconds(workload.min_ready));
  return spec;
}

}  // namespace

void read_body(Fields& fields, Deployment& deployment) {
  deployment.pod_template = std::make_shared<PodTemplate>();
  fields.object("spec", [&](Fields& spec) {
    spec.whole("replicas", deployment.replicas);
    read_selector(spec, deployment.selector);
    deployment.pod_template = read_pod_template(spec);
    spec.object("strategy", [&](Fields& strategy) { read_strategy(strategy, deployment); });
    spec.seconds("minReadySeconds", deployment.min_ready);
    spec.seconds("progressDeadlineSeconds", deployment.progress_deadline);
    spec.whole("revisionHistoryLimit", deployment.revision_history_limit);
    spec.flag("paused", deployment.paused);
    deployment.spec_rest = spec.rest();
  });
  fields.object("status", [&](Fields& status) { read_status(status, deployment.status); });
}

void write_body(Json& json, const Deployment& deployment, Epoch epoch) {
  Json spec = write_spec(deployment);
  spec["strategy"] = write_strategy(deployment);
  spec["progressDeadlineSeconds"] = whole_seconds(deployment.progress_deadline);
  spec["revisionHistoryLimit"] = deployment.revision_history_limit;
  if (deployment.paused) spec["paused"] = true;
  merge_rest(spec, deployment.spec_rest);
  json["spec"] = std::move(spec);
  json["status"] = write_status(deployment.status, epoch);
}

void read_body(Fields& fields, ReplicaSet& replica_set) {
  replica_set.pod_template = std::make_shared<PodTemplate>();
  fields.object("spec", [&](Fields& spec) {
    spec.whole("replicas", replica_set.replicas);
    read_selector(spec, replica_set.selector);
    replica_set.pod_template = read_pod_template(spec);
    spec.seconds("minReadySeconds", replica_set.min_ready);
    replica_set.spec_rest = spec.rest();
  });
  fields.object("status", [&](Fields& status) {
    status.whole("observedGeneration", replica_set.status.observed_generation);
    status.whole("replicas", replica_set.status.replicas);
    status.whole("fullyLabeledReplicas", replica_set.status.fully_labeled);
    status.whole("readyReplicas", replica_set.status.ready);
    status.whole("availableReplicas", replica_set.status.available);
    read_conditions(status, replica_set.status.conditions);
  });
}

void write_body(Json& json, const ReplicaSet& replica_set, Epoch epoch) {
  Json spec = write_spec(replica_set);
  merge_rest(spec, replica_set.spec_rest);
  json["spec"] = std::move(spec);
  Json status{{"replicas", replica_set.status.replicas}};
  put_nonzero(status, "observedGeneration", replica_set.status.observed_generation);
  put_nonzero(status, "fullyLabeledReplicas", replica_set.status.fully_labeled);
  put_nonzero(status, "readyReplicas", replica_set.status.ready);
  put_nonzero(status, "availableReplicas", replica_set.status.available);
  put(status, "conditions", write_conditions(replica_set.status.conditions, false, epoch));
  json["status"] = std::move(status);
}

}  // namespace muster::kube
