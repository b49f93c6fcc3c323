// Reader of the ".test" language of Prometheus' own PromQL suite: `load`, `clear`, `eval instant at T EXPR`.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "telemetry/promql/promql.hpp"

namespace muster::promql::script {

struct CaseResult {
  std::string name;  ///< "operators.test:12"
  std::string query;
  std::string failure;  ///< empty if passed
};

/// Runs a whole file and tells the outcome of each eval. Throws std::runtime_error at lines it cannot read.
std::vector<CaseResult> run(const std::string& path);

/// "1 2 _ 3x2 4+1x3 stale" as values; no value is a gap.
std::vector<std::optional<double>> read_values(const std::string& text);
/// "name{a=\"b\"} VALUES": the labels, and where the values begin.
Labels read_series(const std::string& line, std::size_t& values_at);

}  // namespace muster::promql::script
