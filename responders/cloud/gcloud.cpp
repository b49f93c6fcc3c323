// gcloud sql: the commands a responder needs, with the words of the Cloud SDK.
#include <fmt/format.h>

#include <array>

#include "responders/cloud/cloud_client.hpp"
#include "responders/kubectl/table.hpp"
#include "responders/text/json_path.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

struct GcloudCall {
  Session& session;
  CloudArguments arguments;
  std::string group;  // "sql.instances.describe"
  CommandResult result;

  std::string word(std::size_t index) const {
    return index < arguments.words.size() ? arguments.words[index] : "";
  }
  void fail(const CloudReply& reply) {
    result.err += fmt::format("ERROR: (gcloud.{}) HTTPError {}: {}\n", group, reply.status, reply.error());
    result.exit_code = 1;
  }
  void usage(const std::string& text) {
    result.err += fmt::format("ERROR: (gcloud.{}) {}\n", group, text);
    result.exit_code = 2;
  }
};

std::string url_of(const JsonValue& operation, const std::string& instance) {
  return fmt::format("https://sqladmin.googleapis.com/sql/v1beta4/projects/{}/instances/{}",
                     operation["targetProject"].text(), instance);
}

/// --format: yaml (default of describe), json, value(PATH,...), table otherwise.
void print(GcloudCall& call, const JsonValue& value) {
  const std::string format = call.arguments.get("format");
  if (format.empty() || format == "yaml" || format == "default") {
    call.result.out += to_yaml(value);
  } else if (format == "json") {
    call.result.out += to_pretty_json(value) + "\n";
  } else if (format.starts_with("value(") && format.ends_with(')')) {
    for (const JsonValue& each : value.is_array() ? value.items() : JsonValue::Array{value}) {
      std::vector<std::string> cells;
      for (const auto& path : split_at(format.substr(6, format.size() - 7), ',')) {
        const auto read = JsonPath::parse("." + std::string(trimmed(path)));
        const auto found = read ? read->find(each) : std::vector<const JsonValue*>{};
        cells.push_back(found.empty() ? "" : display_text(*found.front()));
      }
      call.result.out += join(cells, "\t") + "\n";
    }
  } else {
    call.usage(
        fmt::format("the format [{}] is not built in this console: json, yaml and value() are", format));
  }
}

/// gcloud's tables have two blanks between columns.
std::string table_text(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> width;
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (width.size() <= i) width.push_back(0);
      width[i] = std::max(width[i], row[i].size());
    }
  std::string out;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i)
      line += i + 1 == row.size() ? row[i] : fmt::format("{:<{}}", row[i], width[i] + 2);
    out += line + "\n";
  }
  return out;
}

Task<void> describe_instance(GcloudCall& call) {
  const CloudReply reply = ask_cloud(call.session, "GET", "instances/" + call.word(0));
  if (!reply.ok())
    call.fail(reply);
  else
    print(call, reply.body);
  co_return;
}

Task<void> list_instances(GcloudCall& call) {
  const CloudReply reply = ask_cloud(call.session, "GET", "instances");
  if (!reply.ok()) {
    call.fail(reply);
    co_return;
  }
  if (call.arguments.has("format")) {
    print(call, reply.body["items"]);
    co_return;
  }
  std::vector<std::vector<std::string>> rows{
      {"NAME", "DATABASE_VERSION", "LOCATION", "TIER", "PRIMARY_ADDRESS", "PRIVATE_ADDRESS", "STATUS"}};
  for (const JsonValue& each : reply.body["items"].items()) {
    const std::string& address = each["ipAddresses"].at(0)["ipAddress"].text();
    rows.push_back({each["name"].text(), each["databaseVersion"].text(), "-", "-", "-",
                    address.empty() ? "-" : address, each["state"].text()});
  }
  call.result.out += table_text(rows);
}

struct Operation {
  const char* verb;
  std::string path;
  JsonValue body;
  const char* doing;  // "Restarting Cloud SQL instance"
  std::string done;   // a last line; "{}" is the instance's URL
  std::string instance;
};

/// Begins it, and unless --async waits for its end.
Task<void> operate(GcloudCall& call, Operation operation) {
  CloudReply reply = ask_cloud(call.session, operation.verb, operation.path, operation.body);
  if (!reply.ok()) {
    call.fail(reply);
    co_return;
  }
  if (call.arguments.has("async")) {
    print(call, reply.body);
    co_return;
  }
  Task<JsonValue> finishing = finish_operation(call.session, reply.body);
  const JsonValue ended = co_await finishing;
  if (ended.has("error")) {
    call.result.err += fmt::format("{}...failed.\nERROR: (gcloud.{}) [{}] {}\n", operation.doing, call.group,
                                   ended["error"]["errors"].at(0)["code"].text(),
                                   ended["error"]["errors"].at(0)["message"].text());
    call.result.exit_code = 1;
    co_return;
  }
  call.result.err += fmt::format("{}...done.\n", operation.doing);
  if (!operation.done.empty())
    call.result.err += fmt::format(fmt::runtime(operation.done), url_of(ended, operation.instance)) + "\n";
}

