#include <fmt/format.h>

#include "api/kube/handlers_json.hpp"
#include "api/kube/status_json.hpp"

namespace muster::kube {

namespace {

struct Counts {
  int wanted = 0, present = 0;
  muster::LabelSelector selector;
};

Counts counts_of(const Object& object) {
  if (const auto* deployment = std::get_if<Deployment>(&object.body)) {
    return {deployment->replicas, deployment->status.replicas, deployment->selector};
  }
  if (const auto* set = std::get_if<StatefulSet>(&object.body)) {
    return {set->replicas, set->status.replicas, set->selector};
  }
  const ReplicaSet& set = object.as<ReplicaSet>();
  return {set.replicas, set.status.replicas, set.selector};
}

void set_replicas(Object& object, int replicas) {
  if (auto* deployment = std::get_if<Deployment>(&object.body)) {
    deployment->replicas = replicas;
  } else if (auto* set = std::get_if<StatefulSet>(&object.body)) {
    set->replicas = replicas;
  } else {
    object.as<ReplicaSet>().replicas = replicas;
  }
}

/// autoscaling/v1 Scale.
Json scale_of(const Object& object, Epoch epoch) {
  const Counts counts = counts_of(object);
  const std::string selector = to_text(counts.selector);
  return {{"kind", "Scale"},
          {"apiVersion", "autoscaling/v1"},
          {"metadata",
           {{"name", object.meta.name},
            {"namespace", object.meta.namespace_},
            {"uid", object.meta.uid},
            {"resourceVersion", std::to_string(object.meta.resource_version)},
            {"creationTimestamp", format_rfc3339(epoch, object.meta.created)}}},
          {"spec", {{"replicas", counts.wanted}}},
          {"status", {{"replicas", counts.present}, {"selector", selector}}}};
}

Answer write_scale(const Call& call, Cluster& cluster, Json json, const Object& before) {
  Decoding decoding{cluster.epoch(), std::nullopt};
  Fields fields(json, {}, decoding);
  Meta meta;
  int replicas = 0;  // absent = 0, as in the Go type
  fields.object("metadata", [&](Fields& metadata) { read_meta(metadata, meta); });
  fields.object("spec", [&](Fields& spec) { spec.whole("replicas", replicas); });
  if (decoding.error) {
    return bad_request(fmt::format("Scale in version \"v1\" cannot be handled as a Scale: {}: {}",
                                   field_path(decoding.error->pointer), decoding.error->message));
  }
  const std::uint64_t expected = meta.resource_version;
  if (expected != 0 && expected != before.meta.resource_version) return stale(call.type(), call.path.name);
  if (replicas < 0) {
    return failure(
        422, "Invalid",
        fmt::format("Scale.autoscaling \"{}\" is invalid: spec.replicas: Invalid value: {}: must be greater "
                    "than or equal to 0",
                    call.path.name, replicas));
  }
  Object after = before;
  set_replicas(after, replicas);
  const auto written = cluster.update(std::move(after), call.request.actor, expected);
  if (!written) return refusal(call.type(), call.path.name, written.error());
  return json_answer(200, scale_of(**written, cluster.epoch()));
}

}  // namespace

Answer get_scale(const Call& call, const Cluster& cluster) {
  const ObjectPtr object = cluster.objects().find(call.path.key());
  if (!object) return not_found(call.type(), call.path.name);
  return json_answer(200, scale_of(*object, cluster.epoch()));
}

Answer put_scale(const Call& call, Cluster& cluster) {
  const ObjectPtr object = cluster.objects().find(call.path.key());
  if (!object) return not_found(call.type(), call.path.name);
  std::optional<Answer> problem;
  Json json = read_body_json(call.request, problem);
  if (problem) return *problem;
  return write_scale(call, cluster, std::move(json), *object);
}

Answer patch_scale(const Call& call, Cluster& cluster) {
  const ObjectPtr object = cluster.objects().find(call.path.key());
  if (!object) return not_found(call.type(), call.path.name);
  Json json = scale_of(*object, cluster.epoch());
  if (auto problem = apply_patch(call, json)) return *problem;
  return write_scale(call, cluster, std::move(json), *object);
}

}  // namespace muster::kube
