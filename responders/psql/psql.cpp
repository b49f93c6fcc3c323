#include "responders/psql/psql.hpp"

#include <fmt/format.h>

#include <array>

#include "responders/psql/result_table.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

struct PsqlOptions {
  std::string url, host, port, user, database;
  std::vector<std::string> commands;
  PsqlFormat format;
  bool quiet = false, list = false, stop_on_error = false;
};

Error bad_option(const std::string& text) {
  return invalid_input(fmt::format("psql: {}\npsql: hint: Try \"psql --help\" for more information.", text));
}

class OptionReader {
 public:
  OptionReader(const Session& session, const std::vector<std::string>& args)
      : session_(session), args_(args) {}

  /// Error: the text psql prints.
  Result<PsqlOptions> read() {
    for (; next_ < args_.size(); ++next_) {
      const std::string& arg = args_[next_];
      Result<void> part;
      if (arg.starts_with("--"))
        part = long_option(arg.substr(2));
      else if (arg.size() > 1 && arg.front() == '-')
        part = letters(arg);
      else
        operand(arg);
      if (!part) return part.error();
    }
    return std::move(options_);
  }

 private:
  struct LongName {
    std::string_view name;
    char letter;
  };
  static constexpr std::array<LongName, 15> long_names{{{"command", 'c'},
                                                        {"host", 'h'},
                                                        {"port", 'p'},
                                                        {"username", 'U'},
                                                        {"dbname", 'd'},
                                                        {"file", 'f'},
                                                        {"tuples-only", 't'},
                                                        {"no-align", 'A'},
                                                        {"expanded", 'x'},
                                                        {"quiet", 'q'},
                                                        {"list", 'l'},
                                                        {"no-password", 'w'},
                                                        {"field-separator", 'F'},
                                                        {"no-psqlrc", 'X'},
                                                        {"set", 'v'}}};

  void operand(const std::string& text) {
    const bool url = text.starts_with("postgres://") || text.starts_with("postgresql://");
    if (url)
      options_.url = text;
    else if (options_.database.empty())
      options_.database = text;
    else
      options_.user = text;
  }

  Result<void> long_option(const std::string& text) {
    const auto equals = text.find('=');
    const std::string name = text.substr(0, equals);
    if (name == "csv") return options_.format.csv = true, Result<void>();
    for (const LongName& known : long_names) {
      if (known.name != name) continue;
      if (!takes_value(known.letter)) return set(known.letter);
      return value(known.letter, equals == std::string::npos ? "" : text.substr(equals + 1));
    }
    return bad_option(fmt::format("unrecognized option '--{}'", name));
  }

  static bool takes_value(char letter) {
    return std::string_view("chpUdfFvP").find(letter) != std::string_view::npos;
  }

  Result<void> letters(const std::string& arg) {
    for (std::size_t i = 1; i < arg.size(); ++i) {
      if (takes_value(arg[i])) return value(arg[i], arg.substr(i + 1));
      const auto known = set(arg[i]);
      if (!known) return known;
    }
    return {};
  }

  Result<void> set(char letter) {
    switch (letter) {
      case 't':
        options_.format.tuples_only = true;
        return {};
      case 'A':
        options_.format.unaligned = true;
        return {};
      case 'x':
        options_.format.expanded = true;
        return {};
      case 'q':
        options_.quiet = true;
        return {};
      case 'l':
        options_.list = true;
        return {};
      case 'w':
      case 'W':
      case 'X':
      case '1':
      case 'n':
        return {};
      default:
        return bad_option(fmt::format("invalid option -- '{}'", letter));
    }
  }

  Result<void> value(char letter, std::string text) {
    if (text.empty()) {
      if (next_ + 1 >= args_.size())
        return bad_option(fmt::format("option requires an argument -- '{}'", letter));
      text = args_[++next_];
    }
    if (letter == 'c') options_.commands.push_back(text);
    if (letter == 'h') options_.host = text;
    if (letter == 'p') options_.port = text;
    if (letter == 'U') options_.user = text;
    if (letter == 'd') operand(text);
    if (letter == 'F') options_.format.separator = text;
    if (letter == 'v') options_.stop_on_error = options_.stop_on_error || text == "ON_ERROR_STOP=1";
    if (letter != 'f') return {};
    const auto file = session_.files.find(text);
    if (file == session_.files.end())
      return invalid_input(fmt::format("psql: error: {}: No such file or directory", text));
    options_.commands.push_back(file->second);
    return {};
  }

  const Session& session_;
  const std::vector<std::string>& args_;
  std::size_t next_ = 0;
  PsqlOptions options_;
};

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
  auto options = OptionReader(session, call.args).read();
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
