// database/replication-lag: a standby falls behind.
#include <fmt/format.h>

#include "cluster_model/database/database.hpp"
#include "scenarios/faults/backend_parts.hpp"
#include "scenarios/faults/kinds.hpp"

namespace muster {
namespace {

FaultAction build_database_replication_lag(MapReader& map, const SystemSpec& system, const std::string&) {
  const DatabaseProfile* profile = read_database_name(map, system);
  const std::string name = profile ? profile->name : "", instance = read_instance_name(map, profile);
  if (profile && instance.empty()) map.fail("instance", "\"instance\": expected the name of a standby");
  const std::string where = map.text("where", "transport");
  if (where != "transport" && where != "apply")
    map.fail("where", fmt::format("\"where\": no such channel \"{}\"{}", where,
                                  expected_one_of(where, {"transport", "apply"})));
  const double rate = map.number("bytesPerSecond", 0, 1e12, 0.0);
  const double full_transport = profile ? profile->replication_bytes_per_second : 0;
  const double full_apply = profile ? profile->apply_bytes_per_second : 0;
  const bool transport = where == "transport";
  return {name, fmt::format("{}: {} at {} bytes/s", instance, where, rate),
          [=](World& world) {
            Database& database = *world.database(name);
            database.set_replication(database.find_instance(instance), transport ? rate : full_transport,
                                     transport ? full_apply : rate);
          },
          [=](World& world) {
            Database& database = *world.database(name);
            database.set_replication(database.find_instance(instance), full_transport, full_apply);
          }};
}

}  // namespace

FaultKind database_replication_lag_kind() {
  return {"database/replication-lag",
          "A standby receives or applies the primary's log too slowly, or not at all.",
          {database_parameter(),
           {"instance", "name of a standby", true, "Which."},
           {"where", "transport or apply", false,
            "transport (default): what has not arrived is lost in a failover. apply: it arrives, but reads "
            "are stale."},
           {"bytesPerSecond", "number", false, "Speed of that channel; default 0: it stands still."}},
          true,
          nullptr,
          build_database_replication_lag};
}

}  // namespace muster
