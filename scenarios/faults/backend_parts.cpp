#include "scenarios/faults/backend_parts.hpp"

#include <fmt/format.h>

#include "cluster_model/database/database.hpp"

namespace muster {
namespace {

/// The item that `key` names, or the first one.
template <class T>
const T* pick(MapReader& map, const std::string& key, const char* what, const std::vector<T>& all) {
  std::vector<std::string> names;
  for (const T& item : all) names.push_back(item.name);
  if (all.empty()) {
    map.fail(key, fmt::format("the system has no {}", what));
    return nullptr;
  }
  const std::string name = map.text(key, names[0]);
  for (const T& item : all)
    if (item.name == name) return &item;
  map.fail(key, fmt::format("no {} \"{}\"{}", what, name, expected_one_of(name, names)));
  return nullptr;
}

}  // namespace

const DatabaseProfile* read_database_name(MapReader& map, const SystemSpec& system) {
  return pick(map, "database", "database", system.profile.databases);
}

std::string read_instance_name(MapReader& map, const DatabaseProfile* database) {
  if (!map.node("instance") || !database) return "";
  const InstanceProfile* instance = pick(map, "instance", "instance", database->instances);
  return instance ? instance->name : "";
}

std::string read_table_name(MapReader& map, const DatabaseProfile* database) {
  if (!database) return "";
  const TableProfile* table = pick(map, "table", "table", database->tables);
  return table ? table->name : "";
}

int instance_now(const Database& database, const std::string& name) {
  return name.empty() ? database.primary() : database.find_instance(name);
}

const ProviderProfile* read_provider_name(MapReader& map, const SystemSpec& system) {
  return pick(map, "provider", "provider", system.profile.providers);
}

int read_side(MapReader& map, const ProviderProfile* provider) {
  if (!provider) return 0;
  const ProviderSide* side = pick(map, "side", "side", provider->sides);
  return side ? static_cast<int>(side - provider->sides.data()) : 0;
}

FaultParameter database_parameter() {
  return {"database", "name of a database of the profile", false, "Which; the first one if absent."};
}

FaultParameter instance_parameter() {
  return {"instance", "name of an instance", false,
          "Which; whoever is the primary when it strikes if absent."};
}

std::vector<FaultParameter> provider_parameters() {
  return {{"provider", "name of a provider of the profile", false, "Which; the first one if absent."},
          {"side", "name of a side", false, "Which vendor; the first one if absent."}};
}

}  // namespace muster
