#include "responders/kubectl/server_table.hpp"

#include <algorithm>

#include "responders/text/lines.hpp"

namespace muster {
namespace {

std::string upper_case(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

bool is_shown(const JsonValue& column, const TableOptions& options) {
  return options.wide || column["priority"].whole() == 0;
}

/// The header of -L KEY: its last part.
std::string label_header(const std::string& key) {
  return upper_case(key.substr(key.rfind('/') + 1));
}

std::vector<std::string> header_of(const JsonValue& columns, const TableOptions& options) {
  std::vector<std::string> header;
  if (options.with_namespace) header.emplace_back("NAMESPACE");
  for (const JsonValue& column : columns.items())
    if (is_shown(column, options)) header.push_back(upper_case(column["name"].text()));
  for (const std::string& key : options.label_columns) header.push_back(label_header(key));
  if (options.with_labels) header.emplace_back("LABELS");
  return header;
}

JsonValue plain_column(const char* name) {
  JsonValue column = JsonValue::object();
  column.member("name") = name;
  column.member("priority") = 0;
  return column;
}

}  // namespace

JsonValue plain_table(const std::vector<JsonValue>& objects, const Clock& clock) {
  JsonValue table = JsonValue::object();
  table.member("kind") = "Table";
  table.member("columnDefinitions") = JsonValue::Array{plain_column("Name"), plain_column("Age")};
  table.member("rows") = JsonValue::array();
  for (const JsonValue& object : objects) {
    const JsonValue& metadata = object["metadata"];
    JsonValue row = JsonValue::object();
    row.member("cells") =
        JsonValue::Array{metadata["name"], JsonValue(clock.age(metadata["creationTimestamp"].text()))};
    row.member("object") = object;
    table.member("rows").append(std::move(row));
  }
  return table;
}

std::vector<std::vector<std::string>> table_rows(const JsonValue& table, const JsonValue& columns,
                                                 const ResourceType& type, const TableOptions& options) {
  std::vector<std::vector<std::string>> rows;
  if (options.headers) rows.push_back(header_of(columns, options));
  for (const JsonValue& row : table["rows"].items()) {
    auto& cells = rows.emplace_back();
    const JsonValue& metadata = row["object"]["metadata"];
    if (options.with_namespace) cells.push_back(metadata["namespace"].text());
    for (std::size_t i = 0; i < columns.items().size(); ++i) {
      if (!is_shown(columns.at(i), options)) continue;
      const JsonValue& value = row["cells"].at(i);
      const std::string cell = value.is_null() ? "" : display_text(value);
      cells.push_back(i == 0 && options.with_kind ? printed_name(type, cell) : cell);
    }
    for (const std::string& key : options.label_columns) {
      const std::string& value = metadata["labels"][key].text();
      cells.push_back(value.empty() ? "<none>" : value);
    }
    if (options.with_labels) cells.push_back(labels_text(metadata["labels"]));
  }
  return rows;
}

}  // namespace muster
