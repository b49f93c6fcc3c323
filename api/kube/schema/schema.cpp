#include "api/kube/schema/schema.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace muster::kube {

namespace {

using Types = std::map<std::string, SchemaType, std::less<>>;

/// The next word of a line, or empty.
std::string_view next_word(std::string_view& line) {
  while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
  const std::size_t end = std::min(line.find(' '), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end);
  return word;
}

bool take_last(std::string_view& text, char mark) {
  if (text.empty() || text.back() != mark) return false;
  text.remove_suffix(1);
  return true;
}

void read_keys(std::string_view keys, SchemaField& field) {
  field.set = keys.empty();
  field.keyed = !keys.empty();
  while (!keys.empty()) {
    const std::size_t comma = std::min(keys.find(','), keys.size());
    field.keys.emplace_back(keys.substr(0, comma));
    keys.remove_prefix(std::min(comma + 1, keys.size()));
  }
}

SchemaField read_field(std::string_view text) {
  SchemaField field;
  field.required = take_last(text, '!');
  field.atomic = take_last(text, '~');
  if (const std::size_t at = text.find('@'); at != std::string_view::npos) {
    read_keys(text.substr(at + 1), field);
    text = text.substr(0, at);
  }
  if (text.front() == '*') field.shape = SchemaField::Shape::list;
  if (text.front() == '%') field.shape = SchemaField::Shape::map;
  if (field.shape != SchemaField::Shape::one) text.remove_prefix(1);
  const bool scalar = text.size() == 1;
  if (scalar) field.scalar = text.front();
  if (!scalar) field.type_name = text;
  field.atomic = field.atomic || (field.shape == SchemaField::Shape::list && !field.keyed && !field.set);
  return field;
}

void read_types(std::string_view text, Types& types) {
  SchemaType* type = nullptr;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    if (line.front() != ' ') {
      std::string_view name = next_word(line);
      const bool atomic = name.front() == '~';
      if (atomic) name.remove_prefix(1);
      type = &types[std::string(name)];
      type->name = name;
      type->atomic = atomic;
    }
    for (std::string_view word = next_word(line); !word.empty(); word = next_word(line)) {
      const std::size_t colon = word.find(':');
      type->fields.emplace(word.substr(0, colon), read_field(word.substr(colon + 1)));
    }
  }
}

Types read_all() {
  Types types;
  read_types(schema_types_a_k, types);
  read_types(schema_types_l_z, types);
  for (auto& [name, type] : types) {
    for (auto& [key, field] : type.fields) {
      const auto found = types.find(field.type_name);
      field.type = found == types.end() ? nullptr : &found->second;
      if (field.type && field.type->atomic && field.shape == SchemaField::Shape::one) field.atomic = true;
    }
  }
  return types;
}

const Types& all_types() {
  static const Types types = read_all();
  return types;
}

class Pruning {
 public:
  void drop_from(Json& json, const SchemaType& type, const std::string& path) {
    if (!json.is_object()) return;
    for (auto at = json.begin(); at != json.end();) {
      const std::string here = path.empty() ? at.key() : path + "." + at.key();
      const SchemaField* field = type.find(at.key());
      if (!field) {
        found.push_back(fmt::format("unknown field \"{}\"", here));
        at = json.erase(at);
        continue;
      }
      if (field->type) drop_below(*at, *field, here);
      ++at;
    }
  }

  std::vector<std::string> found;

 private:
  void drop_below(Json& value, const SchemaField& field, const std::string& path) {
    if (field.shape == SchemaField::Shape::one) return drop_from(value, *field.type, path);
    if (value.is_array()) {
      for (std::size_t i = 0; i < value.size(); ++i)
        drop_from(value[i], *field.type, fmt::format("{}[{}]", path, i));
    } else if (value.is_object()) {
      for (auto& [key, element] : value.items()) drop_from(element, *field.type, path + "." + key);
    }
  }
};

}  // namespace

const SchemaField* SchemaType::find(const std::string& field) const {
  const auto found = fields.find(field);
  return found == fields.end() ? nullptr : &found->second;
}

const SchemaType* schema_type(std::string_view name) {
  const auto found = all_types().find(name);
  return found == all_types().end() ? nullptr : &found->second;
}

const SchemaType* schema_of(std::string_view api_version, std::string_view kind) {
  if (kind == "Event") return schema_type(api_version == "v1" ? "CoreEvent" : "EventsEvent");
  if (api_version == "autoscaling/v2") return schema_type("V2" + std::string(kind));
  return schema_type(kind);
}

std::vector<std::string> drop_unknown_fields(Json& json, const SchemaType& type) {
  Pruning pruning;
  pruning.drop_from(json, type, {});
  return std::move(pruning.found);
}

}  // namespace muster::kube
