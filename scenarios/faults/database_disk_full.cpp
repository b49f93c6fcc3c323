// database/disk-full: something else fills the disk of the database.
#include "cluster_model/database/database.hpp"
#include "scenarios/faults/backend_parts.hpp"
#include "scenarios/faults/kinds.hpp"

namespace muster {
namespace {

FaultAction build_database_disk_full(MapReader& map, const SystemSpec& system, const std::string&) {
  const DatabaseProfile* profile = read_database_name(map, system);
  const std::string name = profile ? profile->name : "", instance = read_instance_name(map, profile);
  auto struck = std::make_shared<int>(0);
  return {name, "disk full",
          [=](World& world) {
            Database& database = *world.database(name);
            *struck = instance_now(database, instance);
            database.fill_disk(*struck, true);
          },
          [=](World& world) { world.database(name)->fill_disk(*struck, false); }};
}

}  // namespace

FaultKind database_disk_full_kind() {
  return {"database/disk-full",
          "The disk is full: the next write of the log is a PANIC, and recovery fails until there is space.",
          {database_parameter(), instance_parameter()},
          true,
          nullptr,
          build_database_disk_full};
}

}  // namespace muster
