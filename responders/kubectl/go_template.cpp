#include "responders/kubectl/go_template.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "telemetry/template/template.hpp"

namespace muster {
namespace {

using Value = text_template::Value;

Value template_value(const JsonValue& json);

Value template_map(const JsonValue& json) {
  Value map;
  map.kind = Value::Kind::map;
  std::vector<std::pair<std::string, const JsonValue*>> members;
  for (const auto& [name, value] : json.members()) members.emplace_back(name, &value);
  std::sort(members.begin(), members.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [name, value] : members) {
    map.keys.push_back(name);
    map.values.push_back(template_value(*value));
  }
  return map;
}

Value template_value(const JsonValue& json) {
  if (json.is_null()) return {};
  if (json.is_object()) return template_map(json);
  if (json.is_bool()) return Value::of(json.truth());
  if (json.is_number()) return Value::of(json.is_whole() ? static_cast<double>(json.whole()) : json.real());
  if (json.is_string()) return Value::of(json.text());
  Value list;
  list.kind = Value::Kind::list;
  for (const JsonValue& each : json.items()) list.values.push_back(template_value(each));
  return list;
}

}  // namespace

Result<std::string> print_go_template(std::string_view text, const JsonValue& value) {
  const auto parsed = text_template::parse(text, text_template::Dialect::kubectl);
  if (!parsed)
    return invalid_input(
        fmt::format("error parsing template {}, template: output:1: {}", text, parsed.error().message));
  const Value data = template_value(value);
  const Labels none;
  auto out = text_template::expand(**parsed, {none, 0, {}, &data});
  if (!out)
    return invalid_input(
        fmt::format("error executing template \"{}\": template: output: {}", text, out.error().message));
  return out;
}

}  // namespace muster
