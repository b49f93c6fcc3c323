// database/failover-broken: the managed service cannot promote the standby.
#include "cluster_model/database/database.hpp"
#include "scenarios/faults/backend_parts.hpp"
#include "scenarios/faults/kinds.hpp"

namespace muster {
namespace {

FaultAction build_database_failover_broken(MapReader& map, const SystemSpec& system, const std::string&) {
  const DatabaseProfile* profile = read_database_name(map, system);
  const std::string name = profile ? profile->name : "";
  const bool manual = map.flag("manual", false);
  return {name, manual ? "no failover works" : "automatic failover fails",
          [=](World& world) { world.database(name)->break_failover(true, manual); },
          [=](World& world) { world.database(name)->break_failover(false, false); }};
}

}  // namespace

FaultKind database_failover_broken_kind() {
  return {"database/failover-broken",
          "Automatic failover fails when it is needed.",
          {database_parameter(),
           {"manual", "true or false", false, "Failover asked for in the console fails too; default false."}},
          true,
          nullptr,
          build_database_failover_broken};
}

}  // namespace muster
