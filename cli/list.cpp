// muster list: what exists.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/prom/metric_names.hpp"
#include "cli/library_path.hpp"
#include "cli/options.hpp"
#include "responders/console/command.hpp"
#include "responders/playbook/playbook_library.hpp"
#include "responders/responder_kinds.hpp"
#include "scenarios/faults/fault_kinds.hpp"
#include "scenarios/library.hpp"
#include "sim/spelling.hpp"

namespace muster::cli {
namespace {

using Takes = OptionSpec::Takes;

const std::vector<OptionSpec>& list_options() {
  static const std::vector<OptionSpec> options{
      {"library", Takes::one_value, "DIR", "where scenarios are; default: the shipped ones"},
      {"format", Takes::one_value, "FORMAT", "text (default) or json"},
      {"help", Takes::nothing, "", "this text"},
  };
  return options;
}

struct Row {
  std::string name, summary;
};
using Rows = std::vector<Row>;

Result<Rows> scenario_rows(const std::string& library) {
  if (library.empty()) return invalid_input("no folder scenarios/library near; name one with --library DIR");
  Result<std::vector<ScenarioEntry>> scenarios = list_scenarios(library);
  if (!scenarios) return scenarios.error();
  Rows rows;
  for (const ScenarioEntry& entry : *scenarios) rows.push_back({entry.name, entry.title});
  return rows;
}

Rows fault_rows() {
  Rows rows;
  for (const FaultKind& kind : fault_kinds()) rows.push_back({kind.name, kind.summary});
  return rows;
}

Rows command_rows() {
  Rows rows;
  for (const ConsoleCommand& command : console_commands()) {
    rows.push_back({std::string(command.name), std::string(command.synopsis)});
  }
  return rows;
}

Rows responder_rows() {
  Rows rows;
  for (const ResponderKind& kind : responder_kinds()) rows.push_back({kind.synopsis, kind.summary});
  return rows;
}

Rows metric_rows() {
  Rows rows;
  for (const ExportedMetric& metric : exported_metrics())
    rows.push_back({metric.name, fmt::format("{}, {}: {}", metric.type, metric.exporter, metric.help)});
  return rows;
}

Result<Rows> playbook_rows() {
  const std::string library = playbook_library_path();
  if (library.empty()) return invalid_input("no folder responders/library near");
  const auto books = list_playbooks(library);
  if (!books) return books.error();
  Rows rows;
  for (const PlaybookEntry& book : *books) rows.push_back({book.name, book.summary});
  return rows;
}

Result<Rows> rows_of(const std::string& what, const std::string& library) {
  if (what == "scenarios") return scenario_rows(library);
  if (what == "faults") return fault_rows();
  if (what == "commands") return command_rows();
  if (what == "responders") return responder_rows();
  if (what == "playbooks") return playbook_rows();
  if (what == "metrics") return metric_rows();
  const std::string nearest =
      nearest_word(what, {"scenarios", "faults", "commands", "responders", "playbooks", "metrics"});
  return invalid_input(
      fmt::format("cannot list \"{}\"; expected scenarios, faults, commands, responders, "
                  "playbooks or metrics{}",
                  what, nearest.empty() ? "" : fmt::format(": did you mean \"{}\"?", nearest)));
}

std::string as_json(const Rows& rows) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Row& row : rows) list.push_back({{"name", row.name}, {"summary", row.summary}});
  return list.dump(2) + "\n";
}

std::string as_text(const Rows& rows) {
  std::size_t width = 0;
  for (const Row& row : rows) width = std::max(width, row.name.size());
  std::string text;
  for (const Row& row : rows) text += fmt::format("{:<{}}  {}\n", row.name, width, row.summary);
  return text;
}

}  // namespace

int list_command(const Arguments& arguments) {
  Arguments given = arguments;
  if (given.empty() || given.front().starts_with("--")) given.insert(given.begin(), "scenarios");
  Result<ParsedOptions> parsed = parse_options(given, list_options(), {"what to list"});
  if (!parsed) return report_error(parsed.error());
  if (parsed->has("help")) {
    fmt::print("{}", help_text("muster list [scenarios|faults|commands|responders|playbooks|metrics]",
                               "Lists what exists.", list_options()));
    return exit_passed;
  }
  const std::string format = parsed->get("format", "text");
  if (format != "text" && format != "json") {
    return report_error(invalid_input(fmt::format("unknown --format \"{}\"; expected text or json", format)));
  }
  Result<Rows> rows = rows_of(parsed->positional.front(), parsed->get("library", library_path()));
  if (!rows) return report_error(rows.error());
  fmt::print("{}", format == "json" ? as_json(*rows) : as_text(*rows));
  return exit_passed;
}

}  // namespace muster::cli
