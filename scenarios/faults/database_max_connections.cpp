// database/max-connections: a stranger takes the connection slots.
#include <fmt/format.h>

#include "cluster_model/database/database.hpp"
#include "scenarios/faults/backend_parts.hpp"
#include "scenarios/faults/kinds.hpp"

namespace muster {
namespace {

FaultAction build_database_max_connections(MapReader& map, const SystemSpec& system, const std::string&) {
  const DatabaseProfile* profile = read_database_name(map, system);
  const std::string name = profile ? profile->name : "";
  const int count = static_cast<int>(map.whole("sessions", 1, 100'000, 100'000));
  const std::string user = map.text("user", "reporting"),
                    application = map.text("application", "nightly-report");
  using Pids = std::pair<int, std::vector<std::uint32_t>>;
  auto taken = std::make_shared<Pids>();
  return {name, fmt::format("{} takes connections", application),
          [=](World& world) {
            Database& database = *world.database(name);
            *taken = {database.primary(), database.occupy(database.primary(), count, user, application)};
          },
          [=](World& world) {
            for (const std::uint32_t pid : taken->second) world.database(name)->terminate(taken->first, pid);
          }};
}

}  // namespace

FaultKind database_max_connections_kind() {
  return {
      "database/max-connections",
      "Another program opens connections and does not close them, until none but the superuser's are left.",
      {database_parameter(),
       {"sessions", "number", false, "How many at most; default: as many as there are."},
       {"user", "text", false, "Its role; default reporting."},
       {"application", "text", false, "Its application_name; default nightly-report."}},
      true,
      nullptr,
      build_database_max_connections};
}

}  // namespace muster
