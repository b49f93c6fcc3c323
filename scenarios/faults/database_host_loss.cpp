// database/host-loss: the machine vanishes, so nobody answers and nobody resets.
#include "cluster_model/database/database.hpp"
#include "scenarios/faults/backend_parts.hpp"
#include "scenarios/faults/kinds.hpp"

namespace muster {
namespace {

FaultAction build_database_host_loss(MapReader& map, const SystemSpec& system, const std::string&) {
  const DatabaseProfile* profile = read_database_name(map, system);
  const std::string name = profile ? profile->name : "", instance = read_instance_name(map, profile);
  auto struck = std::make_shared<int>(-1);
  return {name, "machine lost",
          [=](World& world) {
            Database& database = *world.database(name);
            *struck = instance_now(database, instance);
            database.lose_host(*struck);
          },
          [=](World& world) { world.database(name)->restore_host(*struck); }};
}

}  // namespace

FaultKind database_host_loss_kind() {
  return {"database/host-loss",
          "The machine of a database instance vanishes: its connections are black holes. With `for` it comes "
          "back "
          "and recovers.",
          {database_parameter(), instance_parameter()},
          true,
          nullptr,
          build_database_host_loss};
}

}  // namespace muster
