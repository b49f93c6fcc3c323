// Recorded series from a JSON file, staleness markers included.
#pragma once

#include <string>
#include <string_view>

#include "sim/result.hpp"
#include "telemetry/series_store.hpp"

namespace muster {

/// Reads [{"labels": {"__name__": "up", ...}, "samples": [[UNIX_MS, "VALUE"], ...]}, ...] into `store`, whose
/// virtual zero is 1970. A value is a number in quotes, "NaN", "+Inf", "-Inf" or "stale"; samples are in
/// order of time, a label set occurs once. Error: invalid_input with the series and sample that is wrong.
Result<void> read_series_json(std::string_view text, const std::string& file, SeriesStore& store);

}  // namespace muster
