// One run of a laboratory in batches, each turned into named numbers.
#pragma once

#include <cstdint>
#include <functional>

#include "tests/unit/truth/estimate.hpp"
#include "tests/unit/truth/path_lab.hpp"

namespace muster {

inline double seconds(std::int64_t ns) {
  return static_cast<double>(ns) * 1e-9;
}

/// What looking at a station at regular times showed in one batch.
struct Looks {
  double count = 0, held = 0, busy = 0, squares = 0, ten_or_more = 0, empty = 0;
};

/// One batch: sums of station 0 (others through `lab`), looks at each station, its length.
struct Batch {
  double seconds = 0;
  std::vector<Sums> sums;
  std::vector<Looks> looks;
};

struct StationRun {
  const std::deque<LabStation>& stations;
  double requests = 1e6;  ///< in all batches together
  double rate = 1;        ///< of requests, to turn them into time
  std::uint64_t seed = 1;
  std::vector<SimDuration> wait_thresholds{}, thresholds{};
  /// Mean service time at station 0 if it is a control together with the arrivals; 0 = no controls.
  double control_mean = 0;
  /// Looks per request.
  double looks = 0.1;
  static constexpr int batches = 40;

  using Measure = std::function<Numbers(const Batch&)>;
  Batches play(const Measure& measure) const;
  /// Expects the fields of the row to be true, with intervals narrower than `widest` of their values. If the
  /// run was too short for that, a fresh one takes its place that is as long as the first says is needed, at
  /// most `most_times` as long (two stages: Stein, Annals of Mathematical Statistics 16, 1945). Gives the run
  /// that counted.
  Batches expect(const TruthRow& row, const std::vector<std::string>& fields, double widest,
                 const Measure& measure) const;
  static constexpr double most_times = 16;
};

}  // namespace muster
