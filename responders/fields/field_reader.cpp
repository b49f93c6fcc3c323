#include "responders/fields/field_reader.hpp"

#include <algorithm>

namespace muster {
namespace {

bool is_record_type(FieldType type) {
  return type == FieldType::record || type == FieldType::records || type == FieldType::record_map ||
         type == FieldType::list_map || type == FieldType::anything;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

}  // namespace

YamlNode FieldReader::as_map(const YamlNode& node, const RecordTable& table) {
  if (!node.is_scalar() || table.text_stands_for.empty()) return {};
  YamlNode key;
  key.kind = YamlNode::Kind::scalar;
  key.scalar = table.text_stands_for;
  key.line = node.line;
  key.column = node.column;
  YamlNode map;
  map.kind = YamlNode::Kind::map;
  map.line = node.line;
  map.column = node.column;
  map.entries.push_back(YamlEntry{key, node});
  return map;
}

FieldReader::FieldReader(const YamlNode& node, const RecordTable& table, ReadContext& context)
    : table_(table), own_(as_map(node, table)), map_(own_.is_map() ? own_ : node, table.what, context) {}

const Field& FieldReader::field(const char* name, FieldType type) {
  const Field* found = table_.find(name);
  MUSTER_ASSERT(found != nullptr, "a reader asks for a field that its table does not have");
  const bool same = found->type == type || (type == FieldType::anything && is_record_type(found->type));
  MUSTER_ASSERT(same, "a reader asks for a field with another type than its table gives");
  asked_.emplace_back(name);
  return *found;
}

std::string FieldReader::text(const char* name, std::string otherwise) {
  const Field& known = field(name, FieldType::text);
  std::string value = known.required ? map_.text(name) : map_.text(name, std::move(otherwise));
  const bool valid = known.words.empty() || !has(name) ||
                     std::find(known.words.begin(), known.words.end(), value) != known.words.end();
  if (!valid)
    map_.fail(name, fmt::format("unknown {} \"{}\"{}", name, value, expected_one_of(value, known.words)));
  return value;
}

SimDuration FieldReader::duration(const char* name, SimDuration otherwise) {
  const Field& known = field(name, FieldType::duration);
  const SimDuration value = known.required ? map_.duration(name) : map_.duration(name, otherwise);
  if (value < SimDuration::zero()) map_.fail(name, fmt::format("\"{}\" is negative", name));
  return value;
}

std::int64_t FieldReader::whole(const char* name, std::int64_t otherwise) {
  const Field& known = field(name, FieldType::whole);
  const auto least = static_cast<std::int64_t>(known.least), most = static_cast<std::int64_t>(known.most);
  return known.required ? map_.whole(name, least, most) : map_.whole(name, least, most, otherwise);
}

double FieldReader::number(const char* name, double otherwise) {
  const Field& known = field(name, FieldType::number);
  return known.required ? map_.number(name, known.least, known.most)
                        : map_.number(name, known.least, known.most, otherwise);
}

double FieldReader::share(const char* name, double otherwise) {
  const Field& known = field(name, FieldType::share);
  return known.required ? map_.share(name) : map_.share(name, otherwise);
}

bool FieldReader::flag(const char* name, bool otherwise) {
  const Field& known = field(name, FieldType::flag);
  return known.required ? map_.flag(name) : map_.flag(name, otherwise);
}

std::vector<std::string> FieldReader::texts(const char* name) {
  field(name, FieldType::texts);
  return map_.texts(name);
}

std::vector<std::pair<std::string, std::string>> FieldReader::text_map(const char* name) {
  field(name, FieldType::text_map);
  std::vector<std::pair<std::string, std::string>> pairs;
  for_each_entry(map_.node(name), map_.context(), [&](const YamlNode& key, const YamlNode& value) {
    if (!value.is_scalar())
      map_.context().fail(value, fmt::format("\"{}\" is {}; expected text", key.scalar, found_text(value)));
    pairs.emplace_back(key.scalar, value.scalar);
  });
  return pairs;
}

const YamlNode* FieldReader::node(const char* name) {
  const Field& known = field(name, FieldType::anything);
  return map_.node(name, known.required ? known.meaning.c_str() : nullptr);
}

const std::vector<YamlNode>& FieldReader::items(const char* name) {
  const Field& known = field(name, FieldType::records);
  return map_.items(name, known.required ? known.meaning.c_str() : nullptr);
}

bool FieldReader::has(const char* name) const {
  const YamlNode* value = map_.whole_map().find(name);
  return value != nullptr && !value->is_null();
}

std::string FieldReader::chosen() {
  std::vector<std::string> found;
  for (const std::string& name : table_.one_of)
    if (map_.whole_map().find(name) != nullptr) found.push_back(name);
  if (found.size() == 1) return found.front();
  // A key that nobody knows was probably meant to be one of them: its own message is the better one.
  for (const YamlEntry& entry : map_.whole_map().entries)
    if (table_.find(entry.first.scalar) == nullptr) return {};
  if (found.empty())
    map_.context().fail(map_.whole_map(),
                        fmt::format("{} needs exactly one of {}", table_.what, joined(table_.one_of)));
  else
    map_.fail(found[1], fmt::format("{} has both \"{}\" and \"{}\"; expected exactly one of {}", table_.what,
                                    found[0], found[1], joined(table_.one_of)));
  return {};
}

void FieldReader::finish() {
  for (const Field& known : table_.fields)
    MUSTER_ASSERT(std::find(asked_.begin(), asked_.end(), known.name) != asked_.end(),
                  "a table has a field that its reader does not ask for");
  map_.finish();
}

void for_each_entry(const YamlNode* map, ReadContext& context,
                    const std::function<void(const YamlNode& key, const YamlNode& value)>& each) {
  if (map == nullptr || map->is_null()) return;
  if (!map->is_map()) return context.fail(*map, fmt::format("expected a map, found {}", found_text(*map)));
  for (const YamlEntry& entry : map->entries) each(entry.first, entry.second);
}

}  // namespace muster
