// muster lint: what is wrong with a user's files, and what in them has no effect.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "api/prom/metric_names.hpp"
#include "cli/options.hpp"
#include "reports/findings.hpp"
#include "responders/human/profile.hpp"
#include "responders/lint/runbook_lint.hpp"
#include "responders/playbook/lint_playbook.hpp"
#include "responders/text/file_text.hpp"
#include "scenarios/lint/lint_file.hpp"
#include "sim/spelling.hpp"
#include "telemetry/yaml.hpp"

namespace muster::cli {
namespace {

using Takes = OptionSpec::Takes;

const std::vector<OptionSpec>& lint_options() {
  static const std::vector<OptionSpec> options{
      {"format", Takes::one_value, "FORMAT", "text (default), json or sarif"},
      {"help", Takes::nothing, "", "this text"},
  };
  return options;
}

std::string_view about_rule(std::string_view rule) {
  for (const LintRule& known : runbook_lint_rules())
    if (known.name == rule) return known.about;
  return {};
}

/// A runbook, with the files beside it at hand.
Result<Findings> lint_markdown(const std::string& path) {
  namespace fs = std::filesystem;
  const auto text = read_file_text(path, "FILE.md", "a Markdown file");
  if (!text) return text.error();
  const fs::path folder = fs::path(path).parent_path();
  RunbookSurroundings beside;
  beside.read = [folder](const std::string& name) {
    return read_file_text((folder / name).string(), "FILE", "a file");
  };
  beside.has = [folder](const std::string& name) {
    std::error_code error;
    return fs::exists(folder / name, error);
  };
  beside.metrics = exported_metric_names();
  return lint_runbook(*text, path, beside);
}

bool is_playbook(const std::string& text) {
  const auto root = read_yaml(text, "");
  return root && root->find("playbook") != nullptr && root->find("muster") != nullptr;
}

/// A synthetic person's; a system's profile has no looks.
bool is_person(const std::string& text) {
  const auto root = read_yaml(text, "");
  return root && root->find("profile") != nullptr && root->find("looks") != nullptr;
}

Findings lint_person(const std::string& text, const std::string& path) {
  const auto profile = read_human_profile(text, path);
  if (profile) return {};
  return {{Finding::Level::error, "not-accepted",
           profile.error().where.empty() ? path : profile.error().where, profile.error().message}};
}

/// A folder's own files, and the runbooks in it.
Result<Findings> lint_folder(const std::string& path) {
  auto findings = lint_path(path);
  if (!findings) return findings;
  std::vector<std::string> pages;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(path, error))
    if (entry.path().extension() == ".md") pages.push_back(entry.path().string());
  std::sort(pages.begin(), pages.end());
  for (const std::string& page : pages) {
    auto some = lint_markdown(page);
    if (!some) return some;
    findings->insert(findings->end(), some->begin(), some->end());
  }
  return findings;
}

/// A runbook's, a person's or a playbook's findings; any other file is the scenarios' business.
Result<Findings> lint_one(const std::string& path) {
  if (path.ends_with(".md") || path.ends_with(".markdown")) return lint_markdown(path);
  if (std::filesystem::is_directory(path)) return lint_folder(path);
  const bool yaml = path.ends_with(".yaml") || path.ends_with(".yml");
  const auto text = yaml ? read_file_text(path, "FILE.yaml", "a file") : Result<std::string>(std::string());
  if (text && is_person(*text)) return lint_person(*text, path);
  if (text && is_playbook(*text)) return lint_playbook(*text, path);
  return lint_path(path);
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
  Result<ParsedOptions> parsed =
      parse_options(arguments, lint_options(),
                    {"scenarios, systems' folders, runbooks, playbooks, manifests or rule files..."});
  if (!parsed) return report_error(parsed.error());
  if (parsed->has("help")) {
    fmt::print("{}", help_text("muster lint FILE...",
                               "Checks scenarios, systems, runbooks, playbooks, manifests and rule files; "
                               "names what cannot work, what does\n"
                               "something else than it says, and what has no effect.\n"
                               "Exit code 2 if there is an error, 0 if there are at most warnings.",
                               lint_options()));
    return exit_passed;
  }
  const std::string format = parsed->get("format", "text");
  if (format != "text" && format != "json" && format != "sarif")
    return report_error(invalid_input(fmt::format("unknown --format \"{}\"; expected text, json or sarif{}",
                                                  format, did_you_mean(format, {"text", "json", "sarif"}))));
  const Result<Findings> findings = lint_all(parsed->positional);
  if (!findings) return report_error(findings.error());
  fmt::print("{}", format == "json"    ? findings_json(*findings)
                   : format == "sarif" ? findings_sarif(*findings, program_version, about_rule)
                                       : findings_text(*findings));
  return has_error(*findings) ? exit_usage : exit_passed;
}

}  // namespace muster::cli
