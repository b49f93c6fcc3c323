// kubectl explain: the fields of a type, from the OpenAPI v3 documents that the server publishes. Layout:
// k8s.io/kubectl/pkg/explain/v2/templates/plaintext.tmpl.
#include <fmt/format.h>

#include <set>

#include "responders/kubectl/handlers.hpp"
#include "responders/text/lines.hpp"

namespace muster::kubectl_handlers {
namespace {

/// A type and the field within it: "deployment.spec.strategy", "deployments.apps.spec".
struct ExplainedField {
  const ResourceType* type = nullptr;
  std::vector<std::string> path;
};

ExplainedField read_explained(const std::string& word) {
  ExplainedField found;
  std::string rest;
  for (const ResourceType& type : resource_types()) {
    const std::string qualified = qualified_plural(type);
    if (type.group.empty() || (word != qualified && !word.starts_with(qualified + "."))) continue;
    found.type = &type;
    rest = word.substr(qualified.size());
  }
  if (found.type == nullptr) {
    const auto dot = std::min(word.find('.'), word.size());
    found.type = find_resource_type(word.substr(0, dot));
    rest = word.substr(dot);
  }
  for (const std::string& part : split_at(rest, '.'))
    if (!part.empty()) found.path.push_back(part);
  return found;
}

class Explanation {
 public:
  Explanation(const JsonValue& document, bool recursive) : document_(document), recursive_(recursive) {}

  /// The schema that a path of fields leads to, through lists and maps; null if there is none.
  const JsonValue* find(const JsonValue& from, std::span<const std::string> path) const {
    const JsonValue& schema = resolved(from);
    if (path.empty()) return &from;
    if (schema["properties"].has(path.front()))
      return find(schema["properties"][path.front()], path.subspan(1));
    for (const char* inner : {"items", "additionalProperties"})
      if (schema[inner].is_object()) return find(schema[inner], path);
    for (const JsonValue& each : schema["allOf"].items())
      if (const JsonValue* found = find(each, path)) return found;
    return nullptr;
  }

  /// "string", "[]Container", "map[string]string", "Object".
  std::string type_of(const JsonValue& schema) const {
    if (schema["items"].is_object()) return "[]" + type_of(schema["items"]);
    if (schema["additionalProperties"].is_object())
      return "map[string]" + type_of(schema["additionalProperties"]);
    const auto& all = schema["allOf"].items();
    if (all.size() == 1 && !schema.has("properties")) return type_of(all.front());
    const std::string& ref = schema["$ref"].text();
    const std::string& type = resolved(schema)["type"].text();
    if (!ref.empty() && (type.empty() || type == "object")) return ref.substr(ref.find_last_of("/.") + 1);
    return type.empty() || type == "object" ? "Object" : type;
  }

  std::string print(const JsonValue& schema) const {
    const std::string& told = resolved(schema)["description"].text();
    std::string out = "DESCRIPTION:\n    " + (told.empty() ? "<empty>" : told) + "\n";
    const std::string fields = list(schema, 1, {});
    return fields.empty() ? out : out + "FIELDS:\n" + fields;
  }

 private:
  const JsonValue& resolved(const JsonValue& schema) const {
    const std::string& ref = schema["$ref"].text();
    return ref.empty() ? schema : document_["components"]["schemas"][ref.substr(ref.rfind('/') + 1)];
  }

  /// The fields below a schema; types that hold themselves are entered once (`seen`).
  std::string list(const JsonValue& from, std::size_t level, std::set<std::string> seen) const {
    const std::string& ref = from["$ref"].text();
    if (!ref.empty() && !seen.insert(ref).second) return {};
    const JsonValue& schema = resolved(from);
    std::string out;
    for (const auto& [name, field] : schema["properties"].members()) {
      out += line(schema, name, field, level);
      if (recursive_) out += list(field, level + 1, seen);
    }
    for (const JsonValue& each : schema["allOf"].items()) out += list(each, level, seen);
    for (const char* inner : {"items", "additionalProperties"})
      if (schema[inner].is_object()) out += list(schema[inner], level, seen);
    return out;
  }

