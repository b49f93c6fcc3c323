// A number of the profile that an environment variable of the process may replace: "workers: 8", or
// "workers: {env: WEB_CONCURRENCY, default: 8}". The environment is fixed at process start, so a changed
// ConfigMap changes nothing until the process starts again.
#pragma once

#include <string>

#include "cluster_model/objects/meta.hpp"

namespace muster {

struct Setting {
  double value = 0;
  std::string env = {};  ///< empty: always `value`

  /// Reads a number, a duration ("30s": seconds) or a switch ("true", "yes", "on", "1": 1; "false", "no",
  /// "off": 0). An absent or unreadable variable leaves `value`.
  double in(const StringMap& environment) const;
  bool on(const StringMap& environment) const { return in(environment) != 0; }
};

}  // namespace muster
