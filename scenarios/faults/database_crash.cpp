// database/crash: the server process dies; its machine lives and resets connections.
#include "cluster_model/database/database.hpp"
#include "scenarios/faults/backend_parts.hpp"
#include "scenarios/faults/kinds.hpp"

namespace muster {
namespace {

FaultAction build_database_crash(MapReader& map, const SystemSpec& system, const std::string&) {
  const DatabaseProfile* profile = read_database_name(map, system);
  const std::string name = profile ? profile->name : "", instance = read_instance_name(map, profile);
  const bool restarts = map.flag("restarts", true);
  return {name,
          restarts ? "crash, recovers by itself" : "crash, stays down",
          [=](World& world) {
            Database& database = *world.database(name);
            database.crash(instance_now(database, instance), restarts);
          },
          {}};
}

}  // namespace

FaultKind database_crash_kind() {
  return {"database/crash",
          "The database server's process dies; its machine lives, so connections are reset at once.",
          {database_parameter(),
           instance_parameter(),
           {"restarts", "true or false", false, "Whether it begins crash recovery by itself; default true."}},
          false,
          nullptr,
          build_database_crash};
}

}  // namespace muster
