// The cells of one object of each type, in the order of its columns.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "responders/text/age.hpp"
#include "responders/text/json_value.hpp"

namespace muster {

struct TableColumn {
  std::string_view name;
  bool wide = false;  ///< shown with -o wide only
};

struct TableKind {
  std::string_view kind;
  std::span<const TableColumn> columns;
  std::vector<std::string> (*cells)(const JsonValue& object, const Clock& clock);
};

/// The table of a kind; of kinds we have no table for: NAME and AGE.
const TableKind& table_kind(std::string_view kind);

}  // namespace muster
