// What was measured in a drill, read back from its directory.
#pragma once

#include <string>

#include "sim/result.hpp"
#include "telemetry/series_file.hpp"
#include "telemetry/series_store.hpp"

namespace muster {

inline constexpr const char* series_file_name = "series.bin";

struct RecordedDrill {
  SeriesStore series;
  Recording recording;
};

/// Reads DIR/series.bin and nothing else. Errors: no such directory, not a drill, no or damaged series.
Result<RecordedDrill> read_recorded(const std::string& directory);

}  // namespace muster
