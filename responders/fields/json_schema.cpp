#include <nlohmann/json.hpp>

#include "responders/fields/field_table.hpp"

namespace muster {
namespace {

using Json = nlohmann::ordered_json;

Json reference(const std::string& table) {
  return {{"$ref", "#/$defs/" + table}};
}

Json map_of(Json values) {
  return {{"type", "object"}, {"additionalProperties", std::move(values)}};
}

Json list_of(Json items) {
  return {{"type", "array"}, {"items", std::move(items)}};
}

// YAML readers type plain scalars: a text such as 5 or true reaches the schema as a number or a truth value.
Json any_scalar() {
  return {{"type", Json::array({"string", "number", "boolean"})}};
}

Json text_schema(const Field& field) {
  if (field.words.empty()) return any_scalar();
  return {{"enum", field.words}};
}

Json number_schema(const char* type, const Field& field) {
  return {{"type", type}, {"minimum", field.least}, {"maximum", field.most}};
}

Json type_schema(const Field& field) {
  switch (field.type) {
    case FieldType::text:
      return text_schema(field);
    case FieldType::duration:
      return {{"type", "string"}, {"pattern", "^([0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h|d))+$"}};
    case FieldType::whole:
      return number_schema("integer", field);
    case FieldType::number:
      return number_schema("number", field);
    case FieldType::share:
      return {{"anyOf", Json::array({Json{{"type", "number"}, {"minimum", 0}, {"maximum", 1}},
                                     Json{{"type", "string"}, {"pattern", "^[0-9.]+%$"}}})}};
    case FieldType::flag:
      return {{"type", "boolean"}};
    case FieldType::texts:
      return list_of(any_scalar());
    case FieldType::text_map:
      return map_of(any_scalar());
    case FieldType::record:
      return reference(field.record);
    case FieldType::records:
      return list_of(reference(field.record));
    case FieldType::record_map:
      return map_of(reference(field.record));
    case FieldType::list_map:
      return map_of(list_of(reference(field.record)));
    case FieldType::anything:
      return Json::object();
  }
  return Json::object();
}

Json table_schema(const RecordTable& table) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const Field& field : table.fields) {
    Json schema = type_schema(field);
    schema["description"] = field.meaning;
    properties[field.name] = std::move(schema);
    if (field.required) required.push_back(field.name);
  }
  Json map{{"description", table.meaning}, {"type", "object"}, {"additionalProperties", false}};
  map["properties"] = std::move(properties);
  if (!required.empty()) map["required"] = std::move(required);
  if (!table.one_of.empty()) {
    Json choices = Json::array();
    for (const std::string& name : table.one_of) choices.push_back({{"required", Json::array({name})}});
    map["oneOf"] = std::move(choices);
  }
  if (table.text_stands_for.empty()) return map;
  return {{"anyOf", Json::array({any_scalar(), std::move(map)})}};
}

}  // namespace

std::string json_schema(const FileFormat& format) {
  Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
              {"title", format.name},
              {"description", format.summary}};
  const Json root = table_schema(format.tables.front());
  for (const auto& [key, value] : root.items())
    if (key != "description") schema[key] = value;
  Json definitions = Json::object();
  for (std::size_t i = 1; i < format.tables.size(); ++i)
    definitions[format.tables[i].name] = table_schema(format.tables[i]);
  schema["$defs"] = std::move(definitions);
  return schema.dump(2) + "\n";
}

}  // namespace muster
