#include "api/database/query.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "api/database/relation.hpp"
#include "api/database/sql_statement.hpp"
#include "api/kube/fields_json.hpp"
#include "api/kube/status_json.hpp"
#include "cluster_model/database/connection_url.hpp"
#include "cluster_model/database/database.hpp"
#include "cluster_model/world.hpp"

namespace muster {
namespace {

using kube::Json;

Answer sql_error(const std::string& message) {
  return kube::json_answer(400, {{"error", message}});
}

/// A console that has come in.
struct Console {
  World& world;
  Database& database;
  int instance;
  RoleProfile role;
  SqlStatement statement;

  Answer rows(const char* command, std::vector<std::string> columns, Json rows) const {
    const std::string tag =
        command == std::string("SELECT") ? fmt::format("SELECT {}", rows.size()) : command;
    return kube::json_answer(200,
                             {{"columns", std::move(columns)}, {"rows", std::move(rows)}, {"command", tag}});
  }
  Answer one(const std::string& column, const Json& value) const {
    return rows("SELECT", {column}, Json::array({Json::array({value})}));
  }
  Answer done(const char* command) const { return rows(command, {}, Json::array()); }
  Answer result(const Result<void>& changed, const char* command) const {
    return changed ? done(command) : sql_error("ERROR:  " + changed.error().message);
  }
};

Json time_json(const Console& console, SimTime at) {
  return at == SimTime{} ? Json() : Json(format_rfc3339_micro(console.world.epoch(), at));
}

Relation activity(const Console& console) {
  Relation view{"pg_stat_activity",
                {"pid", "usename", "application_name", "state", "wait_event_type", "wait_event", "xact_start",
                 "query_start", "pg_blocking_pids", "query", "datname", "backend_start", "state_change",
                 "backend_type"},
                {}};
  for (const SessionView& row : console.database.sessions(console.instance)) {
    view.rows.push_back({row.pid, row.user, row.application, row.state, row.wait_event_type, row.wait_event,
                         time_json(console, row.in_transaction ? row.xact_start : SimTime{}),
                         time_json(console, row.query_start), row.blocked_by, row.query,
                         console.database.profile().database, time_json(console, row.backend_start),
                         time_json(console, row.state_change), "client backend"});
  }
  return view;
}

Relation locks(const Console& console) {
  Relation view{"pg_locks", {"pid", "relation", "mode", "granted", "locktype"}, {}};
  for (const LockView& row : console.database.locks(console.instance))
    view.rows.push_back({row.pid, row.relation, row.mode, row.granted, "relation"});
  return view;
}

Relation replication(const Console& console) {
  Relation view{
      "pg_stat_replication",
      {"application_name", "state", "sent_lsn", "flush_lsn", "replay_lsn", "replay_lag", "sync_state"},
      {}};
  for (const ReplicationView& row : console.database.replication(console.instance))
    view.rows.push_back({row.standby, row.state, row.sent_bytes, row.received_bytes, row.replayed_bytes,
                         row.replay_lag_seconds, row.synchronous ? "sync" : "async"});
  return view;
}

Relation tables(const Console& console) {
  Relation view{"pg_tables", {"schemaname", "tablename", "tableowner"}, {}};
  for (const auto& table : console.database.profile().tables)
    view.rows.push_back({"public", table.name, console.role.name});
  return view;
}

Relation databases(const Console& console) {
  return {"pg_database", {"datname", "datallowconn"}, {{console.database.profile().database, true}}};
}

Relation roles(const Console& console) {
  Relation view{"pg_roles", {"rolname", "rolsuper", "rolcanlogin"}, {}};
  for (const RoleProfile& role : console.database.profile().roles)
    view.rows.push_back({role.name, role.superuser, true});
  return view;
}

/// A row says that its session waits for another.
bool shows_blocking(const Relation& shown) {
  for (const Json& row : shown.rows)
    for (std::size_t i = 0; i < shown.columns.size(); ++i) {
      if (shown.columns[i] == "pg_blocking_pids" && row[i].is_array() && !row[i].empty()) return true;
      if (shown.columns[i] == "wait_event_type" && row[i] == "Lock") return true;
    }
  return false;
}

struct View {
  std::string_view name;
  Relation (*read)(const Console& console);
};
constexpr View views[] = {{"pg_stat_activity", activity},
                          {"pg_locks", locks},
                          {"pg_stat_replication", replication},
                          {"pg_tables", tables},
                          {"pg_database", databases},
                          {"pg_roles", roles},
                          {"pg_user", roles}};

Answer select(const Console& console, const std::string& sql) {
  const std::string name = relation_named_in(sql);
  for (const View& view : views) {
    if (view.name != name) continue;
    const Relation all = view.read(console);
    const auto chosen =
        select_from(all, sql, format_rfc3339_micro(console.world.epoch(), console.world.now()));
    if (!chosen) return sql_error(chosen.error().message);
    Answer answer = console.rows("SELECT", chosen->columns, Json(chosen->rows));
    answer.clues.push_back("database/" + all.name);
    if (shows_blocking(*chosen)) answer.clues.push_back("database/blocked");
    return answer;
  }
  return sql_error(fmt::format("ERROR:  relation \"{}\" does not exist", name));
}

std::string setting_text(SimDuration duration) {
  return duration == SimDuration::zero() ? "0" : format_duration(duration);
}

Answer show(const Console& console) {
  const ServerSettings& settings = console.database.settings(console.instance);
  const std::string& name = console.statement.name;
  if (name == "max_connections") return console.one(name, std::to_string(settings.max_connections));
  if (name == "superuser_reserved_connections")
    return console.one(name, std::to_string(settings.superuser_reserved_connections));
  if (name == "statement_timeout") return console.one(name, setting_text(settings.statement_timeout));
  if (name == "lock_timeout") return console.one(name, setting_text(settings.lock_timeout));
  if (name == "idle_in_transaction_session_timeout")
    return console.one(name, setting_text(settings.idle_in_transaction_session_timeout));
  return sql_error(fmt::format("ERROR:  unrecognized configuration parameter \"{}\"", name));
}

// Without a unit a timeout is in milliseconds (PostgreSQL docs, 20.1.1); "min" is written "m" here too.
std::optional<SimDuration> timeout_of(const std::string& text) {
  std::int64_t milliseconds = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), milliseconds);
  if (read.ec == std::errc{} && read.ptr == text.data() + text.size() && milliseconds >= 0 &&
      milliseconds <= 86'400'000)
    return SimDuration{milliseconds * 1'000'000};
  const auto duration = parse_duration(text.ends_with("min") ? text.substr(0, text.size() - 2) : text);
  if (!duration || *duration < SimDuration::zero()) return std::nullopt;
  return *duration;
}

