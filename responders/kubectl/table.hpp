// Tables of `kubectl get`: columns and cells per type (kubernetes/kubernetes
// pkg/printers/internalversion/printers.go).
#pragma once

#include <string>
#include <vector>

#include "responders/kubectl/resource_type.hpp"
#include "responders/text/age.hpp"
#include "responders/text/json_value.hpp"

namespace muster {

struct TableOptions {
  bool wide = false, with_namespace = false, with_labels = false, with_kind = false, headers = true;
};

/// The aligned table of `objects`, all of `type`.
std::string print_table(const ResourceType& type, const std::vector<const JsonValue*>& objects,
                        const Clock& clock, const TableOptions& options);

/// Columns and cells that are tab-separated and aligned as kubectl's tables are.
std::string align_rows(const std::vector<std::vector<std::string>>& rows);

/// "a=b,c=d" or "<none>".
std::string labels_text(const JsonValue& labels, std::string_view between = ",");

}  // namespace muster
