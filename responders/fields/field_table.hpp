// What a YAML file of ours may hold, as a table: the reader, the JSON Schema and `muster explain` all come
// from it, so that none of them can know a key that the others do not.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace muster {

enum class FieldType : std::uint8_t {
  text,
  duration,    ///< "90s", "1h30m"
  whole,       ///< a whole number
  number,      ///< any number
  share,       ///< "30%" or 0.3
  flag,        ///< true or false
  texts,       ///< a list of texts
  text_map,    ///< keys of the user's own to texts
  record,      ///< a map as Field::record describes
  records,     ///< a list of such
  record_map,  ///< keys of the user's own to such
  list_map,    ///< keys of the user's own to lists of such
  anything     ///< any YAML: the body of a request
};

struct Field {
  std::string name;
  FieldType type = FieldType::text;
  bool required = false;
  std::string meaning;                  ///< one sentence without a full stop
  std::string record = {};              ///< of the record types: the table's name
  std::vector<std::string> words = {};  ///< of a text: the only ones, if there are any
  double least = 0, most = 1e9;         ///< of numbers
};

/// One kind of map.
struct RecordTable {
  std::string name;     ///< "step"
  std::string what;     ///< "a step", for messages
  std::string meaning;  ///< one sentence
  std::vector<Field> fields;
  std::vector<std::string> one_of = {};  ///< exactly one of these must be there
  std::string text_stands_for = {};      ///< a plain text instead of the map is this field alone

  const Field* find(std::string_view field) const;
};

/// One kind of file. The first table is the file itself.
struct FileFormat {
  std::string name;     ///< "playbook"
  std::string summary;  ///< what such a file is
  std::vector<RecordTable> tables;

  const RecordTable& table(std::string_view name) const;
};

/// JSON Schema, draft 2020-12, indented. Durations, PromQL and commands are texts to it: `muster lint` knows
/// more.
std::string json_schema(const FileFormat& format);
/// The tables as text, for `muster explain`.
std::string format_text(const FileFormat& format);

}  // namespace muster
