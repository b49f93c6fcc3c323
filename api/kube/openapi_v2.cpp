// /openapi/v2 as kubectl reads it: the document as a protobuf message (google/gnostic
// openapiv2/OpenAPIv2.proto; the field numbers are that file's). kubectl 1.20 needs it for apply, create -f,
// replace, edit, diff, explain and server dry runs; newer ones build strategic patches from it.
#include <fmt/format.h>

#include <set>

#include "api/kube/handlers_json.hpp"
#include "api/kube/schema/schema.hpp"
#include "api/kube/server_version.hpp"

namespace muster::kube {

namespace {

// ---- writing messages

std::string varint(std::uint64_t value) {
  std::string bytes;
  for (; value > 127; value >>= 7) bytes += static_cast<char>((value & 127) | 128);
  return bytes + static_cast<char>(value);
}

/// A text or a message.
std::string field(unsigned number, const std::string& bytes) {
  return varint(number << 3 | 2) + varint(bytes.size()) + bytes;
}

std::string named(const std::string& name, const std::string& message) {
  return field(1, name) + field(2, message);
}

/// A vendor extension of a schema (31) or an operation (13): its value is YAML.
std::string extension(unsigned number, const char* name, const std::string& yaml) {
  return field(number, named(name, field(2, yaml)));
}

std::string group_version_kind(const ResourceType& type, bool list) {
  return fmt::format("{0}group: \"{1}\"\n{2}kind: {3}\n{2}version: {4}\n", list ? "- " : "", type.group,
                     list ? "  " : "", type.kind, type.version);
}

// ---- schemas

constexpr unsigned schema_extension = 31, operation_extension = 13;

std::string type_of(const char* name) {
  return field(22, field(1, name));
}

std::string scalar(char letter) {
  switch (letter) {
    case 'i':
      return field(2, "int64") + type_of("integer");
    case 'n':
      return field(2, "double") + type_of("number");
    case 'b':
      return type_of("boolean");
    case 't':
    case 'm':
      return field(2, "date-time") + type_of("string");
    case 'y':
      return field(2, "byte") + type_of("string");
    case 'x':
      return field(2, "int-or-string") + type_of("string");
    case 'o':
      return type_of("object");
    default:
      return type_of("string");
  }
}

/// How kubectl merges the field (struct tags patchStrategy and patchMergeKey in k8s.io/api).
std::string patch_extensions(const SchemaType& owner, const std::string& name, const SchemaField& shape) {
  const bool retains = (owner.name == "PodSpec" && name == "volumes") || name == "strategy";
  std::string strategy = shape.keyed || shape.set ? "merge" : "";
  if (retains) strategy += strategy.empty() ? "retainKeys" : ",retainKeys";
  std::string bytes;
  if (!strategy.empty()) bytes += extension(schema_extension, "x-kubernetes-patch-strategy", strategy + "\n");
  if (shape.keyed)
    bytes += extension(schema_extension, "x-kubernetes-patch-merge-key", shape.keys.front() + "\n");
  return bytes;
}

std::string property(const SchemaType& owner, const std::string& name, const SchemaField& shape) {
  const std::string element =
      shape.type ? field(1, "#/definitions/" + shape.type_name) : scalar(shape.scalar);
  const std::string patch = patch_extensions(owner, name, shape);
  if (shape.shape == SchemaField::Shape::one) return element + patch;
  if (shape.shape == SchemaField::Shape::map) return field(21, field(1, element)) + type_of("object") + patch;
  return type_of("array") + field(23, field(1, element)) + patch;
}

/// Definitions by name: the type and all that it refers to.
void define(std::map<std::string, std::string>& definitions, const SchemaType& type) {
  if (definitions.contains(type.name)) return;
  std::string required, properties;
  definitions[type.name];  // so that a type that holds itself ends here
  for (const auto& [name, shape] : type.fields) {
    if (shape.required) required += field(19, name);
    properties += field(1, named(name, property(type, name, shape)));
    if (shape.type) define(definitions, *shape.type);
  }
  definitions[type.name] = required + type_of("object") + field(25, properties);
}

// ---- paths

std::string query_parameter_text(const char* name) {
  const std::string parameter = field(2, "query") + field(4, name) + field(6, "string");
  return field(8, field(1, field(2, field(3, parameter))));
}

std::string patch_path(const ResourceType& type) {
  const std::string operation =
      query_parameter_text("dryRun") + query_parameter_text("fieldManager") +
      query_parameter_text("fieldValidation") +
      extension(operation_extension, "x-kubernetes-group-version-kind", group_version_kind(type, false));
  const std::string root = *type.group ? fmt::format("/apis/{}/{}", type.group, type.version) : "/api/v1";
  const char* space = type.namespaced ? "/namespaces/{namespace}" : "";
  return field(2, named(fmt::format("{}{}/{}/{{name}}", root, space, type.plural), field(8, operation)));
}

std::string write_document() {
  std::map<std::string, std::string> definitions, kinds;
  std::string paths, listed;
  for (const ResourceType& type : resource_types()) {
    const SchemaType* schema = schema_of(type.api_version(), type.kind);
    if (!schema) continue;
    define(definitions, *schema);
    kinds[schema->name] += group_version_kind(type, true);
    if (type.allows("patch")) paths += patch_path(type);
  }
  for (const auto& [name, message] : definitions) {
    const auto kind = kinds.find(name);
    const std::string known =
        kind == kinds.end() ? ""
                            : extension(schema_extension, "x-kubernetes-group-version-kind", kind->second);
    listed += field(1, named(name, message + known));
  }
  return field(1, "2.0") + field(2, field(1, "Kubernetes") + field(2, server_version)) + field(8, paths) +
         field(9, listed);
}

}  // namespace

Answer openapi_v2() {
  static const std::string document = write_document();
  Answer answer;
  answer.content_type = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
  answer.body = document;
  return answer;
}

}  // namespace muster::kube
