// `match[]` parameters: which series they mean.
#pragma once

#include <string>
#include <vector>

#include "sim/result.hpp"
#include "telemetry/promql/promql.hpp"

namespace muster::prom {

using Selectors = std::vector<promql::VectorSelector>;

/// Error: the parser's words with line and column.
Result<Selectors> parse_selectors(const std::vector<std::string>& texts);
/// The same, and refuses a selector that would match everything.
Result<Selectors> parse_narrow_selectors(const std::vector<std::string>& texts);

bool matches(const promql::VectorSelector& selector, const Labels& labels);

/// The series that at least one selector matches, sorted by labels; all series if there is no selector.
std::vector<SeriesId> select_series(const SeriesStore& store, const Selectors& selectors);

}  // namespace muster::prom