  std::string line(const JsonValue& schema, const std::string& name, const JsonValue& field,
                   std::size_t level) const {
    bool required = false;
    for (const JsonValue& each : schema["required"].items()) required = required || each.text() == name;
    const std::string indent(level * 2, ' ');
    std::string out =
        fmt::format("{}{}\t<{}>{}\n", indent, name, type_of(field), required ? " -required-" : "");
    if (recursive_) return out;
    const std::string& told = field["description"].text();
    return out + indent + "  " + (told.empty() ? "<no description>" : told) + "\n\n";
  }

  const JsonValue& document_;
  bool recursive_;
};

struct GroupVersion {
  std::string group, version;
};

GroupVersion wanted_version(const KubectlCall& call, const ResourceType& type) {
  const std::string given = call.flags.text("api-version");
  if (given.empty()) return {std::string(type.group), std::string(type.version)};
  const auto slash = given.find('/');
  return slash == std::string::npos ? GroupVersion{"", given}
                                    : GroupVersion{given.substr(0, slash), given.substr(slash + 1)};
}

/// The group's document; null after printing what is wrong.
JsonValue fetch_document(KubectlCall& call, const GroupVersion& in, const ResourceType& type) {
  const ApiReply index = call.api.get("/openapi/v3");
  const std::string key = in.group.empty() ? "api/" + in.version : "apis/" + in.group + "/" + in.version;
  const std::string& url = index.body["paths"][key]["serverRelativeURL"].text();
  const ApiReply document = url.empty() ? ApiReply() : call.api.get(url);
  if (!index.ok() || (!url.empty() && !document.ok())) {
    call.fail(index.ok() ? document : index);
    return {};
  }
  if (url.empty())
    call.fail(
        fmt::format("couldn't find resource for \"{}/{}, Resource={}\"", in.group, in.version, type.plural));
  return document.body;
}

const JsonValue* schema_of_kind(const JsonValue& document, const GroupVersion& in, std::string_view kind) {
  for (const auto& [name, schema] : document["components"]["schemas"].members())
    for (const JsonValue& each : schema["x-kubernetes-group-version-kind"].items())
      if (each["kind"].text() == kind && each["group"].text() == in.group &&
          each["version"].text() == in.version)
        return &schema;
  return nullptr;
}

void print_explanation(KubectlCall& call, const ExplainedField& field) {
  const GroupVersion in = wanted_version(call, *field.type);
  const JsonValue document = fetch_document(call, in, *field.type);
  if (document.is_null()) return;
  const JsonValue* top = schema_of_kind(document, in, field.type->kind);
  if (top == nullptr)
    return call.fail(fmt::format("couldn't find resource for \"{}/{}, Resource={}\"", in.group, in.version,
                                 field.type->plural));
  if (!in.group.empty()) call.print("GROUP:      " + in.group);
  call.print(fmt::format("KIND:       {}\nVERSION:    {}\n", field.type->kind, in.version));
  const Explanation explanation(document, call.flags.truth("recursive"));
  const JsonValue* schema = explanation.find(*top, field.path);
  if (schema == nullptr) return call.fail(fmt::format("field \"{}\" does not exist", field.path.back()));
  if (!field.path.empty())
    call.print(fmt::format("FIELD: {} <{}>\n\n", field.path.back(), explanation.type_of(*schema)));
  call.print(explanation.print(*schema));
}

}  // namespace

void explain(KubectlCall& call) {
  if (call.words.empty())
    return call.fail(
        "You must specify the type of resource to explain. Use \"kubectl api-resources\" for a complete list "
        "of "
        "supported resources.\n");
  if (call.words.size() > 1) return call.fail("We accept only this format: explain RESOURCE\n");
  const std::string output = call.flags.text("output", "plaintext");
  if (output != "plaintext")
    return call.refuse(fmt::format("`kubectl explain --output {}` is not built: plaintext is", output));
  const ExplainedField field = read_explained(call.words.front());
  if (field.type != nullptr) return print_explanation(call, field);
  call.print_error(fmt::format("the server doesn't have a resource type \"{}\"",
                               call.words.front().substr(0, call.words.front().find('.'))));
  call.result.exit_code = 1;
}

}  // namespace muster::kubectl_handlers
