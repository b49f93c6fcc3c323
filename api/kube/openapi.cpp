// /openapi/v3: an index of group versions, and for each its patch operations (kubectl looks there whether the
// server validates fields) and the schemas of its kinds (kubectl explain). The descriptions are not ours to
// give.
#include <fmt/format.h>

#include <set>

#include "api/kube/handlers_json.hpp"
#include "api/kube/schema/schema.hpp"
#include "api/kube/server_version.hpp"
#include "api/kube/status_json.hpp"

namespace muster::kube {

namespace {

std::string root_of(const ResourceType& type) {
  return *type.group ? fmt::format("apis/{}/{}", type.group, type.version)
                     : fmt::format("api/{}", type.version);
}

Json kind_document(const ResourceType& type) {
  return {{"group", type.group}, {"version", type.version}, {"kind", type.kind}};
}

Json scalar_schema(char letter) {
  switch (letter) {
    case 'i':
      return {{"type", "integer"}, {"format", "int64"}};
    case 'n':
      return {{"type", "number"}, {"format", "double"}};
    case 'b':
      return {{"type", "boolean"}};
    case 't':
    case 'm':
      return {{"type", "string"}, {"format", "date-time"}};
    case 'y':
      return {{"type", "string"}, {"format", "byte"}};
    case 'x':
      return {{"format", "int-or-string"},
              {"oneOf", Json::array({Json{{"type", "integer"}}, Json{{"type", "string"}}})}};
    case 'o':
      return {{"type", "object"}};
    default:
      return {{"type", "string"}};
  }
}

Json field_schema(const SchemaField& field) {
  Json element =
      field.type ? Json{{"$ref", "#/components/schemas/" + field.type_name}} : scalar_schema(field.scalar);
  if (field.shape == SchemaField::Shape::one) return element;
  if (field.shape == SchemaField::Shape::map)
    return {{"type", "object"}, {"additionalProperties", std::move(element)}};
  Json list{{"type", "array"}, {"items", std::move(element)}};
  list["x-kubernetes-list-type"] = field.keyed ? "map" : field.set ? "set" : "atomic";
  if (field.keyed) list["x-kubernetes-list-map-keys"] = field.keys;
  return list;
}

/// The type and all that it refers to.
void add_schema(Json& schemas, const SchemaType& type) {
  if (schemas.contains(type.name)) return;
  Json& schema = schemas[type.name] = {{"type", "object"}};
  if (type.atomic) schema["x-kubernetes-map-type"] = "atomic";
  Json properties = Json::object(), required = Json::array();
  for (const auto& [name, field] : type.fields) {
    properties[name] = field_schema(field);
    if (field.required) required.push_back(name);
  }
  schema["properties"] = std::move(properties);
  if (!required.empty()) schema["required"] = std::move(required);
  for (const auto& [name, field] : type.fields) {
    if (field.type) add_schema(schemas, *field.type);
  }
}

Json query_parameter(const char* name) {
  return {{"name", name}, {"in", "query"}, {"schema", {{"type", "string"}}}};
}

Json patch_operation(const ResourceType& type) {
  return {{"x-kubernetes-action", "patch"},
          {"x-kubernetes-group-version-kind", kind_document(type)},
          {"parameters", Json::array({query_parameter("dryRun"), query_parameter("fieldManager"),
                                      query_parameter("fieldValidation")})},
          {"responses", Json::object()}};
}

Json get_operation(const ResourceType& type) {
  return {{"x-kubernetes-action", "get"},
          {"x-kubernetes-group-version-kind", kind_document(type)},
          {"responses", Json::object()}};
}

void add_type(Json& document, const ResourceType& type) {
  const std::string path = fmt::format("/{}/{}{}/{{name}}", root_of(type),
                                       type.namespaced ? "namespaces/{namespace}/" : "", type.plural);
  Json& operations = document["paths"][path];
  operations = Json::object();
  if (type.allows("get")) operations["get"] = get_operation(type);
  if (type.allows("patch")) operations["patch"] = patch_operation(type);
  const SchemaType* schema = schema_of(type.api_version(), type.kind);
  if (!schema) return;
  Json& schemas = document["components"]["schemas"];
  add_schema(schemas, *schema);
  schemas[schema->name]["x-kubernetes-group-version-kind"] = Json::array({kind_document(type)});
}

Json group_version_document(const std::string& root) {
  Json document{{"openapi", "3.0.0"}, {"info", {{"title", "Kubernetes"}, {"version", server_version}}}};
  document["paths"] = Json::object();
  document["components"]["schemas"] = Json::object();
  for (const ResourceType& type : resource_types()) {
    if (root_of(type) == root) add_type(document, type);
  }
  return document["paths"].empty() ? Json() : document;
}

Json index_document() {
  Json paths = Json::object();
  for (const ResourceType& type : resource_types()) {
    const std::string root = root_of(type);
    paths[root] = {{"serverRelativeURL", fmt::format("/openapi/v3/{}?hash=1", root)}};
  }
  return {{"paths", std::move(paths)}};
}

}  // namespace

std::optional<Answer> answer_openapi(const Request& request, const Url& url) {
  if (url.segments == std::vector<std::string>{"openapi", "v2"}) {
    if (request.accept.find("com.github.proto-openapi.spec.v2") != std::string::npos) return openapi_v2();
    return failure(406, "NotAcceptable",
                   "only the following media types are accepted: "
                   "application/com.github.proto-openapi.spec.v2@v1.0+protobuf");
  }
  if (url.segments.size() < 2 || url.segments[0] != "openapi" || url.segments[1] != "v3") return std::nullopt;
  if (url.segments.size() == 2) return json_answer(200, index_document());
  std::string root;
  for (std::size_t i = 2; i < url.segments.size(); ++i) root += (i > 2 ? "/" : "") + url.segments[i];
  const Json document = group_version_document(root);
  if (document.is_null()) return std::nullopt;
  return json_answer(200, document);
}

}  // namespace muster::kube