Answer alter_system(const Console& console) {
  const std::string& name = console.statement.name;
  const std::string& value = console.statement.value;
  if (name == "max_connections") {
    int connections = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), connections);
    if (read.ec != std::errc{} ||
        connections <= console.database.settings(console.instance).superuser_reserved_connections ||
        connections > 100'000)
      return sql_error(fmt::format("ERROR:  invalid value for parameter \"{}\": \"{}\"", name, value));
    console.database.set_max_connections(console.instance, connections);  // at the next start
    return console.done("ALTER SYSTEM");
  }
  ServerSettings settings = console.database.settings(console.instance);
  SimDuration* timeout = name == "statement_timeout" ? &settings.statement_timeout
                         : name == "lock_timeout"    ? &settings.lock_timeout
                         : name == "idle_in_transaction_session_timeout"
                             ? &settings.idle_in_transaction_session_timeout
                             : nullptr;
  if (!timeout) return sql_error(fmt::format("ERROR:  unrecognized configuration parameter \"{}\"", name));
  const auto duration = timeout_of(value);
  if (!duration)
    return sql_error(fmt::format("ERROR:  invalid value for parameter \"{}\": \"{}\"", name, value));
  *timeout = *duration;
  console.database.set_timeouts(console.instance, settings);
  return console.done("ALTER SYSTEM");
}

Answer create_index(const Console& console) {
  const SqlStatement& asked = console.statement;
  const auto pid = console.database.create_index(console.instance, asked.name, asked.value,
                                                 asked.concurrently, console.role.name);
  if (!pid) return sql_error("ERROR:  " + pid.error().message);
  Answer answer = console.done("CREATE INDEX");
  answer.status = 202;  // it runs on: see pg_stat_activity
  return answer;
}

// PostgreSQL docs, table 9.91: one's own role's sessions, or as a superuser.
Answer signal(const Console& console) {
  const bool terminate = console.statement.kind == SqlStatement::Kind::terminate;
  const auto pid = static_cast<std::uint32_t>(console.statement.number);
  for (const SessionView& row : console.database.sessions(console.instance)) {
    if (row.pid != pid || console.role.superuser || row.user == console.role.name) continue;
    return sql_error(
        fmt::format("ERROR:  must be a member of the role whose process is being {} or member of "
                    "pg_signal_backend",
                    terminate ? "terminated" : "canceled"));
  }
  const bool sent = terminate ? console.database.terminate(console.instance, pid)
                              : console.database.cancel(console.instance, pid);
  return console.one(terminate ? "pg_terminate_backend" : "pg_cancel_backend", sent);
}

Answer superuser_only(const Console& console) {
  using Kind = SqlStatement::Kind;
  const SqlStatement& asked = console.statement;
  const bool own = asked.kind == Kind::alter_role && asked.name == console.role.name;
  if (!console.role.superuser && !own) return sql_error("ERROR:  permission denied");
  switch (asked.kind) {
    case Kind::alter_role:
      return console.result(console.database.set_password(console.instance, asked.name, asked.value),
                            "ALTER ROLE");
    case Kind::alter_system:
      return alter_system(console);
    case Kind::promote: {
      const auto promoted = console.database.promote(console.instance);
      return promoted ? console.one("pg_promote", true) : sql_error("ERROR:  " + promoted.error().message);
    }
    default:
      return console.one("pg_reload_conf", true);  // settings hold as soon as they are written
  }
}

