// muster explain NAME: one scenario, fault kind, console command, kind of responder, metric or rule of the
// lint.
#include <fmt/format.h>

#include <filesystem>

#include "api/prom/metric_names.hpp"
#include "cli/library_path.hpp"
#include "cli/options.hpp"
#include "responders/console/command.hpp"
#include "responders/human/profile.hpp"
#include "responders/lint/runbook_lint.hpp"
#include "responders/playbook/playbook.hpp"
#include "responders/responder_kinds.hpp"
#include "scenarios/faults/fault_kinds.hpp"
#include "scenarios/scenario.hpp"
#include "sim/spelling.hpp"

namespace muster::cli {
namespace {

const std::vector<OptionSpec>& explain_options() {
  static const std::vector<OptionSpec> options{
      {"format", OptionSpec::Takes::one_value, "FORMAT", "of a file format: text (default) or json-schema"},
      {"help", OptionSpec::Takes::nothing, "", "this text"}};
  return options;
}

std::string explain_fault(const FaultKind& kind) {
  std::string text = fmt::format("fault {}\n  {}\n\nparameters:\n", kind.name, kind.summary);
  for (const FaultParameter& parameter : kind.parameters) {
    text += fmt::format("  {:<16} {}{}\n  {:<16} {}\n", parameter.name, parameter.type,
                        parameter.required ? "" : " (optional)", "", parameter.meaning);
  }
  text += fmt::format("\n`for: DURATION` {}\n",
                      kind.ends ? "takes back at its end what the fault did" : "is not possible");
  return text;
}

std::string explain_scenario(const Scenario& scenario) {
  std::string text =
      fmt::format("scenario {}: {}\n  {}\n\nhorizon {}, seed {}, begins {}\n\nfaults:\n", scenario.name,
                  scenario.title, scenario.summary, format_duration(scenario.horizon.time_since_epoch()),
                  scenario.seed, format_rfc3339(scenario.epoch, sim_start));
  for (const ScheduledFault& fault : scenario.faults) {
    text +=
        fmt::format("  {}  {} on {}: {}\n", format_clock(fault.at), fault.kind, fault.target, fault.detail);
  }
  if (!scenario.runbook.empty()) text += fmt::format("\nthe system's runbook: {}\n", scenario.runbook);
  return text;
}

/// How it is asked for: a counter by its rate, a histogram by a quantile.
std::string usual_query(const ExportedMetric& metric) {
  if (metric.type == "counter") return fmt::format("sum(rate({}[5m]))", metric.name);
  if (metric.type == "histogram")
    return fmt::format("histogram_quantile(0.95, sum by (le) (rate({}_bucket[5m])))", metric.name);
  return metric.name;
}

std::string explain_metric(const ExportedMetric& metric) {
  const bool histogram = metric.type == "histogram";
  return fmt::format(
      "metric {}\n  {}\n\ntype      {}\nexporter  {}\nlabels    {}{}job, instance{}\nseries    {}\nask       "
      "{}\n",
      metric.name, metric.help, metric.type, metric.exporter, metric.labels,
      metric.labels.empty() ? "" : "; ", histogram ? "; le of the buckets" : "",
      fmt::join(metric.series, ", "), usual_query(metric));
}

Error unknown_name(const std::string& name) {
  std::vector<std::string> names;
  for (const FaultKind& kind : fault_kinds()) names.push_back(kind.name);
  for (const ConsoleCommand& command : console_commands()) names.emplace_back(command.name);
  for (const ResponderKind& kind : responder_kinds()) names.emplace_back(kind.name);
  for (const ExportedMetric& metric : exported_metrics()) names.push_back(metric.name);
  for (const LintRule& rule : runbook_lint_rules()) names.emplace_back(rule.name);
  const std::string nearest = nearest_word(name, names);
  return invalid_input(fmt::format(
      "nothing is called \"{}\"{}", name,
      nearest.empty() ? "; `muster list scenarios|faults|commands|responders|metrics` names what is"
                      : fmt::format("; did you mean \"{}\"?", nearest)));
}

const FileFormat* find_format(const std::string& name) {
  for (const FileFormat* format : {&playbook_format(), &human_format()})
    if (name == format->name) return format;
  return nullptr;
}

Result<std::string> explain_schema(const std::string& name) {
  if (const FileFormat* format = find_format(name)) return json_schema(*format);
  return invalid_input(fmt::format("no JSON Schema of \"{}\"; there is one of: {}, {}", name,
                                   playbook_format().name, human_format().name));
}

Result<std::string> explain(const std::string& name) {
  if (const FaultKind* kind = find_fault_kind(name)) return explain_fault(*kind);
  if (const ConsoleCommand* command = find_command(name)) {
    return fmt::format("command {}\n  {}\n", command->name, command->synopsis);
  }
  if (const ResponderKind* kind = find_responder_kind(name)) {
    const FileFormat* format = find_format(kind->name);
    return fmt::format("responder {}\n  {}\n\n{}{}", kind->synopsis, kind->summary, kind->details,
                       format == nullptr ? "" : "\n" + format_text(*format));
  }
  if (const auto metric = find_exported_metric(name)) return explain_metric(*metric);
  for (const LintRule& rule : runbook_lint_rules())
    if (rule.name == name)
      return fmt::format("rule {} of muster lint RUNBOOK.md\n  {}\n", rule.name, rule.about);
  const std::string path = scenario_path(name);
  if (!std::filesystem::exists(path)) return unknown_name(name);
  Result<Scenario> scenario = load_scenario(path);
  if (!scenario) return scenario.error();
  return explain_scenario(*scenario);
}

}  // namespace

int explain_command(const Arguments& arguments) {
  Result<ParsedOptions> parsed = parse_options(arguments, explain_options(), {"a NAME"});
  if (!parsed) return report_error(parsed.error());
  if (parsed->has("help")) {
    fmt::print("{}", help_text("muster explain NAME [--format json-schema]",
                               "Tells about one scenario (what will happen in it!), fault kind, "
                               "console command, kind of responder, metric or lint rule.",
                               explain_options()));
    return exit_passed;
  }
  const std::string format = parsed->get("format", "text");
  if (format != "text" && format != "json-schema")
    return report_error(
        invalid_input(fmt::format("unknown --format \"{}\"; expected text or json-schema", format)));
  const std::string& name = parsed->positional.front();
  Result<std::string> text = format == "text" ? explain(name) : explain_schema(name);
  if (!text) return report_error(text.error());
  fmt::print("{}", *text);
  return exit_passed;
}

}  // namespace muster::cli
