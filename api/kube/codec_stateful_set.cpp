// StatefulSets, DaemonSets and ControllerRevisions.
#include <fmt/format.h>

#include "api/kube/codec_json.hpp"

namespace muster::kube {

namespace {

void read_update_type(Fields& strategy, bool& on_delete) {
  std::string type;
  strategy.text("type", type);
  on_delete = type == "OnDelete";
  if (type.empty() || on_delete || type == "RollingUpdate") return;
  strategy.fail("type", fmt::format("Unsupported value: \"{}\": supported values: \"OnDelete\", "
                                    "\"RollingUpdate\"",
                                    type));
}

void read_claim_template(Fields& fields, ClaimTemplate& claim) {
  fields.object("metadata", [&](Fields& metadata) {
    metadata.text("name", claim.name);
    metadata.texts("labels", claim.labels);
    metadata.texts("annotations", claim.annotations);
  });
  fields.object("spec", [&](Fields& spec) { read_claim_spec(spec, claim.spec); });
}

Json write_claim_template(const ClaimTemplate& claim) {
  Json json{{"apiVersion", "v1"}, {"kind", "PersistentVolumeClaim"}, {"metadata", {{"name", claim.name}}}};
  put(json["metadata"], "labels", claim.labels);
  put(json["metadata"], "annotations", claim.annotations);
  json["spec"] = write_claim_spec(claim.spec);
  json["status"] = {{"phase", "Pending"}};
  return json;
}

void read_status(Fields& fields, StatefulSet::Status& status) {
  fields.whole("observedGeneration", status.observed_generation);
  fields.whole("replicas", status.replicas);
  fields.whole("readyReplicas", status.ready);
  fields.whole("currentReplicas", status.current);
  fields.whole("updatedReplicas", status.updated);
  fields.whole("availableReplicas", status.available);
  fields.whole("collisionCount", status.collision_count);
  fields.text("currentRevision", status.current_revision);
  fields.text("updateRevision", status.update_revision);
}

Json write_status(const StatefulSet::Status& status) {
  Json json{{"replicas", status.replicas}, {"availableReplicas", status.available}};
  put_nonzero(json, "observedGeneration", status.observed_generation);
  put_nonzero(json, "readyReplicas", status.ready);
  put_nonzero(json, "currentReplicas", status.current);
  put_nonzero(json, "updatedReplicas", status.updated);
  json["collisionCount"] = status.collision_count;
  put(json, "currentRevision", status.current_revision);
  put(json, "updateRevision", status.update_revision);
  return json;
}

}  // namespace

void read_body(Fields& fields, StatefulSet& set) {
  set.pod_template = std::make_shared<PodTemplate>();
  fields.object("spec", [&](Fields& spec) {
    std::string policy;
    spec.whole("replicas", set.replicas);
    spec.object("selector", [&](Fields& selector) { read_label_selector(selector, set.selector); });
    set.pod_template = read_pod_template(spec);
    spec.text("serviceName", set.service_name);
    spec.text("podManagementPolicy", policy);
    set.parallel = policy == "Parallel";
    spec.object("updateStrategy", [&](Fields& strategy) {
      read_update_type(strategy, set.on_delete);
      strategy.object("rollingUpdate", [&](Fields& rolling) { rolling.whole("partition", set.partition); });
    });
    spec.each("volumeClaimTemplates",
              [&](Fields& claim) { read_claim_template(claim, set.claims.emplace_back()); });
    spec.seconds("minReadySeconds", set.min_ready);
    spec.whole("revisionHistoryLimit", set.revision_history_limit);
    set.spec_rest = spec.rest();
  });
  fields.object("status", [&](Fields& status) { read_status(status, set.status); });
}

void write_body(Json& json, const StatefulSet& set, Epoch) {
  Json spec{{"replicas", set.replicas},
            {"serviceName", set.service_name},
            {"podManagementPolicy", set.parallel ? "Parallel" : "OrderedReady"},
            {"revisionHistoryLimit", set.revision_history_limit}};
  put(spec, "selector", write_label_selector(set.selector));
  if (set.pod_template) spec["template"] = write_template(*set.pod_template);
  spec["updateStrategy"]["type"] = set.on_delete ? "OnDelete" : "RollingUpdate";
  if (!set.on_delete) spec["updateStrategy"]["rollingUpdate"]["partition"] = set.partition;
  for (const ClaimTemplate& claim : set.claims) {
    spec["volumeClaimTemplates"].push_back(write_claim_template(claim));
  }
  put_nonzero(spec, "minReadySeconds", whole_seconds(set.min_ready));
  merge_rest(spec, set.spec_rest);
  json["spec"] = std::move(spec);
  json["status"] = write_status(set.status);
}

void read_body(Fields& fields, DaemonSet& set) {
  set.pod_template = std::make_shared<PodTemplate>();
  fields.object("spec", [&](Fields& spec) {
    spec.object("selector", [&](Fields& selector) { read_label_selector(selector, set.selector); });
    set.pod_template = read_pod_template(spec);
    spec.object("updateStrategy", [&](Fields& strategy) {
      read_update_type(strategy, set.on_delete);
      strategy.object("rollingUpdate", [&](Fields& rolling) {
        read_int_or_percent(rolling, "maxUnavailable", set.max_unavailable);
      });
    });
    spec.seconds("minReadySeconds", set.min_ready);
    spec.whole("revisionHistoryLimit", set.revision_history_limit);
    set.spec_rest = spec.rest();
  });
  fields.object("status", [&](Fields& status) {
    DaemonSet::Status& shown = set.status;
    status.whole("observedGeneration", shown.observed_generation);
    status.whole("currentNumberScheduled", shown.current);
    status.whole("numberMisscheduled", shown.misscheduled);
    status.whole("desiredNumberScheduled", shown.desired);
    status.whole("numberReady", shown.ready);
    status.whole("updatedNumberScheduled", shown.updated);
    status.whole("numberAvailable", shown.available);
    status.whole("numberUnavailable", shown.unavailable);
  });
}

void write_body(Json& json, const DaemonSet& set, Epoch) {
  Json spec{{"revisionHistoryLimit", set.revision_history_limit}};
  put(spec, "selector", write_label_selector(set.selector));
  if (set.pod_template) spec["template"] = write_template(*set.pod_template);
  spec["updateStrategy"]["type"] = set.on_delete ? "OnDelete" : "RollingUpdate";
  if (!set.on_delete) {
    spec["updateStrategy"]["rollingUpdate"] = {{"maxSurge", 0},
                                               {"maxUnavailable", write_int_or_percent(set.max_unavailable)}};
  }
  put_nonzero(spec, "minReadySeconds", whole_seconds(set.min_ready));
  merge_rest(spec, set.spec_rest);
  json["spec"] = std::move(spec);
  const DaemonSet::Status& shown = set.status;
  Json status{{"currentNumberScheduled", shown.current},
              {"numberMisscheduled", shown.misscheduled},
              {"desiredNumberScheduled", shown.desired},
              {"numberReady", shown.ready}};
  put_nonzero(status, "observedGeneration", shown.observed_generation);
  put_nonzero(status, "updatedNumberScheduled", shown.updated);
  put_nonzero(status, "numberAvailable", shown.available);
  put_nonzero(status, "numberUnavailable", shown.unavailable);
  json["status"] = std::move(status);
}

void read_body(Fields& fields, ControllerRevision& revision) {
  fields.whole("revision", revision.revision);
  auto pod_template = std::make_shared<PodTemplate>();
  fields.object("data", [&](Fields& data) {
    data.object("spec", [&](Fields& spec) {
      spec.object("template", [&](Fields& part) {
        part.json().erase("$patch");
        read_template(part, *pod_template);
      });
    });
    revision.data_rest = data.rest();
  });
  revision.pod_template = std::move(pod_template);
}

void write_body(Json& json, const ControllerRevision& revision, Epoch) {
  json["revision"] = revision.revision;
  Json data = Json::object();
  if (revision.pod_template) {
    data["spec"]["template"] = write_template(*revision.pod_template);
    data["spec"]["template"]["$patch"] = "replace";  // kubectl rollout undo sends it as a strategic patch
  }
  merge_rest(data, revision.data_rest);
  json["data"] = std::move(data);
}

}  // namespace muster::kube
