#include <fmt/format.h>

#include "api/kube/presenter.hpp"
#include "api/kube/status_json.hpp"
#include "api/kube/view.hpp"
#include "api/kube/writing.hpp"
#include "cluster_model/apiserver/object_status.hpp"

namespace muster::kube {

namespace {

/// The letters of generated names (k8s.io/apimachinery pkg/util/rand): no vowels, no 0, 1, 3.
constexpr std::string_view name_letters = "bcdfghjklmnpqrstvwxz2456789";

/// What an object that arrives must agree with its URL in; what it leaves out is filled in.
std::optional<Answer> agree(const Call& call, Json& json, const char* key, const std::string& expected,
                            const char* what) {
  const auto found = json.find(key);
  if (found == json.end() || *found == "") {
    json[key] = expected;
    return std::nullopt;
  }
  if (*found == expected) return std::nullopt;
  const std::string given = found->is_string() ? found->get<std::string>() : found->dump();
  return bad_request(
      fmt::format("the {} of the provided object ({}) does not match the {} of the request ({}) for {}", what,
                  given, what, expected, call.type().plural));
}

}  // namespace

std::optional<Answer> agree_with_url(const Call& call, Json& json) {
  if (auto problem = agree(call, json, "apiVersion", call.type().api_version(), "API version"))
    return problem;
  if (auto problem = agree(call, json, "kind", call.type().kind, "kind")) return problem;
  Json& metadata = json["metadata"];
  if (metadata.is_null()) metadata = Json::object();
  if (!metadata.is_object()) return bad_request("metadata: expected an object");
  if (!call.path.name.empty()) {
    if (auto problem = agree(call, metadata, "name", call.path.name, "name")) return problem;
  }
  if (!call.type().namespaced) return std::nullopt;
  return agree(call, metadata, "namespace", call.path.namespace_, "namespace");
}

namespace {

/// Follows from the prefix and the state of the store, so that a replay makes the same name.
std::string generated_name(const std::string& prefix, std::uint64_t version) {
  std::uint64_t hash = 0xcbf29ce484222325ULL ^ version;  // FNV-1a, 64 bits
  for (const char c : prefix) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  std::string name = prefix;
  for (int i = 0; i < 5; ++i) {
    hash = (hash ^ (hash >> 29)) * 0x100000001b3ULL;
    name += name_letters[(hash >> 32) % name_letters.size()];
  }
  return name;
}

std::optional<Answer> give_name(const Call& call, Json& metadata, const Cluster& cluster) {
  if (metadata.contains("name") && metadata["name"] != "") return std::nullopt;
  const auto prefix = metadata.find("generateName");
  if (prefix == metadata.end() || !prefix->is_string() || *prefix == "") {
    return invalid(call.type(), "", "/metadata/name", "Required value: name or generateName is required");
  }
  metadata["name"] = generated_name(prefix->get<std::string>(), cluster.objects().resource_version());
  return std::nullopt;
}

/// What only controllers and kubelets write, and what never changes.
void keep_what_users_cannot_write(const Object& before, Object& after) {
  after.meta.uid = before.meta.uid;
  after.meta.created = before.meta.created;
  after.meta.deletion_at = before.meta.deletion_at;
  after.meta.grace = before.meta.grace;
  after.meta.generation = before.meta.generation;
  after.meta.resource_version = before.meta.resource_version;
  keep_status(before, after);
  if (auto* space = std::get_if<Namespace_>(&after.body)) *space = before.as<Namespace_>();
  if (auto* node = std::get_if<Node>(&after.body)) {
    const bool unschedulable = node->unschedulable;
    const Unmodelled spec_rest = node->spec_rest;
    const std::vector<Taint> taints = node->taints;
    *node = before.as<Node>();
    node->unschedulable = unschedulable;
    node->spec_rest = spec_rest;
    node->taints = taints;
  }
}

Answer create_refusal(const Call& call, const std::string& name, const Error& error) {
  if (error.code == ErrorCode::conflict) return already_exists(call.type(), name);
  if (error.code == ErrorCode::not_found) {
    return failure(404, "NotFound", fmt::format("namespaces \"{}\" not found", call.path.namespace_),
                   {{"name", call.path.namespace_}, {"kind", "namespaces"}});
  }
  return refusal(call.type(), name, error);
}

/// An update that names no managers leaves them as they are; one with a single empty entry forgets them all.
void keep_managers(const Json& present, Json& json) {
  Json& metadata = json["metadata"];
  const auto sent = metadata.find("managedFields");
  if (sent != metadata.end() && *sent == Json::array({Json::object()}))
    metadata.erase(sent);
  else if ((sent == metadata.end() || sent->empty()) && present["metadata"].contains("managedFields"))
    metadata["managedFields"] = present["metadata"]["managedFields"];
}

/// The managers of what this request changes, written into the object's metadata.
void note_manager(const Call& call, const Cluster& cluster, const Json& before, Object& after) {
  const SchemaType* schema = schema_of(call.type().api_version(), call.type().kind);
  if (!schema) return;
  Json json = encode_object(after, cluster.epoch());
  note_update(before, json, *schema, manager_of(call, cluster));
  Json rest = after.meta.rest ? Json::parse(*after.meta.rest) : Json::object();
  rest.erase("managedFields");
  if (json["metadata"].contains("managedFields")) rest["managedFields"] = json["metadata"]["managedFields"];
  after.meta.rest = rest.empty() ? nullptr : std::make_shared<const std::string>(print_json(rest));
}

}  // namespace

FieldManager manager_of(const Call& call, const Cluster& cluster) {
  std::string name = call.url.parameter("fieldManager");
  if (name.empty()) name = call.request.user_agent.substr(0, call.request.user_agent.find('/'));
  if (name.empty()) name = call.request.actor;
  return {name, call.type().api_version(), format_rfc3339(cluster.epoch(), cluster.now())};
}

Answer write_over(const Call& call, Cluster& cluster, Json json, const Object& before, Managers managers) {
  if (auto problem = agree_with_url(call, json)) return *problem;
  const Json present = encode_object(before, cluster.epoch());
  json.erase("status");
  if (present.contains("status")) json["status"] = present["status"];
  keep_managers(present, json);
  auto decoded = decode_object(std::move(json), cluster.epoch());
  if (auto* error = std::get_if<DecodeError>(&decoded))
    return undecodable(call.type(), call.path.name, *error);
  Object& after = std::get<Object>(decoded);
  if (!after.meta.uid.empty() && after.meta.uid != before.meta.uid) {
    return conflict(call.type(), call.path.name,
                    fmt::format("Precondition failed: UID in precondition: {}, UID in object meta: {}",
                                after.meta.uid, before.meta.uid));
  }
  const std::uint64_t expected = after.meta.resource_version;
  if (expected != 0 && expected != before.meta.resource_version) return stale(call.type(), call.path.name);
  keep_what_users_cannot_write(before, after);
  if (managers == Managers::note) note_manager(call, cluster, present, after);
  auto written = cluster.update(std::move(after), call.request.actor, expected);
  if (!written) return refusal(call.type(), call.path.name, written.error());
  return shown_answer(call, cluster, 200, *view(call.type(), *written));
}

Answer create_from(const Call& call, Cluster& cluster, Json json, Managers managers) {
  auto problem = agree_with_url(call, json);
  if (!problem) problem = give_name(call, json["metadata"], cluster);
  if (problem) return *problem;
  const std::string name =
      json["metadata"]["name"].is_string() ? json["metadata"]["name"].get<std::string>() : "";
  json.erase("status");
  if (managers == Managers::note) json["metadata"].erase("managedFields");
  auto decoded = decode_object(std::move(json), cluster.epoch());
  if (auto* error = std::get_if<DecodeError>(&decoded)) return undecodable(call.type(), name, *error);
  Object& object = std::get<Object>(decoded);
  if (object.meta.resource_version != 0) {
    return bad_request("resourceVersion should not be set on objects to be created");
  }
  if (managers == Managers::note) note_manager(call, cluster, Json(), object);
  auto created = cluster.create(std::move(object), call.request.actor);
  if (!created) return create_refusal(call, name, created.error());
  return shown_answer(call, cluster, 201, *view(call.type(), *created));
}

Answer create_object(const Call& call, Cluster& cluster) {
  if (call.type().namespaced && call.path.namespace_.empty())
    return method_not_allowed(call.type(), "create");
  std::optional<Answer> problem;
  Json json = read_body_json(call.request, problem);
  FieldCheck check(call);
  if (!problem) problem = check.body(json);
  return problem ? *problem : check.warned(create_from(call, cluster, std::move(json), Managers::note));
}

Answer replace_object(const Call& call, Cluster& cluster) {
  const ObjectPtr before = find(cluster.objects(), call.type(), call.path.namespace_, call.path.name);
  if (!before) return not_found(call.type(), call.path.name);
  std::optional<Answer> problem;
  Json json = read_body_json(call.request, problem);
  FieldCheck check(call);
  if (!problem) problem = check.body(json);
  return problem ? *problem
                 : check.warned(write_over(call, cluster, std::move(json), *before, Managers::note));
}

Answer patch_object(const Call& call, Cluster& cluster) {
  if (is_apply(call.request)) return apply_object(call, cluster);
  const ObjectPtr before = find(cluster.objects(), call.type(), call.path.namespace_, call.path.name);
  if (!before) return not_found(call.type(), call.path.name);
  Json json = encode_object(*before, cluster.epoch());
  if (auto problem = apply_patch(call, json)) return *problem;
  FieldCheck check(call);
  if (auto problem = check.patched(json)) return *problem;
  return check.warned(write_over(call, cluster, std::move(json), *before, Managers::note));
}

}  // namespace muster::kube