Task<void> failover(GcloudCall& call) {
  return operate(call, {"POST", "instances/" + call.word(0) + "/failover", JsonValue::object(),
                        "Failing over Cloud SQL instance", "", call.word(0)});
}
Task<void> restart(GcloudCall& call) {
  return operate(call, {"POST", "instances/" + call.word(0) + "/restart", JsonValue::object(),
                        "Restarting Cloud SQL instance", "Restarted [{}].", call.word(0)});
}
Task<void> promote(GcloudCall& call) {
  return operate(call, {"POST", "instances/" + call.word(0) + "/promoteReplica", JsonValue::object(),
                        "Promoting Cloud SQL replica", "Promoted [{}].", call.word(0)});
}

Task<void> patch(GcloudCall& call) {
  JsonValue body = JsonValue::object();
  JsonValue& settings = body.member("settings");
  settings = JsonValue::object();
  const std::string size = call.arguments.get("storage-size");
  if (!size.empty()) settings.member("dataDiskSizeGb") = size.substr(0, size.find_first_not_of("0123456789"));
  const std::string flags = call.arguments.get("database-flags");
  for (const auto& flag : split_at(flags, ',')) {
    const auto equals = flag.find('=');
    if (equals == std::string::npos) continue;
    JsonValue one = JsonValue::object();
    one.member("name") = flag.substr(0, equals);
    one.member("value") = flag.substr(equals + 1);
    settings.member("databaseFlags").append(std::move(one));
  }
  return operate(call, {"PATCH", "instances/" + call.word(0), std::move(body), "Patching Cloud SQL instance",
                        "Updated [{}].", call.word(0)});
}

Task<void> clone(GcloudCall& call) {
  JsonValue body = JsonValue::object();
  body.member("cloneContext").member("destinationInstanceName") = call.word(1);
  if (call.arguments.has("point-in-time"))
    body.member("cloneContext").member("pointInTime") = call.arguments.get("point-in-time");
  return operate(call, {"POST", "instances/" + call.word(0) + "/clone", std::move(body),
                        "Cloning Cloud SQL instance", "Created [{}].", call.word(1)});
}

Task<void> create_backup(GcloudCall& call) {
  const std::string instance = call.arguments.get("instance");
  return operate(call, {"POST", "instances/" + instance + "/backupRuns", JsonValue::object(),
                        "Backing up Cloud SQL instance", "[{}] backed up.", instance});
}

Task<void> restore_backup(GcloudCall& call) {
  const std::string instance = call.arguments.get("restore-instance");
  JsonValue body = JsonValue::object();
  body.member("restoreBackupContext").member("backupRunId") = call.word(0);
  return operate(call, {"POST", "instances/" + instance + "/restoreBackup", std::move(body),
                        "Restoring Cloud SQL instance", "Restored [{}].", instance});
}

Task<void> list_backups(GcloudCall& call) {
  const CloudReply reply =
      ask_cloud(call.session, "GET", "instances/" + call.arguments.get("instance") + "/backupRuns");
  if (!reply.ok()) {
    call.fail(reply);
  } else if (call.arguments.has("format")) {
    print(call, reply.body["items"]);
  } else {
    std::vector<std::vector<std::string>> rows{{"ID", "WINDOW_START_TIME", "ERROR", "STATUS", "INSTANCE"}};
    for (const JsonValue& each : reply.body["items"].items())
      rows.push_back({display_text(each["id"]), each["windowStartTime"].text(), "-", each["status"].text(),
                      each["instance"].text()});
    call.result.out += rows.size() > 1 ? table_text(rows) : "";
    if (rows.size() == 1) call.result.err += "Listed 0 items.\n";
  }
  co_return;
}

