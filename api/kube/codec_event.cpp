#include "api/kube/codec_json.hpp"

namespace muster::kube {

namespace {

void read_involved(Fields& fields, KubeEvent& event) {
  Object involved;
  fields.text("kind", involved.kind);
  fields.text("namespace", involved.meta.namespace_);
  fields.text("name", involved.meta.name);
  if (fields.has("apiVersion")) {
    fields.text("apiVersion", involved.api_version);
  } else if (involved.kind == "Deployment" || involved.kind == "ReplicaSet") {
    involved.api_version = "apps/v1";
  }
  event.involved = involved.key();
  fields.text("uid", event.involved_uid);
  fields.text("fieldPath", event.field_path);
}

Json write_involved(const KubeEvent& event) {
  const ObjectKey& key = event.involved;
  Json json = Json::object();
  if (key.kind == Kind::Other) {  // "Kind.group/name"
    const std::size_t dot = key.name.find('.'), slash = key.name.find('/');
    json["kind"] = key.name.substr(0, dot);
    json["name"] = slash == std::string::npos ? key.name : key.name.substr(slash + 1);
  } else {
    json["kind"] = to_string(key.kind);
    json["apiVersion"] = api_version_of(key.kind);
    json["name"] = key.name;
  }
  put(json, "namespace", key.namespace_);
  put(json, "uid", event.involved_uid);
  put(json, "fieldPath", event.field_path);
  return json;
}

void read_series(Fields& fields, KubeEvent& event) {
  if (!fields.has("eventTime")) return;
  event.series = true;
  fields.time("eventTime", event.first);
  event.last = event.first;
  fields.object("series", [&](Fields& series) {
    series.whole("count", event.count);
    series.time("lastObservedTime", event.last);
  });
  fields.text("reportingInstance", event.host);
}

}  // namespace

void read_body(Fields& fields, KubeEvent& event) {
  fields.object("involvedObject", [&](Fields& involved) { read_involved(involved, event); });
  fields.text("type", event.type);
  fields.text("reason", event.reason);
  fields.text("message", event.message);
  fields.object("source", [&](Fields& source) {
    source.text("component", event.component);
    source.text("host", event.host);
  });
  fields.text("reportingComponent", event.component);
  fields.time("firstTimestamp", event.first);
  event.last = event.first;
  fields.time("lastTimestamp", event.last);
  fields.whole("count", event.count);
  read_series(fields, event);
}

void write_body(Json& json, const KubeEvent& event, Epoch epoch) {
  json["involvedObject"] = write_involved(event);
  put(json, "type", event.type);
  put(json, "reason", event.reason);
  put(json, "message", event.message);
  json["reportingComponent"] = event.component;
  json["reportingInstance"] = event.host;
  if (event.series) {
    json["firstTimestamp"] = nullptr;
    json["lastTimestamp"] = nullptr;
    json["eventTime"] = format_rfc3339_micro(epoch, event.first);
    if (event.count > 1) {
      json["series"] = {{"count", event.count},
                        {"lastObservedTime", format_rfc3339_micro(epoch, event.last)}};
    }
    return;
  }
  json["firstTimestamp"] = format_rfc3339(epoch, event.first);
  json["lastTimestamp"] = format_rfc3339(epoch, event.last);
  json["eventTime"] = nullptr;
  json["count"] = event.count;
  Json source = Json::object();
  put(source, "component", event.component);
  put(source, "host", event.host);
  put(json, "source", std::move(source));
}

}  // namespace muster::kube
