// Text in columns, as kubectl aligns it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "responders/text/json_value.hpp"

namespace muster {

/// Columns and cells that are tab-separated and aligned as kubectl's tables are.
std::string align_rows(const std::vector<std::vector<std::string>>& rows);

/// "a=b,c=d" or "<none>".
std::string labels_text(const JsonValue& labels, std::string_view between = ",");

}  // namespace muster
