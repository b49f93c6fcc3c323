// A shipped scenario in a world of its own: faults strike in time, nobody responds unless the test does.
#pragma once

#include <string>

#include "scenarios/scenario.hpp"

namespace muster {

/// Adds up what users got since the last clear().
struct Served final : FactSink {
  void record(SimTime at, Fact fact) override;
  void clear() { *this = Served(); }
  std::uint64_t ended = 0, failed = 0;
  LatencyHistogram latency;
};

class DrillUnderTest {
 public:
  explicit DrillUnderTest(const std::string& name);

  /// Runs to `end`, with every fault that is due.
  void run_to(SimDuration end);
  const Scenario& scenario() const { return scenario_; }
  /// Available pods of the deployment.
  int available() const;
  /// What `kubectl rollout undo` does: the pod template of the other ReplicaSet becomes the deployment's.
  void undo();

 private:
  Scenario scenario_;
  std::size_t next_ = 0;

 public:
  Engine engine;
  Served served;
  World world{engine, served, scenario_.system, scenario_.seed, scenario_.epoch};
};

}  // namespace muster
