// Reads one map by its table (field_table.hpp): types, unknown keys, missing keys and "exactly one of" are
// the table's. Asking for a key that the table does not have, or with another type, is a programmer's error.
#pragma once

#include <functional>

#include "responders/fields/field_table.hpp"
#include "telemetry/map_reader.hpp"

namespace muster {

class FieldReader {
 public:
  /// `node` may be a plain text if the table says what it stands for.
  FieldReader(const YamlNode& node, const RecordTable& table, ReadContext& context);
  FieldReader(const FieldReader&) = delete;
  FieldReader& operator=(const FieldReader&) = delete;

  // Each getter: the value, or `otherwise` if the key is absent (an error if the table requires it).
  std::string text(const char* name, std::string otherwise = {});
  SimDuration duration(const char* name, SimDuration otherwise = {});
  std::int64_t whole(const char* name, std::int64_t otherwise = 0);
  double number(const char* name, double otherwise = 0);
  double share(const char* name, double otherwise = 0);
  bool flag(const char* name, bool otherwise = false);
  std::vector<std::string> texts(const char* name);
  /// Pairs in the order of the file.
  std::vector<std::pair<std::string, std::string>> text_map(const char* name);
  /// The value of a key of any record type, or "anything"; null if absent.
  const YamlNode* node(const char* name);
  /// The items of a list of records.
  const std::vector<YamlNode>& items(const char* name);

  bool has(const char* name) const;
  /// Which of RecordTable::one_of is there; empty on an error (none or several, which is reported).
  std::string chosen();
  void fail(const char* name, const std::string& message) { map_.fail(name, message); }
  /// Where the key's value stands (the map itself if absent).
  const YamlNode& at(const char* name) const { return map_.at(name); }
  ReadContext& context() { return map_.context(); }
  /// Call last, after every field of the table was asked for.
  void finish();

 private:
  const Field& field(const char* name, FieldType type);

  static YamlNode as_map(const YamlNode& node, const RecordTable& table);
  const RecordTable& table_;
  YamlNode own_;  // the map that a plain text stands for
  MapReader map_;
  std::vector<std::string> asked_;
};

/// Calls `each` with the name, its node and the value of every entry of a map with keys of the user's own.
void for_each_entry(const YamlNode* map, ReadContext& context,
                    const std::function<void(const YamlNode& key, const YamlNode& value)>& each);

}  // namespace muster
