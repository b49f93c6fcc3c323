// What is wrong with a playbook beyond its form: commands the console does not take, queries that are no
// PromQL, variables nobody sets.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace muster {

struct PlaybookProblem {
  bool error = true;    ///< else a warning
  std::string rule;     ///< "unknown-variable": short, stable
  std::string where;    ///< "file:line:column"
  std::string message;  ///< one sentence
};

/// In the order of the file. A playbook that cannot be read has one problem, "not-accepted".
std::vector<PlaybookProblem> lint_playbook(std::string_view text, const std::string& file);

}  // namespace muster
