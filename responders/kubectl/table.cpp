#include "responders/kubectl/table.hpp"

#include <fmt/format.h>

#include "responders/kubectl/table_cells.hpp"
#include "responders/text/lines.hpp"
#include "responders/text/tab_writer.hpp"

namespace muster {
namespace {

std::vector<std::string> row_of(const TableKind& table, const ResourceType& type, const JsonValue& object,
                                const Clock& clock, const TableOptions& options) {
  std::vector<std::string> row;
  if (options.with_namespace) row.push_back(object["metadata"]["namespace"].text());
  const auto cells = table.cells(object, clock);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (table.columns[i].wide && !options.wide) continue;
    const bool prefixed = options.with_kind && table.columns[i].name == "NAME";
    row.push_back(prefixed ? printed_name(type, cells[i]) : cells[i]);
  }
  if (options.with_labels) row.push_back(labels_text(object["metadata"]["labels"]));
  return row;
}

}  // namespace

std::string labels_text(const JsonValue& labels, std::string_view between) {
  std::vector<std::string> pairs;
  for (const auto& [key, value] : labels.members()) pairs.push_back(key + "=" + display_text(value));
  return pairs.empty() ? "<none>" : join(pairs, between);
}

std::string align_rows(const std::vector<std::vector<std::string>>& rows) {
  std::string text;
  for (const auto& row : rows) text += join(row, "\t") + "\n";
  return align_tabs(text, table_layout);
}

std::string print_table(const ResourceType& type, const std::vector<const JsonValue*>& objects,
                        const Clock& clock, const TableOptions& options) {
  const TableKind& table = table_kind(type.kind);
  std::vector<std::vector<std::string>> rows;
  if (options.headers) {
    auto& header = rows.emplace_back();
    if (options.with_namespace) header.emplace_back("NAMESPACE");
    for (const auto& column : table.columns)
      if (!column.wide || options.wide) header.emplace_back(column.name);
    if (options.with_labels) header.emplace_back("LABELS");
  }
  for (const JsonValue* object : objects) rows.push_back(row_of(table, type, *object, clock, options));
  return align_rows(rows);
}

}  // namespace muster
