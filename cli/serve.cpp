// muster serve SCENARIO: a live drill on a socket.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "cli/library_path.hpp"
#include "cli/options.hpp"
#include "server/doors.hpp"
#include "server/http_server.hpp"

namespace muster::cli {
namespace {

using Takes = OptionSpec::Takes;

const std::vector<OptionSpec>& serve_options() {
  static const std::vector<OptionSpec> options{
      {"insecure-http", Takes::one_value, "PORT",
       "HTTP without TLS or passwords on 127.0.0.1; 0 picks a free port and prints it"},
      {"seed", Takes::one_value, "N", "instead of the scenario's own"},
      {"set", Takes::many_values, "KEY=VALUE", "overrides a value of the scenario file, by dotted path"},
      {"begin-at", Takes::one_value, "TIME", "virtual time that is run at once, such as 10m; default 0s"},
      {"hold", Takes::one_value, "TIME", "runs to this virtual time at once and stops the clock there"},
      {"for", Takes::one_value, "TIME", "how long to serve; default: to the end of the scenario"},
      {"import", Takes::one_value, "FILE",
       "instead of a SCENARIO: serves recorded series (JSON) through Prometheus' API"},
      {"help", Takes::nothing, "", "this text"},
  };
  return options;
}

template <class Number>
Result<Number> parse_whole(const ParsedOptions& parsed, const char* option, const char* expected) {
  const std::string text = parsed.get(option);
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size())
    return invalid_input(fmt::format("--{} \"{}\" is not a whole number {}", option, text, expected));
  return number;
}

Result<SimDuration> parse_time(const ParsedOptions& parsed, const char* option) {
  if (!parsed.has(option)) return SimDuration{};
  const Result<SimDuration> time = parse_duration(parsed.get(option));
  if (!time) return invalid_input(fmt::format("--{}: {}", option, time.error().message));
  return time;
}

Result<LiveOptions> live_options(const ParsedOptions& parsed) {
  LiveOptions options;
  options.drill.scenario = scenario_path(parsed.positional.front());
  options.drill.overrides = parsed.all("set");
  if (parsed.has("seed")) {
    const auto seed = parse_whole<std::uint64_t>(parsed, "seed", "from 0 to 18446744073709551615");
    if (!seed) return seed.error();
    options.drill.seed = *seed;
  }
  const Result<SimDuration> begin = parse_time(parsed, "begin-at");
  if (!begin) return begin.error();
  const Result<SimDuration> hold = parse_time(parsed, "hold");
  if (!hold) return hold.error();
  const Result<SimDuration> serve_for = parse_time(parsed, "for");
  if (!serve_for) return serve_for.error();
  options.begin_at = *begin;
  options.serve_for = *serve_for;
  if (parsed.has("hold")) options.hold = *hold;
  return options;
}

Result<std::unique_ptr<Door>> open_door(const ParsedOptions& parsed) {
  if (parsed.has("import")) return open_import(parsed.get("import"));
  Result<LiveOptions> options = live_options(parsed);
  if (!options) return options.error();
  return open_live_drill(*options);
}

Result<void> serve(const ParsedOptions& parsed) {
  if (!parsed.has("insecure-http"))
    return invalid_input("expected --insecure-http PORT: there is no other transport yet");
  const auto port = parse_whole<std::uint16_t>(parsed, "insecure-http", "from 0 to 65535");
  if (!port) return port.error();
  Result<std::unique_ptr<Door>> door = open_door(parsed);
  if (!door) return door.error();
  HttpOptions options;
  options.port = *port;
  return serve_http(**door, options, [](std::uint16_t listening) {
    fmt::print("http://127.0.0.1:{}\n", listening);
    std::fflush(stdout);
  });
}

// With --import there is no scenario to name.
std::vector<std::string> positional_names(const Arguments& arguments) {
  const bool import = std::any_of(arguments.begin(), arguments.end(), [](const std::string& argument) {
    return argument == "--import" || argument.starts_with("--import=");
  });
  return import ? std::vector<std::string>{} : std::vector<std::string>{"a SCENARIO file"};
}

}  // namespace

int serve_command(const Arguments& arguments) {
  Result<ParsedOptions> parsed = parse_options(arguments, serve_options(), positional_names(arguments));
  if (!parsed) return report_error(parsed.error());
  if (parsed->has("help")) {
    fmt::print("{}",
               help_text("muster serve SCENARIO --insecure-http PORT [options]",
                         "Plays a drill in wall-clock time and puts its one door on a socket: Prometheus' "
                         "API, /metrics, /federate, the Kubernetes API, the desk. Ends with the scenario, "
                         "or on SIGINT or SIGTERM.",
                         serve_options()));
    return exit_passed;
  }
  if (const Result<void> served = serve(*parsed); !served) return report_error(served.error());
  return exit_passed;
}

}  // namespace muster::cli
