// database/slow-queries: a dropped index, or statistics that lead to a bad plan.
#include <fmt/format.h>

#include "cluster_model/database/database.hpp"
#include "scenarios/faults/backend_parts.hpp"
#include "scenarios/faults/kinds.hpp"

namespace muster {
namespace {

std::vector<int> read_queries(MapReader& map, const DatabaseProfile* profile) {
  std::vector<int> found;
  if (!profile) return found;
  std::vector<std::string> names;
  for (const QueryClassProfile& query : profile->queries) names.push_back(query.name);
  for (const std::string& wanted : map.texts("queries")) {
    const auto at = std::find(names.begin(), names.end(), wanted);
    if (at == names.end())
      map.fail("queries", fmt::format("no query \"{}\"{}", wanted, expected_one_of(wanted, names)));
    else
      found.push_back(static_cast<int>(at - names.begin()));
  }
  if (found.empty()) map.fail("queries", "\"queries\": expected a list of query classes");
  return found;
}

FaultAction build_database_slow_queries(MapReader& map, const SystemSpec& system, const std::string&) {
  const DatabaseProfile* profile = read_database_name(map, system);
  const std::string name = profile ? profile->name : "";
  const std::vector<int> queries = read_queries(map, profile);
  const double factor = map.number("factor", 1, 10'000, 30.0);
  const std::string index = map.text("index", ""), table = read_table_name(map, profile);
  const std::string cause = index.empty() ? "statistics " + table : "index " + index;
  return {name, fmt::format("{} times as slow: {}", factor, cause),
          [=](World& world) { world.database(name)->slow_down(queries, factor, cause); },
          [=](World& world) { world.database(name)->clear_slowdown(cause); }};
}

}  // namespace

FaultKind database_slow_queries_kind() {
  return {
      "database/slow-queries",
      "Query classes take many times as long: an index was dropped, or the planner chose badly.",
      {database_parameter(),
       {"queries", "list of query classes", true, "Which become slow."},
       {"factor", "number", false, "How many times as long they take; default 30 (10 to 100 are common)."},
       {"index", "text", false,
        "The dropped index; CREATE INDEX undoes it. Without it ANALYZE of the table does."},
       {"table", "name of a table", false, "The table; the first one if absent."}},
      true,
      nullptr,
      build_database_slow_queries};
}

}  // namespace muster
