// aws rds: the same database service in the words of the other vendor's tool. The JSON has the members that
// responders read; what the service does not know is left out.
#include <fmt/format.h>

#include <array>

#include "responders/cloud/cloud_client.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

struct AwsCall {
  Session& session;
  CloudArguments arguments;
  std::string operation;  // "DescribeDBInstances"
  CommandResult result;

  void print(const JsonValue& value) { result.out += to_pretty_json(value) + "\n"; }
  /// aws' words for a failed call.
  void fail(const CloudReply& reply, const std::string& name) {
    const bool missing = reply.status == 404;
    result.err += fmt::format("\nAn error occurred ({}) when calling the {} operation: {}\n",
                              missing               ? "DBInstanceNotFound"
                              : reply.status == 409 ? "InvalidDBInstanceState"
                                                    : "InvalidParameterValue",
                              operation, missing ? "DBInstance " + name + " not found." : reply.error());
    result.exit_code = 254;
  }
};

/// Cloud SQL's state in RDS' words.
std::string status_of(const std::string& state) {
  if (state == "RUNNABLE") return "available";
  if (state == "SUSPENDED") return "stopped";
  return state == "FAILED" ? "failed" : "modifying";
}

JsonValue instance_of(const JsonValue& from) {
  JsonValue instance = JsonValue::object();
  instance.member("DBInstanceIdentifier") = from["name"];
  instance.member("Engine") = "postgres";
  const std::string& version = from["databaseVersion"].text();
  instance.member("EngineVersion") = version.substr(version.find('_') + 1);
  instance.member("DBInstanceStatus") = status_of(from["state"].text());
  instance.member("Endpoint").member("Address") = from["dnsName"];
  instance.member("Endpoint").member("Port") = 5432;
  instance.member("MultiAZ") = from["settings"]["availabilityType"].text() == "REGIONAL";
  if (from.has("masterInstanceName")) {
    const std::string& master = from["masterInstanceName"].text();
    instance.member("ReadReplicaSourceDBInstanceIdentifier") = master.substr(master.find(':') + 1);
  }
  instance.member("ReadReplicaDBInstanceIdentifiers") =
      from["replicaNames"].is_array() ? from["replicaNames"] : JsonValue::array();
  return instance;
}

JsonValue snapshot_of(const JsonValue& from) {
  JsonValue snapshot = JsonValue::object();
  snapshot.member("DBSnapshotIdentifier") = display_text(from["id"]);
  snapshot.member("DBInstanceIdentifier") = from["instance"];
  snapshot.member("SnapshotCreateTime") = from["windowStartTime"];
  snapshot.member("Status") = "available";
  snapshot.member("SnapshotType") = from["type"].text() == "ON_DEMAND" ? "manual" : "automated";
  return snapshot;
}

/// The instance that follows nobody; of several (an old primary stays behind after a failover) one that runs.
std::string writer_in(const JsonValue& instances) {
  std::string writer;
  for (const JsonValue& each : instances.items())
    if (!each.has("masterInstanceName") && (writer.empty() || each["state"].text() == "RUNNABLE"))
      writer = each["name"].text();
  return writer;
}

std::string primary_name(Session& session) {
  return writer_in(ask_cloud(session, "GET", "instances").body["items"]);
}

std::string instance_name(AwsCall& call) {
  const std::string name = call.arguments.get("db-instance-identifier");
  return name.empty() ? primary_name(call.session) : name;
}

void describe_instances(AwsCall& call) {
  const std::string name = call.arguments.get("db-instance-identifier");
  const CloudReply reply = ask_cloud(call.session, "GET", name.empty() ? "instances" : "instances/" + name);
  if (!reply.ok()) return call.fail(reply, name);
  JsonValue list = JsonValue::array();
  for (const JsonValue& each : name.empty() ? reply.body["items"].items() : JsonValue::Array{reply.body})
    list.append(instance_of(each));
  JsonValue body = JsonValue::object();
  body.member("DBInstances") = std::move(list);
  call.print(body);
}

