// Tables that the server worked out (meta.k8s.io/v1 Table), as kubectl prints them.
#pragma once

#include "responders/kubectl/resource_type.hpp"
#include "responders/kubectl/table.hpp"
#include "responders/text/age.hpp"

namespace muster {

struct TableOptions {
  bool wide = false, with_namespace = false, with_labels = false, with_kind = false, headers = true;
  std::vector<std::string> label_columns;  ///< -L
};

inline bool is_table(const JsonValue& body) {
  return body["kind"].text() == "Table";
}
/// The Table that kubectl makes of plain objects (--server-print=false): NAME and AGE, whatever the type
/// (k8s.io/cli-runtime/pkg/printers/tableprinter.go).
JsonValue plain_table(const std::vector<JsonValue>& objects, const Clock& clock);
/// The rows of a Table as tab-separated cells; with the header first unless options say no. `columns` are the
/// table's columnDefinitions (a watch sends them once).
std::vector<std::vector<std::string>> table_rows(const JsonValue& table, const JsonValue& columns,
                                                 const ResourceType& type, const TableOptions& options);

}  // namespace muster