Task<void> list_operations(GcloudCall& call) {
  const CloudReply reply = ask_cloud(call.session, "GET", "operations");
  if (!reply.ok()) {
    call.fail(reply);
    co_return;
  }
  std::vector<std::vector<std::string>> rows{{"NAME", "TYPE", "START", "END", "ERROR", "STATUS"}};
  for (const JsonValue& each : reply.body["items"].items()) {
    if (call.arguments.has("instance") && each["targetId"].text() != call.arguments.get("instance")) continue;
    rows.push_back({display_text(each["name"]), each["operationType"].text(), each["startTime"].text(),
                    each.has("endTime") ? each["endTime"].text() : "-",
                    each.has("error") ? each["error"]["errors"].at(0)["code"].text() : "-",
                    each["status"].text()});
  }
  if (rows.size() > 1)
    call.result.out += table_text(rows);
  else
    call.result.err += "Listed 0 items.\n";
}

Task<void> describe_operation(GcloudCall& call) {
  const CloudReply reply = ask_cloud(call.session, "GET", "operations/" + call.word(0));
  if (!reply.ok())
    call.fail(reply);
  else
    print(call, reply.body);
  co_return;
}

struct Entry {
  std::string_view words;     // "sql instances describe"
  std::string_view operands;  // their names, for the error if one is missing
  std::string_view required;  // an option that must be given
  Task<void> (*run)(GcloudCall& call);
};
constexpr std::array entries{Entry{"sql instances describe", "INSTANCE", "", describe_instance},
                             Entry{"sql instances list", "", "", list_instances},
                             Entry{"sql instances failover", "INSTANCE", "", failover},
                             Entry{"sql instances restart", "INSTANCE", "", restart},
                             Entry{"sql instances promote-replica", "REPLICA", "", promote},
                             Entry{"sql instances patch", "INSTANCE", "", patch},
                             Entry{"sql instances clone", "SOURCE DESTINATION", "", clone},
                             Entry{"sql backups list", "", "instance", list_backups},
                             Entry{"sql backups create", "", "instance", create_backup},
                             Entry{"sql backups restore", "ID", "restore-instance", restore_backup},
                             Entry{"sql operations list", "", "", list_operations},
                             Entry{"sql operations describe", "OPERATION", "", describe_operation}};

constexpr std::array gcloud_options{OptionSpec{'q', "quiet"},          OptionSpec{0, "async"},
                                    valued_option('i', "instance"),    valued_option(0, "project"),
                                    valued_option(0, "format"),        valued_option(0, "restore-instance"),
                                    valued_option(0, "storage-size"),  valued_option(0, "database-flags"),
                                    valued_option(0, "point-in-time"), valued_option(0, "limit"),
                                    valued_option(0, "filter"),        valued_option(0, "backup-instance"),
                                    valued_option(0, "description"),   valued_option(0, "account")};

/// What is missing on the command line, in gcloud's words; empty if nothing is.
std::string missing_in(const GcloudCall& call, const Entry& entry) {
  const auto operands = entry.operands.empty() ? std::vector<std::string>{} : split_at(entry.operands, ' ');
  if (call.arguments.words.size() < operands.size())
    return fmt::format("argument {}: Must be specified.", operands[call.arguments.words.size()]);
  if (!entry.required.empty() && !call.arguments.has(std::string(entry.required)))
    return fmt::format("argument --{}: Must be specified.", entry.required);
  if (call.arguments.words.size() > operands.size())
    return fmt::format("unrecognized arguments: {}", call.arguments.words[operands.size()]);
  return {};
}

}  // namespace

Task<CommandResult> gcloud(Session& session, Invocation invocation) {
  CloudArguments arguments = read_cloud_arguments(invocation.args, gcloud_options);
  const std::string unknown = arguments.unknown;
  const auto& words = arguments.words;
  const Entry* entry = nullptr;
  for (const Entry& each : entries)
    if (words.size() >= 3 && each.words == words[0] + " " + words[1] + " " + words[2]) entry = &each;
  if (entry == nullptr) {
    const bool sql = !words.empty() && words[0] == "sql";
    CommandResult result =
        CommandResult::failed(2, fmt::format("ERROR: (gcloud{}) Invalid choice: '{}'.\n", sql ? ".sql" : "",
                                             words.empty() ? "" : words[sql && words.size() > 1 ? 1 : 0]));
    result.cannot_run =
        fmt::format("`gcloud {}` is not part of this console: sql instances, backups and operations are",
                    join(words, " "));
    co_return result;
  }
  GcloudCall call{session, std::move(arguments), join(split_at(entry->words, ' '), "."), {}};
  call.arguments.words.erase(call.arguments.words.begin(), call.arguments.words.begin() + 3);
  const std::string missing =
      unknown.empty() ? missing_in(call, *entry) : "unrecognized arguments: " + unknown;
  if (!missing.empty()) {
    call.usage(missing);
    co_return call.result;
  }
  Task<void> running = entry->run(call);
  co_await running;
  co_return call.result;
}

}  // namespace muster
