// The catalogue views that responders ask, as rows, and what SELECT makes of them: a part of SQL without
// joins. Internal to api/database.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/kube/fields_json.hpp"
#include "sim/result.hpp"

namespace muster {

/// Cells are JSON: text, number, truth, a list, or null. Moments are texts in RFC 3339.
struct Relation {
  std::string name;
  std::vector<std::string> columns;
  std::vector<kube::Json> rows;  ///< each an array with a cell per column
};

/// "SELECT LIST FROM name [WHERE ...] [GROUP BY ...] [ORDER BY ...] [LIMIT n]" over `relation`. `now`: RFC
/// 3339 with microseconds. The result's name is empty. Error: PostgreSQL's text.
Result<Relation> select_from(const Relation& relation, std::string_view sql, const std::string& now);

/// The name behind FROM, lower case; empty if there is none.
std::string relation_named_in(std::string_view sql);

}  // namespace muster
