#include "api/cloud/cloud_sql_json.hpp"

#include <algorithm>

namespace muster::cloud {
namespace {

constexpr std::int64_t gigabyte = 1'000'000'000;

const char* state_of(const Database& database, const InstanceView& view) {
  for (const CloudOperation& operation : database.operations())
    if (!operation.done && operation.instance == view.name) return "MAINTENANCE";
  if (!view.host_alive || view.state == ServerState::crashed) return "FAILED";
  if (view.state == ServerState::stopped) return "SUSPENDED";
  return view.state == ServerState::up ? "RUNNABLE" : "MAINTENANCE";
}

}  // namespace

Json instance_json(const Database& database, int index) {
  const InstanceView view = database.instance(index);
  const DatabaseProfile& profile = database.profile();
  const bool primary = index == database.primary();
  Json json{{"kind", "sql#instance"},
            {"name", view.name},
            {"project", profile.project},
            {"state", state_of(database, view)},
            {"databaseVersion", "POSTGRES_" + profile.version.substr(0, profile.version.find('.'))},
            {"instanceType", view.standby ? "READ_REPLICA_INSTANCE" : "CLOUD_SQL_INSTANCE"},
            {"connectionName", profile.project + ":" + view.name},
            {"dnsName", primary ? profile.endpoint : view.host},
            {"ipAddresses", Json::array({{{"type", "PRIVATE"}, {"ipAddress", view.address}}})},
            {"currentDiskSize", std::to_string(view.used_bytes)}};
  if (view.standby) json["masterInstanceName"] = profile.project + ":" + view.upstream;
  Json flags = Json::array({{{"name", "max_connections"}, {"value", std::to_string(view.max_connections)}}});
  json["settings"] = {{"dataDiskSizeGb", std::to_string(view.disk_bytes / gigabyte)},
                      {"availabilityType", "ZONAL"},
                      {"activationPolicy", "ALWAYS"},
                      {"databaseFlags", std::move(flags)}};
  Json replicas = Json::array();
  for (const InstanceView& other : database.instances()) {
    if (!other.standby || other.upstream != view.name) continue;
    replicas.push_back(other.name);
    if (!other.failover_target) continue;
    json["settings"]["availabilityType"] = "REGIONAL";
    json["failoverReplica"] = {{"name", other.name},
                               {"available", other.state == ServerState::up && other.host_alive}};
  }
  if (!replicas.empty()) json["replicaNames"] = std::move(replicas);
  return json;
}

Json operation_json(const Database& database, const CloudOperation& operation, Epoch epoch) {
  Json json{{"kind", "sql#operation"},
            {"name", std::to_string(operation.number)},
            {"operationType", operation.type},
            {"status", operation.done ? "DONE" : "RUNNING"},
            {"targetId", operation.instance},
            {"targetProject", database.profile().project},
            {"user", operation.user},
            {"insertTime", format_rfc3339(epoch, operation.began)},
            {"startTime", format_rfc3339(epoch, operation.began)}};
  if (operation.done) json["endTime"] = format_rfc3339(epoch, operation.ended);
  if (!operation.error.empty()) {
    Json errors = Json::array(
        {{{"kind", "sql#operationError"}, {"code", "INTERNAL_ERROR"}, {"message", operation.error}}});
    json["error"] = {{"kind", "sql#operationErrors"}, {"errors", std::move(errors)}};
  }
  return json;
}

Json backup_json(const Backup& backup, Epoch epoch) {
  return {{"kind", "sql#backupRun"},     {"id", std::to_string(backup.number)},
          {"instance", backup.instance}, {"status", "SUCCESSFUL"},
          {"type", backup.type},         {"windowStartTime", format_rfc3339(epoch, backup.at)}};
}

Json error_json(int code, const std::string& reason, const std::string& message) {
  Json errors = Json::array({{{"domain", "global"}, {"reason", reason}, {"message", message}}});
  return {{"error", {{"code", code}, {"message", message}, {"errors", std::move(errors)}}}};
}

}  // namespace muster::cloud
