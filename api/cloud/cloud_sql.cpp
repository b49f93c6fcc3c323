#include "api/cloud/cloud_sql.hpp"

#include <fmt/format.h>

#include <charconv>

#include "api/cloud/cloud_sql_json.hpp"
#include "api/kube/fields_json.hpp"
#include "api/kube/status_json.hpp"
#include "cluster_model/world.hpp"

namespace muster {
namespace {

using cloud::Json;

Answer problem(int status, const std::string& reason, const std::string& message) {
  return kube::json_answer(status, cloud::error_json(status, reason, message));
}

Answer refused(const Error& error) {
  if (error.code == ErrorCode::not_found) return problem(404, "instanceDoesNotExist", error.message);
  if (error.code == ErrorCode::conflict) return problem(409, "operationInProgress", error.message);
  return problem(400, "invalid", error.message);
}

/// One request to one instance.
struct Call {
  const Request& request;
  const Url& url;
  World& world;
  Database& database;
  int instance;
  Json body;

  /// A text of the body at a JSON pointer; empty if there is none.
  std::string text(const char* pointer) const {
    const Json::json_pointer at(pointer);
    if (!body.contains(at)) return "";
    const Json& value = body[at];
    return value.is_string() ? value.get<std::string>() : value.dump();
  }
  std::optional<std::int64_t> whole(const char* pointer) const {
    const std::string digits = text(pointer);
    std::int64_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || read.ec != std::errc{} || read.ptr != digits.data() + digits.size())
      return std::nullopt;
    return value;
  }
  Answer operation(const Result<std::uint64_t>& number) const {
    if (!number) return refused(number.error());
    return kube::json_answer(
        200, cloud::operation_json(database, database.operations()[*number - 1], world.epoch()));
  }
};

Answer failover(Call& call) {
  if (call.instance != call.database.primary())
    return problem(400, "invalid", "Failover is only for the primary instance.");
  return call.operation(call.database.failover(call.request.actor));
}
Answer restart(Call& call) {
  return call.operation(call.database.restart(call.instance, call.request.actor));
}
Answer promote_replica(Call& call) {
  return call.operation(call.database.promote_replica(call.instance, call.request.actor));
}
Answer back_up(Call& call) {
  return call.operation(call.database.back_up(call.instance, call.request.actor));
}

Answer restore_backup(Call& call) {
  const auto backup = call.whole("/restoreBackupContext/backupRunId");
  if (!backup) return problem(400, "required", "restoreBackupContext.backupRunId is required.");
  return call.operation(
      call.database.restore(call.instance, static_cast<std::uint64_t>(*backup), call.request.actor));
}

Answer clone(Call& call) {
  const std::string name = call.text("/cloneContext/destinationInstanceName");
  if (name.empty()) return problem(400, "required", "cloneContext.destinationInstanceName is required.");
  SimTime point = call.database.latest_restorable();
  const std::string asked = call.text("/cloneContext/pointInTime");
  if (!asked.empty()) {
    const auto at = parse_epoch(asked);
    if (!at) return problem(400, "invalid", "cloneContext.pointInTime: " + at.error().message);
    point = sim_start + std::chrono::seconds(at->unix_seconds - call.world.epoch().unix_seconds);
  }
  return call.operation(call.database.clone(call.instance, name, point, call.request.actor));
}

Answer patch(Call& call) {
  constexpr std::int64_t gigabyte = 1'000'000'000;
  if (const auto size = call.whole("/settings/dataDiskSizeGb")) {
    if (*size <= 0 || *size > 65'536) return problem(400, "invalid", "dataDiskSizeGb must be 1 to 65536.");
    return call.operation(call.database.resize(call.instance, *size * gigabyte, call.request.actor));
  }
  const bool connections = call.text("/settings/databaseFlags/0/name") == "max_connections";
  const auto value = call.whole("/settings/databaseFlags/0/value");
  if (!connections || !value || *value > 100'000)
    return problem(400, "invalid",
                   "Only settings.dataDiskSizeGb and the flag max_connections can be patched here.");
  return call.operation(
      call.database.change_max_connections(call.instance, static_cast<int>(*value), call.request.actor));
}

Answer set_password(Call& call) {
  const auto done =
      call.database.set_password(call.instance, call.url.parameter("name"), call.text("/password"));
  if (!done) return refused(done.error());
  return kube::json_answer(200,
                           {{"kind", "sql#operation"}, {"operationType", "UPDATE_USER"}, {"status", "DONE"}});
}

Answer backup_runs(const Database& database, Epoch epoch) {
  Json items = Json::array();
  for (const Backup& backup : database.backups()) items.push_back(cloud::backup_json(backup, epoch));
  return kube::json_answer(200, {{"kind", "sql#backupRunsList"}, {"items", std::move(items)}});
}

struct Route {
  const char* verb;
  const char* word;  ///< behind the instance's name; empty: the instance itself
  Answer (*handle)(Call& call);
};
constexpr Route routes[] = {{"POST", "failover", failover},
                            {"POST", "restart", restart},
                            {"POST", "promoteReplica", promote_replica},
                            {"POST", "backupRuns", back_up},
                            {"POST", "restoreBackup", restore_backup},
                            {"POST", "clone", clone},
                            {"PATCH", "", patch},
                            {"PUT", "users", set_password}};

/// "-" is the project that the client has set up, whichever that is.
bool is_project(const Database& database, const std::string& project) {
  return project == "-" || database.profile().project == project;
}

Answer instances_of(const std::string& project, const World& world) {
  Json items = Json::array();
  for (const Database* database : world.databases()) {
    if (!is_project(*database, project)) continue;
    for (int i = 0; i < static_cast<int>(database->instances().size()); ++i)
      items.push_back(cloud::instance_json(*database, i));
  }
  return kube::json_answer(200, {{"kind", "sql#instancesList"}, {"items", std::move(items)}});
}

Answer operations_of(const std::string& project, const std::string& number, const World& world) {
  Json items = Json::array();
  for (const Database* database : world.databases()) {
    if (!is_project(*database, project)) continue;
    for (const CloudOperation& operation : database->operations()) {
      Json json = cloud::operation_json(*database, operation, world.epoch());
      if (json["name"] == number) return kube::json_answer(200, json);
      items.push_back(std::move(json));
    }
  }
  if (!number.empty())
    return problem(404, "operationDoesNotExist", "The requested operation does not exist.");
  return kube::json_answer(200, {{"kind", "sql#operationsList"}, {"items", std::move(items)}});
}

Answer on_instance(const Request& request, const Url& url, World& world, Database& database, int instance) {
  const std::string word = url.segments.size() > 7 ? url.segments[7] : "";
  if (request.verb == "GET" && word == "backupRuns") return backup_runs(database, world.epoch());
  if (request.verb == "GET" && word.empty()) {
    Answer answer = kube::json_answer(200, cloud::instance_json(database, instance));
    answer.clues.push_back("sql-instance/" + database.instance(instance).name);
    return answer;
  }
  Json body = Json::object();
  if (!request.body.empty()) {
    auto parsed = kube::parse_json(request.body);
    if (!parsed) return problem(400, "parseError", parsed.error().message);
    body = *std::move(parsed);
  }
  Call call{request, url, world, database, instance, std::move(body)};
  for (const Route& route : routes)
    if (request.verb == route.verb && word == route.word) return route.handle(call);
  return problem(404, "notFound", fmt::format("{} {} is not part of this console", request.verb, url.path));
}

}  // namespace

Answer handle_cloud_sql(const Request& request, const Url& url, World& world) {
  const auto& path = url.segments;  // cloud sql v1 projects P instances NAME WORD
  const bool known = path.size() >= 6 && path[1] == "sql" && path[2] == "v1" && path[3] == "projects";
  if (!known)
    return problem(404, "notFound",
                   "The cloud console knows /cloud/sql/v1/projects/PROJECT/instances and operations");
  if (path[5] == "operations" && request.verb == "GET")
    return operations_of(path[4], path.size() > 6 ? path[6] : "", world);
  if (path[5] != "instances") return problem(404, "notFound", fmt::format("{} is not known", url.path));
  if (path.size() == 6 && request.verb == "GET") return instances_of(path[4], world);
  if (path.size() == 6) return problem(405, "notAllowed", "Instances cannot be created here.");
  for (const Database* const found : world.databases()) {
    const int instance = found->find_instance(path[6]);
    if (instance < 0 || !is_project(*found, path[4])) continue;
    return on_instance(request, url, world, *world.database(found->profile().name), instance);
  }
  return problem(404, "instanceDoesNotExist", "The Cloud SQL instance does not exist.");
}

}  // namespace muster
