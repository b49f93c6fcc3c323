// HOLD: the cost of the pending-event set (Jones 1986). N events wait; each one that runs schedules exactly
// one, after an exponential delay with mean 1 s. The superposed renewal rate is N per second.
#include <benchmark/benchmark.h>

#include <cmath>

#include "bench/draws.hpp"
#include "sim/engine.hpp"

namespace muster::bench {
namespace {

class Hold {
 public:
  Hold(std::int64_t waiting, std::uint64_t wanted) : wanted_(wanted) {
    for (std::int64_t i = 0; i < waiting; ++i) schedule();
  }
  void run() { engine_.run_until(sim_never); }
  SimTime now() const { return engine_.now(); }

 private:
  void schedule() {
    engine_.schedule_in(draws_.exponential(1), Lane::model, [this] { fire(); });
  }
  void fire() {
    if (++executed_ == wanted_) return engine_.stop();
    schedule();
  }

  Engine engine_{Limits{~std::uint64_t{0}, 1u << 24}};
  Draws draws_{42};
  std::uint64_t executed_ = 0, wanted_;
};

void hold(benchmark::State& state) {
  const std::int64_t waiting = state.range(0);
  constexpr std::uint64_t wanted = 5'000'000;
  double ratio = 0;
  for (auto _ : state) {
    state.PauseTiming();
    Hold model(waiting, wanted);
    state.ResumeTiming();
    model.run();
    ratio = seconds_of(model.now()) * static_cast<double>(waiting) / static_cast<double>(wanted);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(wanted));
  state.counters["statistic"] = ratio;
  if (std::fabs(ratio - 1) > 0.02) state.SkipWithError("now * N / M is not 1: events were lost or misplaced");
}
BENCHMARK(hold)->Arg(1'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace muster::bench
