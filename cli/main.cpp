#include <fmt/format.h>

#include <cstdio>
#include <exception>

#include "cli/command.hpp"
#include "sim/spelling.hpp"

namespace muster::cli {
namespace {


constexpr Command commands[] = {
    {"run", "run SCENARIO [--responder R]... [--out DIR]", "plays a drill, scores it, writes its directory",
     run_command},
    {"serve", "serve SCENARIO --insecure-http PORT", "a live drill on a socket: curl, promtool, Prometheus",
     serve_command},
    {"replay", "replay DRILL_DIR", "recomputes a drill from its journal and compares", replay_command},
    {"export", "export DRILL_DIR --format FORMAT --out DIR", "series, rule tests or logs for other tools",
     export_command},
    {"query", "query DRILL_DIR PROMQL", "asks the recorded series of a drill", query_command},
    {"score", "score DRILL_DIR", "scores a drill from its journal and baselines alone", score_command},
    {"lint", "lint FILE...", "what is wrong with your files, and what in them has no effect", lint_command},
    {"init", "init MANIFEST... [--out FILE]", "drafts the behaviour profile of your own system",
     init_command},
    {"list", "list [scenarios|faults|commands|responders]", "what exists", list_command},
    {"explain", "explain NAME", "one scenario, fault kind, command or responder in detail", explain_command},
};

std::string usage() {
  std::string text = "usage: muster COMMAND ...\n\nA chaos and runbook-drill simulator. Commands:\n";
  for (const Command& command : commands)
    text += fmt::format("  {:<46} {}\n", command.synopsis, command.summary);
  text +=
      "\n`muster COMMAND --help` tells more. Exit codes: 0 all gates met; 1 a gate failed; 2 invalid input "
      "or usage;\n"
      "3 fault of the simulator itself.\n";
  return text;
}

int unknown_command(const std::string& given) {
  std::vector<std::string> names;
  for (const Command& command : commands) names.push_back(command.name);
  const std::string nearest = nearest_word(given, names);
  return report_error(invalid_input(fmt::format(
      "unknown command \"{}\"{}", given,
      nearest.empty() ? "; `muster --help` lists them" : fmt::format("; did you mean \"{}\"?", nearest))));
}

int dispatch(const Arguments& arguments) {
  if (arguments.empty()) {
    fmt::print(stderr, "{}", usage());
    return exit_usage;
  }
  const std::string& name = arguments.front();
  if (name == "--help" || name == "-h" || name == "help") {
    fmt::print("{}", usage());
    return exit_passed;
  }
  if (name == "--version") {
    fmt::print("muster {}\n", program_version);
    return exit_passed;
  }
  for (const Command& command : commands) {
    if (name == command.name) return command.run(Arguments(arguments.begin() + 1, arguments.end()));
  }
  return unknown_command(name);
}

}  // namespace

int report_error(const Error& error) {
  fmt::print(stderr, "muster: {}\n", error.text());
  return error.code == ErrorCode::internal ? exit_internal : exit_usage;
}

}  // namespace muster::cli

int main(int argc, char** argv) {
  try {
    return muster::cli::dispatch({argv + 1, argv + argc});
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "muster: internal fault: %s\n", fault.what());
    return muster::cli::exit_internal;
  }
}
