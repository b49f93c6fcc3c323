#include "responders/psql/psql.hpp"

#include <fmt/format.h>

#include <array>

#include "responders/psql/result_table.hpp"
#include "responders/text/lines.hpp"
#include "responders/text/options.hpp"

namespace muster {
namespace {

struct PsqlOptions {
  std::string url, host, port, user, database;
  std::vector<std::string> commands;
  PsqlFormat format;
  bool quiet = false, list = false, stop_on_error = false;
};

constexpr std::array psql_options{valued_option('c', "command"),
                                  valued_option('h', "host"),
                                  valued_option('p', "port"),
                                  valued_option('U', "username"),
                                  valued_option('d', "dbname"),
                                  valued_option('f', "file"),
                                  valued_option('F', "field-separator"),
                                  valued_option('v', "set"),
                                  valued_option('P', "pset"),
                                  OptionSpec{'t', "tuples-only"},
                                  OptionSpec{'A', "no-align"},
                                  OptionSpec{'x', "expanded"},
                                  OptionSpec{'q', "quiet"},
                                  OptionSpec{'l', "list"},
                                  OptionSpec{'w', "no-password"},
                                  OptionSpec{'W', "password"},
                                  OptionSpec{'X', "no-psqlrc"},
                                  OptionSpec{'1', "single-transaction"},
                                  OptionSpec{'n', "no-readline"},
                                  OptionSpec{0, "csv"}};

Error bad_option(const OptionFault& fault) {
  return invalid_input(
      fmt::format("psql: {}\npsql: hint: Try \"psql --help\" for more information.", getopt_text(fault)));
}

void set_operand(PsqlOptions& options, const std::string& text) {
  const bool url = text.starts_with("postgres://") || text.starts_with("postgresql://");
  if (url)
    options.url = text;
  else if (options.database.empty())
    options.database = text;
  else
    options.user = text;
}

void set_option(PsqlOptions& options, const GivenOption& given) {
  if (given.spec == nullptr || given.is('d')) set_operand(options, given.value);
  if (given.is('t')) options.format.tuples_only = true;
  if (given.is('A')) options.format.unaligned = true;
  if (given.is('x')) options.format.expanded = true;
  if (given.is('q')) options.quiet = true;
  if (given.is('l')) options.list = true;
  if (given.is("csv")) options.format.csv = true;
  if (given.is('c')) options.commands.push_back(given.value);
  if (given.is('h')) options.host = given.value;
  if (given.is('p')) options.port = given.value;
  if (given.is('U')) options.user = given.value;
  if (given.is('F')) options.format.separator = given.value;
  if (given.is('v')) options.stop_on_error = options.stop_on_error || given.value == "ON_ERROR_STOP=1";
}

/// Error: the text psql prints.
Result<PsqlOptions> read_psql_options(const Session& session, const std::vector<std::string>& args) {
  const GivenOptions given = read_options(args, psql_options);
  if (given.fault) return bad_option(given.fault);
  PsqlOptions options;
  for (const GivenOption& each : given.all) {
    set_option(options, each);
    if (!each.is('f')) continue;
    const auto file = session.files.find(each.value);
    if (file == session.files.end())
      return invalid_input(fmt::format("psql: error: {}: No such file or directory", each.value));
    options.commands.push_back(file->second);
  }
  return options;
}

std::string variable(const Session& session, const char* name) {
  const auto found = session.variables.find(name);
  return found == session.variables.end() ? std::string() : found->second;
}

std::string first_of(const std::string& a, const std::string& b) {
  return a.empty() ? b : a;
}

/// Where the statements go. Null: to a socket of the person's own machine, where no server is.
JsonValue connection(const Session& session, const PsqlOptions& options) {
  JsonValue target = JsonValue::object();
  if (!options.url.empty()) {
    target.member("url") = options.url;
    return target;
  }
  const std::string host = first_of(options.host, variable(session, "PGHOST"));
  if (host.empty() || host.starts_with('/')) return JsonValue();
  target.member("host") = host;
  target.member("user") = first_of(first_of(options.user, variable(session, "PGUSER")), "postgres");
  target.member("password") = variable(session, "PGPASSWORD");
  const std::string database = first_of(options.database, variable(session, "PGDATABASE"));
  if (!database.empty()) target.member("database") = database;
  return target;
}

struct Backslash {
  std::string_view command, sql, title;
};
constexpr std::array backslashes{
    Backslash{"\\l", "SELECT datname AS \"Name\" FROM pg_database ORDER BY 1", "List of databases"},
    Backslash{
        "\\dt",
        "SELECT schemaname AS \"Schema\", tablename AS \"Name\", tableowner AS \"Owner\" FROM pg_tables "
        "ORDER BY 2",
        "List of relations"},
    Backslash{"\\du", "SELECT rolname AS \"Role name\", rolsuper AS \"Superuser\" FROM pg_roles ORDER BY 1",
              "List of roles"}};

/// Statements of a text: between semicolons outside quotes; a backslash command ends with its line.
std::vector<std::string> statements_in(const std::string& text) {
  std::vector<std::string> all;
  std::string one;
  bool quoted = false;
  const auto close = [&] {
    if (!trimmed(one).empty()) all.emplace_back(trimmed(one));
    one.clear();
  };
  for (const char c : text) {
    if (c == '\'') quoted = !quoted;
    const bool ends = !quoted && (c == ';' || (c == '\n' && trimmed(one).starts_with('\\')));
    if (ends)
      close();
    else
      one += c;
  }
  close();
  return all;
}

class Client {
 public:
  Client(Session& session, const PsqlOptions& options) : session_(session), options_(options) {}

