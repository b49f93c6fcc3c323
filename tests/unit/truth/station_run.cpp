#include "tests/unit/truth/station_run.hpp"

#include <algorithm>

namespace muster {
namespace {

void look(Looks& looks, const ServerLoad& load) {
  const double n = load.busy + load.waiting;
  ++looks.count;
  looks.held += n;
  looks.busy += load.busy;
  looks.squares += n * n;
  looks.ten_or_more += n >= 10 ? 1 : 0;
  looks.empty += n == 0 ? 1 : 0;
}

}  // namespace

Batches StationRun::expect(const TruthRow& row, const std::vector<std::string>& fields, double widest,
                           const Measure& measure) const {
  Batches found = play(measure);
  if (const double over = width_over(row, found, fields, widest); over > 0.98) {
    // The width of 40 batches is itself known to a tenth only.
    StationRun longer = *this;
    longer.requests *= std::clamp(1.7 * over * over, 1.7, most_times);
    longer.seed += 1000;
    found = longer.play(measure);
  }
  expect_truth(row, found, fields, widest);
  return found;
}

Batches StationRun::play(const Measure& measure) const {
  Lab lab(stations, seed);
  lab.wait_thresholds = wait_thresholds;
  lab.thresholds = thresholds;
  Batches batches_;
  const double length = requests / rate / batches;
  const auto steps = static_cast<int>(length * rate * looks) + 1;
  double at = length;  // one batch of warming up
  lab.run_to(at);
  for (int b = 0; b < batches; ++b) {
    Batch batch;
    batch.seconds = length;
    batch.looks.resize(stations.size());
    std::vector<Sums> before;
    for (std::size_t i = 0; i < stations.size(); ++i) before.push_back(lab.sums(static_cast<int>(i)));
    for (int step = 1; step <= steps; ++step) {
      lab.run_to(at + length * step / steps);
      for (std::size_t i = 0; i < stations.size(); ++i) look(batch.looks[i], lab.load(static_cast<int>(i)));
    }
    at += length;
    for (std::size_t i = 0; i < stations.size(); ++i)
      batch.sums.push_back(lab.sums(static_cast<int>(i)) - before[i]);
    std::vector<double> controls;
    if (control_mean > 0) {
      const Sums& s = batch.sums[0];
      controls.push_back(static_cast<double>(s.requests()) / (rate * length) - 1);
      controls.push_back(
          static_cast<double>(s.sojourn - s.wait) * 1e-9 / static_cast<double>(s.replied) / control_mean - 1);
    }
    batches_.add(measure(batch), controls);
  }
  lab.path.check_invariants();
  return batches_;
}

}  // namespace muster
