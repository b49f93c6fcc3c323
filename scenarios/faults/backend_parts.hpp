// What the fault kinds of databases and providers share: naming them and their parts.
#pragma once

#include <string>
#include <vector>

#include "scenarios/faults/fault_kinds.hpp"

namespace muster {

/// The profile of the database named by `database` (the only one if absent). Null after an error.
const DatabaseProfile* read_database_name(MapReader& map, const SystemSpec& system);
/// The name of an instance; empty: whoever is the primary when the fault strikes.
std::string read_instance_name(MapReader& map, const DatabaseProfile* database);
/// A table's name; the first table if absent.
std::string read_table_name(MapReader& map, const DatabaseProfile* database);
/// Index of the instance of that name now; the primary for an empty one.
int instance_now(const class Database& database, const std::string& name);

/// The profile of the provider named by `provider` (the only one if absent). Null after an error.
const ProviderProfile* read_provider_name(MapReader& map, const SystemSpec& system);
/// Index of the side named by `side`; 0 if absent.
int read_side(MapReader& map, const ProviderProfile* provider);

FaultParameter database_parameter();
FaultParameter instance_parameter();
std::vector<FaultParameter> provider_parameters();

}  // namespace muster