  CommandResult run(const std::vector<std::string>& statements) {
    target_ = connection(session_, options_);
    if (target_.is_null())
      return CommandResult::failed(
          2,
          "psql: error: connection to server on socket \"/var/run/postgresql/.s.PGSQL.5432\" failed: No such "
          "file or "
          "directory\n\tIs the server running locally and accepting connections on that socket?\n");
    for (const auto& statement : statements) {
      const bool more = statement.starts_with('\\') ? backslash(statement) : send(statement, {});
      if (!more) break;
    }
    return std::move(result_);
  }

 private:
  bool backslash(const std::string& text) {
    const std::string word = text.substr(0, text.find(' '));
    if (word == "\\q") return false;
    if (word == "\\x") return options_.format.expanded = !options_.format.expanded, true;
    if (word == "\\conninfo") return send("SELECT current_database()", "\\conninfo");
    for (const Backslash& known : backslashes)
      if (known.command == word) return send(std::string(known.sql), std::string(known.title));
    result_.err += fmt::format("invalid command {}\nTry \\? for help.\n", word);
    result_.exit_code = 1;
    return true;
  }

  /// False if nothing more is to be tried.
  bool send(const std::string& sql, const std::string& title) {
    JsonValue body = target_;
    body.member("sql") = sql;
    const Answer answer = session_.host.submit(
        Request{session_.actor, "POST", "/db/-/query", "application/json", to_json(body)});
    const auto reply = parse_json(answer.body);
    if (!answer.ok()) {
      result_.err += (reply ? (*reply)["error"].text() : answer.body) + "\n";
      result_.exit_code = answer.status == 400 ? 1 : 2;
      return answer.status == 400 && !options_.stop_on_error;
    }
    result_.exit_code = 0;
    if (title == "\\conninfo")
      result_.out += fmt::format(
          "You are connected to database \"{}\" as user \"{}\" on host \"{}\" at port \"5432\".\n",
          (*reply)["rows"].at(0).at(0).text(), user(), host());
    else if (reply)
      result_.out += print_result(*reply, options_.format, title);
    return true;
  }

  /// "postgresql://user:password@host:port/database"
  std::string user() const {
    if (!target_.has("url")) return target_["user"].text();
    const std::string rest = options_.url.substr(options_.url.find("://") + 3);
    return rest.substr(0, rest.find_first_of(":@"));
  }
  std::string host() const {
    if (!target_.has("url")) return target_["host"].text();
    const std::string rest = options_.url.substr(options_.url.rfind('@') + 1);
    return rest.substr(0, rest.find_first_of(":/"));
  }

  Session& session_;
  PsqlOptions options_;
  JsonValue target_;
  CommandResult result_;
};

}  // namespace

CommandResult psql(Session& session, const Invocation& call) {
  for (const auto& arg : call.args)
    if (arg == "--version" || arg == "-V") return CommandResult::printed("psql (PostgreSQL) 14.18\n");
  auto options = read_psql_options(session, call.args);
  if (!options) return CommandResult::failed(1, options.error().message + "\n");
  if (options->list) options->commands = {"\\l"};
  std::vector<std::string> statements;
  if (options->commands.empty()) options->commands.push_back(call.input);
  for (const auto& text : options->commands)
    for (auto& statement : statements_in(text)) statements.push_back(std::move(statement));
  if (statements.empty()) statements.emplace_back("SELECT 1"), options->commands.clear();
  CommandResult result = Client(session, *options).run(statements);
  if (options->commands.empty()) result.out.clear();  // a session without a statement only connects
  return result;
}

}  // namespace muster
