// What is wrong with a runbook that can be told without a drill.
#pragma once

#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "sim/finding.hpp"
#include "sim/result.hpp"

namespace muster {

/// What there is beside the runbook.
struct RunbookSurroundings {
  /// The text of the file with this path from the runbook's folder, or nothing.
  std::function<Result<std::string>(const std::string& path)> read;
  /// Whether there is such a file or folder.
  std::function<bool(const std::string& path)> has;
  std::set<std::string> metrics;  ///< that something exports; empty: queries may ask for any
};

/// In the order of the lines. `path` is what the findings call the file.
Findings lint_runbook(std::string_view markdown, const std::string& path, const RunbookSurroundings& beside);

/// The rules' names and what each is about, for SARIF and for `muster explain`.
struct LintRule {
  std::string_view name, about;
};
std::span<const LintRule> runbook_lint_rules();

}  // namespace muster