/// One cluster: the primary and those that follow it.
void describe_clusters(AwsCall& call) {
  const CloudReply reply = ask_cloud(call.session, "GET", "instances");
  if (!reply.ok()) return call.fail(reply, "");
  JsonValue cluster = JsonValue::object(), members = JsonValue::array();
  const std::string writer = writer_in(reply.body["items"]);
  for (const JsonValue& each : reply.body["items"].items()) {
    const bool writes = each["name"].text() == writer;
    if (writes) {
      cluster.member("DBClusterIdentifier") = each["name"];
      cluster.member("Status") = status_of(each["state"].text());
      cluster.member("Endpoint") = each["dnsName"];
      cluster.member("Engine") = "postgres";
    }
    JsonValue member = JsonValue::object();
    member.member("DBInstanceIdentifier") = each["name"];
    member.member("IsClusterWriter") = writes;
    members.append(std::move(member));
  }
  cluster.member("DBClusterMembers") = std::move(members);
  JsonValue body = JsonValue::object();
  body.member("DBClusters").append(std::move(cluster));
  call.print(body);
}

/// RDS answers at once, with the state the instance is in now.
void operate(AwsCall& call, const std::string& name, const std::string& word, const JsonValue& body,
             const char* member) {
  const CloudReply reply = ask_cloud(call.session, "POST", "instances/" + name + "/" + word, body);
  if (!reply.ok()) return call.fail(reply, name);
  const CloudReply now = ask_cloud(call.session, "GET", "instances/" + name);
  JsonValue answer = JsonValue::object();
  answer.member(member) = instance_of(now.body);
  call.print(answer);
}

void failover_cluster(AwsCall& call) {
  const std::string cluster = call.arguments.get("db-cluster-identifier");
  operate(call, cluster.empty() ? primary_name(call.session) : cluster, "failover", JsonValue::object(),
          "DBCluster");
}
void reboot(AwsCall& call) {
  const bool fails_over = call.arguments.has("force-failover");
  operate(call, instance_name(call), fails_over ? "failover" : "restart", JsonValue::object(), "DBInstance");
}
void promote(AwsCall& call) {
  operate(call, instance_name(call), "promoteReplica", JsonValue::object(), "DBInstance");
}

void describe_snapshots(AwsCall& call) {
  const std::string name = instance_name(call);
  const CloudReply reply = ask_cloud(call.session, "GET", "instances/" + name + "/backupRuns");
  if (!reply.ok()) return call.fail(reply, name);
  JsonValue body = JsonValue::object();
  body.member("DBSnapshots") = JsonValue::array();
  for (const JsonValue& each : reply.body["items"].items())
    body.member("DBSnapshots").append(snapshot_of(each));
  call.print(body);
}

void create_snapshot(AwsCall& call) {
  const std::string name = instance_name(call);
  const CloudReply reply =
      ask_cloud(call.session, "POST", "instances/" + name + "/backupRuns", JsonValue::object());
  if (!reply.ok()) return call.fail(reply, name);
  JsonValue body = JsonValue::object();
  JsonValue& snapshot = body.member("DBSnapshot");
  snapshot.member("DBSnapshotIdentifier") = call.arguments.get("db-snapshot-identifier");
  snapshot.member("DBInstanceIdentifier") = name;
  snapshot.member("Status") = "creating";
  snapshot.member("SnapshotCreateTime") = reply.body["insertTime"];
  call.print(body);
}

