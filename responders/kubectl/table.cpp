#include "responders/kubectl/table.hpp"

#include "responders/text/lines.hpp"
#include "responders/text/tab_writer.hpp"

namespace muster {

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

}  // namespace muster
