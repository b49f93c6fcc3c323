// muster export DRILL_DIR --format F --out DIR: what was recorded, for other tools.
#include <fmt/format.h>

#include "cli/options.hpp"
#include "drill/export_drill.hpp"

namespace muster::cli {
namespace {

using Takes = OptionSpec::Takes;

const std::vector<OptionSpec>& export_options() {
  static const std::vector<OptionSpec> options{
      {"format", Takes::one_value, "FORMAT",
       "openmetrics (for promtool tsdb create-blocks-from openmetrics), promtool-tests (for promtool test "
       "rules) "
       "or logs (one file per container)"},
      {"out", Takes::one_value, "DIR", "a new or empty directory"},
      {"help", Takes::nothing, "", "this text"},
  };
  return options;
}

}  // namespace

int export_command(const Arguments& arguments) {
  Result<ParsedOptions> parsed = parse_options(arguments, export_options(), {"a DRILL_DIR"});
  if (!parsed) return report_error(parsed.error());
  if (parsed->has("help")) {
    fmt::print("{}", help_text("muster export DRILL_DIR --format FORMAT --out DIR",
                               "Writes what was recorded in a drill for other tools.", export_options()));
    return exit_passed;
  }
  for (const char* name : {"format", "out"})
    if (!parsed->has(name)) return report_error(invalid_input(fmt::format("--{} is missing", name)));
  const auto names = export_drill(parsed->positional.front(), parsed->get("format"), parsed->get("out"));
  if (!names) return report_error(names.error());
  for (const std::string& name : *names) fmt::print("{}/{}\n", parsed->get("out"), name);
  return exit_passed;
}

}  // namespace muster::cli
