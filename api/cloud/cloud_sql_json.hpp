// Cloud SQL's resources as JSON. Internal to api/cloud.
#pragma once

#include <nlohmann/json.hpp>

#include "cluster_model/database/database.hpp"

namespace muster::cloud {

using Json = nlohmann::json;

Json instance_json(const Database& database, int instance);
Json operation_json(const Database& database, const CloudOperation& operation, Epoch epoch);
Json backup_json(const Backup& backup, Epoch epoch);
/// {"error":{"code":409,"message":"...","errors":[{"reason":"operationInProgress", ...}]}}
Json error_json(int code, const std::string& reason, const std::string& message);

}  // namespace muster::cloud
