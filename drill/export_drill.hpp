// What a drill leaves for other tools: `muster export`.
#pragma once

#include <string>
#include <vector>

#include "sim/result.hpp"

namespace muster {

/// Formats: "openmetrics" (series.om), "promtool-tests" (rules.test.yml and the rule files), "logs" (one file
/// per container, and its previous instance, that is still there at the drill's end; the drill is replayed
/// for it). Returns the names of the files written into the new or empty directory `out`. Errors: an unknown
/// format, not a drill, an unwritable place.
Result<std::vector<std::string>> export_drill(const std::string& directory, const std::string& format,
                                              const std::string& out);

}  // namespace muster
