// One thing that a check of a user's file has to say.
#pragma once

#include <string>
#include <vector>

namespace muster {

struct Finding {
  enum class Level { error, warning, note };
  Level level = Level::error;  ///< error: will not work; warning: will not do what is meant; note: worth knowing
  std::string rule;     ///< "kind-without-behaviour": short, stable, for filters
  std::string where;    ///< "file:line:column", or the file
  std::string message;  ///< one sentence
  friend bool operator==(const Finding&, const Finding&) = default;
};

using Findings = std::vector<Finding>;

bool has_error(const Findings& findings);

}  // namespace muster
