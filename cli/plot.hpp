// A small picture of time series for a terminal.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "telemetry/promql/promql.hpp"

namespace muster::cli {

/// Lines of text: the curves, one letter per series, an axis with times since the drill began, and a legend.
/// Series after the 26th are counted, not drawn. `width` and `height` are of the whole in characters; at
/// least 40 and 8 are used.
std::string plot(const std::vector<promql::ResultSeries>& series, std::int64_t begin_ms, std::int64_t end_ms,
                 int width, int height);

/// "h:mm:ss" since the drill began.
std::string clock_of(std::int64_t at_ms);

}  // namespace muster::cli
