// database/lock: somebody's transaction holds a table.
#include <fmt/format.h>

#include "cluster_model/database/database.hpp"
#include "scenarios/faults/backend_parts.hpp"
#include "scenarios/faults/kinds.hpp"

namespace muster {
namespace {

FaultAction build_database_lock(MapReader& map, const SystemSpec& system, const std::string&) {
  const DatabaseProfile* profile = read_database_name(map, system);
  const std::string name = profile ? profile->name : "", table = read_table_name(map, profile);
  OpenTransaction held;
  held.statement = map.text("statement", fmt::format("ALTER TABLE {} ADD COLUMN note text", table));
  held.user = map.text("user", "postgres");
  held.application = map.text("application", "psql");
  held.rests = !map.flag("active", false);
  auto where = std::make_shared<std::pair<int, std::uint32_t>>(0, 0);
  return {name, fmt::format("{} is locked", table),
          [=](World& world) {
            Database& database = *world.database(name);
            OpenTransaction now = held;
            now.table = database.table(table);
            *where = {database.primary(), database.hold_lock(database.primary(), now)};
          },
          [=](World& world) { world.database(name)->terminate(where->first, where->second); }};
}

}  // namespace

FaultKind database_lock_kind() {
  return {"database/lock",
          "A transaction takes an ACCESS EXCLUSIVE lock on a table and does not end.",
          {database_parameter(),
           {"table", "name of a table", false, "The table; the first one if absent."},
           {"statement", "text", false, "What pg_stat_activity shows; default an ALTER TABLE."},
           {"user", "text", false, "Whose session it is; default postgres."},
           {"application", "text", false, "Its application_name; default psql."},
           {"active", "true or false", false, "Its statement goes on; default false: idle in transaction."}},
          true,
          nullptr,
          build_database_lock};
}

}  // namespace muster
