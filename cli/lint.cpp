// muster lint: what is wrong with a user's files, and what in them has no effect.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/options.hpp"
#include "responders/playbook/lint_playbook.hpp"
#include "responders/text/file_text.hpp"
#include "scenarios/lint/lint_file.hpp"
#include "telemetry/yaml.hpp"

namespace muster::cli {
namespace {

using Takes = OptionSpec::Takes;

const std::vector<OptionSpec>& specs() {
  static const std::vector<OptionSpec> options{
      {"format", Takes::one_value, "FORMAT", "text (default) or json"},
      {"help", Takes::nothing, "", "this text"},
  };
  return options;
}

const char* level_name(Finding::Level level) {
  return level == Finding::Level::error ? "error" : "warning";
}

std::string as_text(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    text += fmt::format("{}: {}: {} [{}]\n", finding.where, level_name(finding.level), finding.message,
                        finding.rule);
  }
  const auto errors = std::count_if(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.level == Finding::Level::error;
  });
  const auto warnings = static_cast<std::ptrdiff_t>(findings.size()) - errors;
  return text + fmt::format("{} error{}, {} warning{}\n", errors, errors == 1 ? "" : "s", warnings,
                            warnings == 1 ? "" : "s");
}

std::string as_json(const Findings& findings) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Finding& finding : findings) {
    list.push_back({{"level", level_name(finding.level)},
                    {"rule", finding.rule},
                    {"where", finding.where},
                    {"message", finding.message}});
  }
  return list.dump(2) + "\n";
}

bool is_playbook(const std::string& text) {
  const auto root = read_yaml(text, "");
  return root && root->find("playbook") != nullptr && root->find("muster") != nullptr;
}

/// A playbook's findings; any other file is the scenarios' business.
Result<Findings> lint_one(const std::string& path) {
  const bool yaml = path.ends_with(".yaml") || path.ends_with(".yml");
  const auto text = yaml ? read_file_text(path, "FILE.yaml", "a file") : Result<std::string>(std::string());
  if (!text || !is_playbook(*text)) return lint_path(path);
  Findings findings;
  for (PlaybookProblem& problem : lint_playbook(*text, path))
    findings.push_back({problem.error ? Finding::Level::error : Finding::Level::warning,
                        std::move(problem.rule), std::move(problem.where), std::move(problem.message)});
  return findings;
}

Result<Findings> lint_all(const std::vector<std::string>& paths) {
  Findings all;
  for (const std::string& path : paths) {
    auto some = lint_one(path);
    if (!some) return some.error();
    all.insert(all.end(), some->begin(), some->end());
  }
  return all;
}

}  // namespace

int lint_command(const Arguments& arguments) {
  Result<ParsedOptions> parsed = parse_options(
      arguments, specs(), {"scenarios, systems' folders, playbooks, manifests or rule files..."});
  if (!parsed) return report_error(parsed.error());
  if (parsed->has("help")) {
    fmt::print(
        "{}",
        help_text(
            "muster lint FILE...",
            "Checks scenarios, systems, playbooks, manifests and rule files, and names what has no effect.\n"
            "Exit code 2 if there is an error, 0 if there are at most warnings.",
            specs()));
    return exit_passed;
  }
  const std::string format = parsed->get("format", "text");
  if (format != "text" && format != "json")
    return report_error(invalid_input(fmt::format("unknown --format \"{}\"; expected text or json", format)));
  const Result<Findings> findings = lint_all(parsed->positional);
  if (!findings) return report_error(findings.error());
  fmt::print("{}", format == "json" ? as_json(*findings) : as_text(*findings));
  return has_error(*findings) ? exit_usage : exit_passed;
}

}  // namespace muster::cli
