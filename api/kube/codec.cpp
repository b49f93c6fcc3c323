#include "api/kube/codec.hpp"

#include "api/kube/codec_json.hpp"

namespace muster::kube {

namespace {

void read_other(Fields& fields, Object& object) {
  object.body = OtherObject{fields.rest()};
}

void read_slice(Fields& fields, Object& object) {
  EndpointSlice& slice = object.body.emplace<EndpointSlice>();
  const auto label = object.meta.labels.find("kubernetes.io/service-name");
  if (label != object.meta.labels.end()) slice.service = label->second;
  read_body(fields, slice);
}

constexpr const char* old_autoscaler = "autoscaling/v1";

void read_autoscaler(Fields& fields, Object& object) {
  HorizontalPodAutoscaler& autoscaler = object.body.emplace<HorizontalPodAutoscaler>();
  if (object.api_version == old_autoscaler) return read_autoscaler_v1(fields, autoscaler);
  read_body(fields, autoscaler);
}

void read_by_kind(Fields& fields, Kind kind, Object& object) {
  switch (kind) {
    case Kind::Namespace:
      return read_body(fields, object.body.emplace<Namespace_>());
    case Kind::Node:
      return read_body(fields, object.body.emplace<Node>());
    case Kind::ConfigMap:
      return read_config_map(fields, object.body.emplace<ConfigData>());
    case Kind::Secret:
      return read_secret(fields, object.body.emplace<ConfigData>());
    case Kind::Service:
      return read_body(fields, object.body.emplace<Service>());
    case Kind::EndpointSlice:
      return read_slice(fields, object);
    case Kind::Deployment:
      return read_body(fields, object.body.emplace<Deployment>());
    case Kind::ReplicaSet:
      return read_body(fields, object.body.emplace<ReplicaSet>());
    case Kind::Pod:
      return read_body(fields, object.body.emplace<Pod>());
    case Kind::NetworkPolicy:
      return read_body(fields, object.body.emplace<NetworkPolicy>());
    case Kind::PodDisruptionBudget:
      return read_body(fields, object.body.emplace<PodDisruptionBudget>());
    case Kind::Lease:
      return read_body(fields, object.body.emplace<Lease>());
    case Kind::StatefulSet:
      return read_body(fields, object.body.emplace<StatefulSet>());
    case Kind::DaemonSet:
      return read_body(fields, object.body.emplace<DaemonSet>());
    case Kind::ControllerRevision:
      return read_body(fields, object.body.emplace<ControllerRevision>());
    case Kind::Job:
      return read_body(fields, object.body.emplace<Job>());
    case Kind::CronJob:
      return read_body(fields, object.body.emplace<CronJob>());
    case Kind::Ingress:
      return read_body(fields, object.body.emplace<Ingress>());
    case Kind::PersistentVolumeClaim:
      return read_body(fields, object.body.emplace<PersistentVolumeClaim>());
    case Kind::PersistentVolume:
      return read_body(fields, object.body.emplace<PersistentVolume>());
    case Kind::StorageClass:
      return read_body(fields, object.body.emplace<StorageClass>());
    case Kind::HorizontalPodAutoscaler:
      return read_autoscaler(fields, object);
    case Kind::ResourceQuota:
      return read_body(fields, object.body.emplace<ResourceQuota>());
    case Kind::Event:
      return read_body(fields, object.body.emplace<KubeEvent>());
    case Kind::Other:
      return read_other(fields, object);
  }
}

void require_kind(Fields& fields, const Object& object) {
  if (object.api_version.empty())
    fields.fail("apiVersion", "apiVersion is missing: expected one such as v1 or apps/v1");
  if (object.kind.empty()) fields.fail("kind", "kind is missing: expected one such as Deployment");
}

struct BodyWriter {
  Json& json;
  const Object& object;
  Epoch epoch;

  void operator()(const OtherObject& other) const { merge_rest(json, other.rest); }
  void operator()(const ConfigData& config) const { write_config(json, config, object.kind == "Secret"); }
  void operator()(const HorizontalPodAutoscaler& autoscaler) const {
    if (object.api_version == old_autoscaler) {
      merge_rest(json, write_autoscaler_v1(autoscaler, epoch));
    } else {
      write_body(json, autoscaler, epoch);
    }
  }
  template <class Body>
  void operator()(const Body& body) const {
    write_body(json, body, epoch);
  }
};

}  // namespace

std::variant<Object, DecodeError> decode_object(Json json, Epoch epoch) {
  Decoding decoding{epoch, std::nullopt};
  Object object;
  Fields fields(json, {}, decoding);
  fields.text("apiVersion", object.api_version);
  fields.text("kind", object.kind);
  require_kind(fields, object);
  const Kind kind = kind_of(object.api_version, object.kind);
  if (kind != Kind::Other) drop_void(json);
  fields.object("metadata", [&](Fields& metadata) { read_meta(metadata, object.meta); });
  read_by_kind(fields, kind, object);
  object.rest = fields.rest();
  if (decoding.error) return *decoding.error;
  return object;
}

Json encode_object(const Object& object, Epoch epoch) {
  Json json{{"apiVersion", object.api_version}, {"kind", object.kind}};
  json["metadata"] = write_meta(object.meta, epoch);
  std::visit(BodyWriter{json, object, epoch}, object.body);
  merge_rest(json, object.rest);
  return json;
}

Result<Object> object_from_json(std::string_view text, Epoch epoch) {
  Result<Json> json = parse_json(text);
  if (!json) return json.error();
  auto decoded = decode_object(std::move(*json), epoch);
  if (auto* error = std::get_if<DecodeError>(&decoded)) return invalid_input(error->message, error->pointer);
  return std::get<Object>(std::move(decoded));
}

std::string object_to_json(const Object& object, Epoch epoch) {
  return print_json(encode_object(object, epoch));
}

}  // namespace muster::kube
