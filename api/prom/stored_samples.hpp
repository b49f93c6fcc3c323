// What the API asks of one stored series besides PromQL: its newest sample, and whether it has any in a time.
#pragma once

#include <cstdint>
#include <optional>

#include "telemetry/series_store.hpp"

namespace muster::prom {

/// The newest sample at or before `at_ms`, a staleness marker included; none if the series began later.
std::optional<Sample> newest_sample(const SeriesStore& store, SeriesId series, std::int64_t at_ms);

/// Whether a sample lies within both bounds. Virtual milliseconds.
bool has_samples(const SeriesStore& store, SeriesId series, std::int64_t from_ms, std::int64_t to_ms);

}  // namespace muster::prom
