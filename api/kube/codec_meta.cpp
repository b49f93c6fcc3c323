#include <charconv>

#include "api/kube/codec_json.hpp"

namespace muster::kube {

namespace {

void read_owner(Fields& fields, OwnerReference& owner) {
  owner.controller = false;
  fields.text("apiVersion", owner.api_version);
  fields.text("kind", owner.kind);
  fields.text("name", owner.name);
  fields.text("uid", owner.uid);
  fields.optional_flag("controller", owner.controller);
}

Json write_owner(const OwnerReference& owner) {
  Json json = Json::object();
  put(json, "apiVersion", owner.api_version);
  put(json, "kind", owner.kind);
  put(json, "name", owner.name);
  put(json, "uid", owner.uid);
  if (owner.controller) json["controller"] = true;
  return json;
}

void read_version(Fields& fields, std::uint64_t& version) {
  std::string text;
  fields.text("resourceVersion", text);
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, version);
  if (!text.empty() && (read.ec != std::errc{} || read.ptr != end)) {
    fields.fail("resourceVersion", "expected a version that the server has given, such as \"1234\"");
  }
}

}  // namespace

void read_meta(Fields& fields, Meta& meta) {
  fields.text("namespace", meta.namespace_);
  fields.text("name", meta.name);
  fields.text("uid", meta.uid);
  fields.texts("labels", meta.labels);
  fields.texts("annotations", meta.annotations);
  fields.each("ownerReferences", [&](Fields& owner) { read_owner(owner, meta.owners.emplace_back()); });
  fields.texts("finalizers", meta.finalizers);
  read_version(fields, meta.resource_version);
  fields.whole("generation", meta.generation);
  fields.time("creationTimestamp", meta.created);
  fields.time("deletionTimestamp", meta.deletion_at);
  if (fields.has("deletionGracePeriodSeconds")) {
    fields.seconds("deletionGracePeriodSeconds", meta.grace.emplace());
  }
  meta.rest = fields.rest();
}

Json write_meta(const Meta& meta, Epoch epoch) {
  Json json = Json::object();
  put(json, "namespace", meta.namespace_);
  put(json, "name", meta.name);
  put(json, "uid", meta.uid);
  put(json, "labels", meta.labels);
  put(json, "annotations", meta.annotations);
  for (const OwnerReference& owner : meta.owners) json["ownerReferences"].push_back(write_owner(owner));
  put(json, "finalizers", meta.finalizers);
  if (meta.resource_version != 0) json["resourceVersion"] = std::to_string(meta.resource_version);
  put_nonzero(json, "generation", meta.generation);
  json["creationTimestamp"] = format_rfc3339(epoch, meta.created);
  if (meta.deletion_at) json["deletionTimestamp"] = format_rfc3339(epoch, *meta.deletion_at);
  if (meta.grace) json["deletionGracePeriodSeconds"] = whole_seconds(*meta.grace);
  merge_rest(json, meta.rest);
  return json;
}

void read_conditions(Fields& status, std::vector<Condition>& conditions) {
  status.each("conditions", [&](Fields& fields) {
    Condition& condition = conditions.emplace_back();
    fields.text("type", condition.type);
    fields.text("status", condition.status);
    fields.text("reason", condition.reason);
    fields.text("message", condition.message);
    fields.time("lastTransitionTime", condition.last_transition);
    fields.time("lastUpdateTime", condition.last_update);
  });
}

Json write_conditions(const std::vector<Condition>& conditions, bool updates, Epoch epoch) {
  Json list = Json::array();
  for (const Condition& condition : conditions) {
    Json json{{"type", condition.type},
              {"status", condition.status},
              {"lastTransitionTime", format_rfc3339(epoch, condition.last_transition)}};
    put(json, "reason", condition.reason);
    put(json, "message", condition.message);
    if (updates) json["lastUpdateTime"] = format_rfc3339(epoch, condition.last_update);
    list.push_back(std::move(json));
  }
  return list;
}

}  // namespace muster::kube
