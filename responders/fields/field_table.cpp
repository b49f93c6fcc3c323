#include "responders/fields/field_table.hpp"

#include <algorithm>

#include "sim/assert.hpp"

namespace muster {
namespace {

std::string type_text(const Field& field) {
  switch (field.type) {
    case FieldType::text:
      return "text";
    case FieldType::duration:
      return "duration";
    case FieldType::whole:
      return "whole number";
    case FieldType::number:
      return "number";
    case FieldType::share:
      return "share";
    case FieldType::flag:
      return "true or false";
    case FieldType::texts:
      return "list of texts";
    case FieldType::text_map:
      return "map of texts";
    case FieldType::record:
      return field.record;
    case FieldType::records:
      return "list of " + field.record;
    case FieldType::record_map:
      return "map of " + field.record;
    case FieldType::list_map:
      return "map of lists of " + field.record;
    case FieldType::anything:
      return "anything";
  }
  return "";
}

std::string words_text(const std::vector<std::string>& words, const char* between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

}  // namespace

const Field* RecordTable::find(std::string_view wanted) const {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const Field& field) { return field.name == wanted; });
  return found == fields.end() ? nullptr : &*found;
}

const RecordTable& FileFormat::table(std::string_view wanted) const {
  const auto found =
      std::find_if(tables.begin(), tables.end(), [&](const RecordTable& one) { return one.name == wanted; });
  MUSTER_ASSERT(found != tables.end(), "a field names a table that its format does not have");
  return *found;
}

std::string format_text(const FileFormat& format) {
  std::string text = fmt::format("{}: {}\n", format.name, format.summary);
  for (const RecordTable& table : format.tables) {
    text += fmt::format("\n{}: {}\n", table.name, table.meaning);
    if (!table.text_stands_for.empty())
      text += fmt::format("  a plain text stands for {{{}: TEXT}}\n", table.text_stands_for);
    if (!table.one_of.empty()) text += fmt::format("  exactly one of {}\n", words_text(table.one_of, ", "));
    for (const Field& field : table.fields) {
      text += fmt::format("  {:<14} {}{}\n  {:<14}   {}{}\n", field.name, type_text(field),
                          field.required ? "" : " (optional)", "", field.meaning,
                          field.words.empty() ? "" : ": " + words_text(field.words, ", "));
    }
  }
  return text;
}

}  // namespace muster
