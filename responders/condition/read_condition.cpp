#include "responders/condition/condition.hpp"
#include "responders/text/json_path.hpp"

namespace muster {
namespace {

RecordTable make_table() {
  RecordTable table{
      "condition", "a condition", "something that holds or does not; a plain text is PromQL", {}};
  table.fields = {
      {"promql", FieldType::text, false, "a query; it holds if it gives a sample (a scalar: if it is not 0)"},
      {"object", FieldType::text, false, "TYPE/NAME of a Kubernetes object, as kubectl takes it"},
      {"variable", FieldType::text, false, "the name of a variable"},
      {"all", FieldType::records, false, "conditions that hold together", "condition"},
      {"any", FieldType::records, false, "conditions of which one holds", "condition"},
      {"not", FieldType::record, false, "a condition that does not hold", "condition"},
      {"namespace", FieldType::text, false, "of the object; default the playbook's"},
      {"jsonpath", FieldType::text, false,
       "which field of the object is tested, as in kubectl: {.spec.replicas}"}};
  for (Field& field : comparison_fields()) table.fields.push_back(std::move(field));
  table.one_of = {"promql", "object", "variable", "all", "any", "not"};
  table.text_stands_for = "promql";
  return table;
}

PlayCondition::Kind kind_of(const std::string& chosen) {
  if (chosen == "object") return PlayCondition::Kind::object;
  if (chosen == "variable") return PlayCondition::Kind::variable;
  if (chosen == "all") return PlayCondition::Kind::all;
  if (chosen == "any") return PlayCondition::Kind::any;
  return chosen == "not" ? PlayCondition::Kind::not_ : PlayCondition::Kind::promql;
}

void read_parts(FieldReader& reader, PlayCondition& condition, const std::string& chosen) {
  for (const char* list : {"all", "any"})
    for (const YamlNode& item : reader.items(list))
      condition.parts.push_back(read_condition(item, reader.context()));
  if (const YamlNode* inner = reader.node("not"))
    condition.parts.push_back(read_condition(*inner, reader.context()));
  const bool has_parts = chosen == "all" || chosen == "any" || chosen == "not";
  if (has_parts && condition.parts.empty())
    reader.fail(chosen.c_str(), fmt::format("\"{}\" needs at least one condition", chosen));
}

void check_object_fields(FieldReader& reader, const PlayCondition& condition, const std::string& chosen) {
  if (chosen.empty()) return;
  for (const char* field : {"namespace", "jsonpath"})
    if (chosen != "object" && reader.has(field))
      reader.fail(field, fmt::format("\"{}\" belongs to \"object\"", field));
  if (chosen != "object" && chosen != "variable")
    for (const Field& field : comparison_fields())
      if (reader.has(field.name.c_str()))
        reader.fail(field.name.c_str(),
                    fmt::format("\"{}\" belongs to \"object\" and \"variable\"; PromQL compares by itself",
                                field.name));
  if (condition.json_path.empty()) return;
  const bool braces = condition.json_path.find('{') != std::string::npos;
  const auto path = JsonPathTemplate::parse(braces ? condition.json_path : "{" + condition.json_path + "}");
  if (!path) reader.fail("jsonpath", path.error().message);
}

}  // namespace

const RecordTable& condition_table() {
  static const RecordTable table = make_table();
  return table;
}

PlayCondition read_condition(const YamlNode& node, ReadContext& context) {
  FieldReader reader(node, condition_table(), context);
  PlayCondition condition;
  const std::string chosen = reader.chosen();
  condition.kind = kind_of(chosen);
  for (const char* name : {"promql", "object", "variable"}) {
    const std::string text = reader.text(name);
    if (chosen == name) condition.text = text;
  }
  const YamlNode& at = chosen.empty() ? node : reader.at(chosen.c_str());
  condition.line = at.line;
  condition.column = at.column;
  condition.namespace_ = reader.text("namespace");
  condition.json_path = reader.text("jsonpath");
  condition.tests = read_comparisons(reader);
  read_parts(reader, condition, chosen);
  check_object_fields(reader, condition, chosen);
  reader.finish();
  return condition;
}

}  // namespace muster