Answer run(const Console& console) {
  using Kind = SqlStatement::Kind;
  switch (console.statement.kind) {
    case Kind::select_one:
      return console.one("?column?", 1);
    case Kind::version:
      return console.one(
          "version", "PostgreSQL " + console.database.profile().version + " on x86_64-pc-linux-gnu, 64-bit");
    case Kind::from_view:
      return select(console, console.statement.value);
    case Kind::now:
      return console.one("now", format_rfc3339_micro(console.world.epoch(), console.world.now()));
    case Kind::who:
      return console.one(console.statement.name, console.statement.name == "current_database"
                                                     ? console.database.profile().database
                                                     : console.role.name);
    case Kind::in_recovery:
      return console.one("pg_is_in_recovery", console.database.instance(console.instance).standby);
    case Kind::terminate:
    case Kind::cancel:
      return signal(console);
    case Kind::show:
      return show(console);
    case Kind::create_index:
      return create_index(console);
    case Kind::analyze:
      if (console.database.table(console.statement.name) < 0)
        return sql_error(fmt::format("ERROR:  relation \"{}\" does not exist", console.statement.name));
      console.database.analyze(console.instance, console.statement.name);
      return console.done("ANALYZE");
    default:
      return superuser_only(console);
  }
}

ConnectionUrl target_of(const Json& body, const Database& database) {
  const auto text = [&](const char* key, const std::string& fallback) {
    return body.contains(key) && body[key].is_string() ? body[key].get<std::string>() : fallback;
  };
  if (const auto url = parse_connection_url(text("url", ""))) return *url;
  return {text("user", "postgres"), text("password", ""), text("host", database.profile().endpoint),
          text("database", database.profile().database), 5432};
}

Answer connect_and_run(const Json& body, World& world, Database& database) {
  const ConnectionUrl target = target_of(body, database);
  const int instance = database.resolve(target.host);
  if (instance < 0) {
    return kube::json_answer(
        503, {{"error", fmt::format("psql: error: could not translate host name \"{}\" to address: Name "
                                    "or service not known",
                                    target.host)}});
  }
  const std::string reason = database.refusal(instance, target.user, target.password, target.database);
  if (!reason.empty()) {
    Answer answer = kube::json_answer(
        503, {{"error", fmt::format("psql: error: connection to server at \"{}\", port {} failed: {}",
                                    target.host, target.port, reason)}});
    answer.clues.push_back("database/refused");
    return answer;
  }
  if (!body.contains("sql") || !body["sql"].is_string()) return sql_error("the body needs a text \"sql\"");
  auto statement = parse_sql(body["sql"].get<std::string>());
  if (!statement) return sql_error(statement.error().message);
  return run({world, database, instance, *database.role(instance, target.user), *std::move(statement)});
}

Answer log_of(const Url& url, const World& world, const Database& database) {
  const std::string& name = url.parameter("instance");
  const int instance = name.empty() ? database.primary() : database.find_instance(name);
  if (instance < 0)
    return kube::json_answer(404, {{"error", fmt::format("there is no instance \"{}\"", name)}});
  Answer answer;
  answer.content_type = "text/plain";
  for (const DatabaseLogLine& line : database.log(instance).lines())
    answer.body += format_log_line(line, world.epoch()) + "\n";
  answer.clues.push_back("database/log");
  return answer;
}

/// For a client that knows a host name only: the database that answers to it, else the first there is, whose
/// refusal then names the host.
Database* database_of_host(const Request& request, World& world) {
  const auto all = world.databases();
  const auto body = kube::parse_json(request.body);
  for (const Database* each : all)
    if (body && body->is_object() && each->resolve(target_of(*body, *each).host) >= 0)
      return world.database(each->profile().name);
  return all.empty() ? nullptr : world.database(all.front()->profile().name);
}

}  // namespace

Answer handle_database(const Request& request, const Url& url, World& world) {
  const auto& path = url.segments;
  Database* database = path.size() == 3 ? world.database(path[1]) : nullptr;
  if (path.size() == 3 && path[1] == "-") database = database_of_host(request, world);
  if (!database)
    return kube::json_answer(
        404, {{"error", "expected /db/NAME/query or /db/NAME/log of a database of the profile"}});
  if (path[2] == "log" && request.verb == "GET") return log_of(url, world, *database);
  if (path[2] != "query")
    return kube::json_answer(404, {{"error", "expected /db/NAME/query or /db/NAME/log"}});
  if (request.verb != "POST") return kube::json_answer(405, {{"error", "expected POST"}});
  const auto body = kube::parse_json(request.body);
  if (!body || !body->is_object()) return kube::json_answer(400, {{"error", "the body is no JSON object"}});
  return connect_and_run(*body, world, *database);
}

}  // namespace muster
