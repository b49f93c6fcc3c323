// Tables that the server worked out (meta.k8s.io/v1 Table), as kubectl prints them.
#pragma once

#include "responders/kubectl/resource_type.hpp"
#include "responders/kubectl/table.hpp"

namespace muster {

struct ServerTableOptions : TableOptions {
  std::vector<std::string> label_columns;  ///< -L
};

inline bool is_table(const JsonValue& body) {
  return body["kind"].text() == "Table";
}
/// The rows of a Table as tab-separated cells; with the header first unless options say no. `columns` are the
/// table's columnDefinitions (a watch sends them once).
std::vector<std::vector<std::string>> table_rows(const JsonValue& table, const JsonValue& columns,
                                                 const ResourceType& type, const ServerTableOptions& options);

}  // namespace muster
