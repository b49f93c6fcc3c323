// The recorded series of a drill as one file: `series.bin` of a drill directory. The packed samples as the
// store holds them, every label text once, and a checksum.
#pragma once

#include <string>
#include <string_view>

#include "sim/result.hpp"
#include "sim/time.hpp"
#include "telemetry/series_store.hpp"

namespace muster {

/// What a reader has to know besides the series.
struct Recording {
  Epoch epoch{};           ///< calendar time of virtual zero
  SimTime end{};           ///< of the drill
  SimDuration interval{};  ///< of scrapes and rules
};

/// Layout: "muster series 1\n"; then unsigned LEB128 numbers (times zigzag coded): epoch in seconds, end and
/// interval in ms; the label texts (how many; length and bytes of each); the series (how many; of each the
/// number of labels and the numbers of their texts, the number of samples, of runs, per run time and place,
/// the number of bits, the bits); FNV-1a of all that, 8 bytes, big end first.
std::string write_series(const SeriesStore& store, const Recording& recording);

/// Adds the file's series to an empty store. Error: damaged, another format, or more than the store holds.
Result<Recording> read_series(std::string_view file, const std::string& name, SeriesStore& store);

}  // namespace muster