/// A new instance with the content of a point in time.
void restore_to_point(AwsCall& call) {
  const std::string source = call.arguments.get("source-db-instance-identifier");
  const std::string target = call.arguments.get("target-db-instance-identifier");
  JsonValue body = JsonValue::object();
  body.member("cloneContext").member("destinationInstanceName") = target;
  if (call.arguments.has("restore-time"))
    body.member("cloneContext").member("pointInTime") = call.arguments.get("restore-time");
  const CloudReply reply = ask_cloud(call.session, "POST", "instances/" + source + "/clone", body);
  if (!reply.ok()) return call.fail(reply, source);
  JsonValue answer = JsonValue::object();
  answer.member("DBInstance").member("DBInstanceIdentifier") = target;
  answer.member("DBInstance").member("DBInstanceStatus") = "creating";
  call.print(answer);
}

struct Entry {
  std::string_view command, operation, required;
  void (*run)(AwsCall& call);
};
constexpr std::array entries{
    Entry{"describe-db-instances", "DescribeDBInstances", "", describe_instances},
    Entry{"describe-db-clusters", "DescribeDBClusters", "", describe_clusters},
    Entry{"failover-db-cluster", "FailoverDBCluster", "db-cluster-identifier", failover_cluster},
    Entry{"reboot-db-instance", "RebootDBInstance", "db-instance-identifier", reboot},
    Entry{"promote-read-replica", "PromoteReadReplica", "db-instance-identifier", promote},
    Entry{"describe-db-snapshots", "DescribeDBSnapshots", "", describe_snapshots},
    Entry{"create-db-snapshot", "CreateDBSnapshot", "db-instance-identifier", create_snapshot},
    Entry{"restore-db-instance-to-point-in-time", "RestoreDBInstanceToPointInTime",
          "target-db-instance-identifier", restore_to_point}};

constexpr std::array aws_options{OptionSpec{0, "force-failover"},
                                 OptionSpec{0, "no-force-failover"},
                                 OptionSpec{0, "no-cli-pager"},
                                 OptionSpec{0, "use-latest-restorable-time"},
                                 valued_option(0, "db-instance-identifier"),
                                 valued_option(0, "db-cluster-identifier"),
                                 valued_option(0, "db-snapshot-identifier"),
                                 valued_option(0, "source-db-instance-identifier"),
                                 valued_option(0, "target-db-instance-identifier"),
                                 valued_option(0, "restore-time"),
                                 valued_option(0, "region"),
                                 valued_option(0, "profile"),
                                 valued_option(0, "output"),
                                 valued_option(0, "target-db-instance")};

constexpr const char* usage =
    "\nusage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]\n"
    "To see help text, you can run:\n\n  aws help\n  aws <command> help\n  aws <command> <subcommand> "
    "help\n\n";

}  // namespace

Task<CommandResult> aws(Session& session, Invocation invocation) {
  CloudArguments arguments = read_cloud_arguments(invocation.args, aws_options);
  const std::string unknown = arguments.unknown;
  const auto& words = arguments.words;
  const Entry* entry = nullptr;
  for (const Entry& each : entries)
    if (words.size() == 2 && words[0] == "rds" && each.command == words[1]) entry = &each;
  if (entry == nullptr) {
    CommandResult result = CommandResult::failed(
        252, fmt::format("{}aws: error: argument {}: Invalid choice, valid choices are:\n", usage,
                         words.size() > 1 && words[0] == "rds" ? "operation" : "command"));
    result.cannot_run = fmt::format("`aws {}` is not part of this console: rds is", join(words, " "));
    co_return result;
  }
  AwsCall call{session, std::move(arguments), std::string(entry->operation), {}};
  const bool lacks = !entry->required.empty() && !call.arguments.has(std::string(entry->required));
  if (!unknown.empty() || lacks)
    co_return CommandResult::failed(
        252, unknown.empty() ? fmt::format("{}aws: error: the following arguments are required: --{}\n",
                                           usage, entry->required)
                             : fmt::format("\nUnknown options: {}\n", unknown));
  if (call.arguments.has("output") && call.arguments.get("output") != "json")
    co_return CommandResult::refused(
        fmt::format("aws --output {} is not built in this console: json is", call.arguments.get("output")));
  entry->run(call);
  co_return call.result;
}

}  // namespace muster
