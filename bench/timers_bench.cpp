// TIMERS: timeouts that nearly always get cancelled. Poisson arrivals at 1e4/s; each attempt sets a
// completion, Exp(T / ln 100), and a timeout after T = 1 s; whichever comes first cancels the other, and a
// timeout tries again at once. So one attempt in a hundred times out.
#include <benchmark/benchmark.h>

#include <cmath>
#include <vector>

#include "bench/draws.hpp"
#include "sim/engine.hpp"

namespace muster::bench {
namespace {

constexpr double timers_arrival_rate = 1e4;
constexpr SimDuration patience = 1s;

class Timers {
 public:
  explicit Timers(std::uint64_t wanted) : wanted_(wanted) { schedule_arrival(); }
  void run() { engine_.run_until(sim_never); }
  std::uint64_t finished() const { return finished_; }
  std::uint64_t attempts() const { return attempts_; }
  double timeout_share() const { return static_cast<double>(timeouts_) / static_cast<double>(attempts_); }

 private:
  struct Request {
    EventId completion, timeout;
  };

  void schedule_arrival() {
    engine_.schedule_in(draws_.exponential(1 / timers_arrival_rate), Lane::model, [this] { arrive(); });
  }
  void arrive() {
    std::uint32_t request = static_cast<std::uint32_t>(requests_.size());
    if (idle_.empty()) {
      requests_.emplace_back();
    } else {
      request = idle_.back();
      idle_.pop_back();
    }
    attempt(request);
    if (++arrived_ < wanted_) schedule_arrival();
  }
  void attempt(std::uint32_t request) {
    ++attempts_;
    const SimDuration service = draws_.exponential(mean_service_);
    Request& held = requests_[request];
    held.completion = engine_.schedule_in(service, Lane::model, [this, request] { complete(request); });
    held.timeout = engine_.schedule_in(patience, Lane::model, [this, request] { time_out(request); });
  }
  void complete(std::uint32_t request) {
    engine_.cancel(requests_[request].timeout);
    ++finished_;
    idle_.push_back(request);
  }
  void time_out(std::uint32_t request) {
    engine_.cancel(requests_[request].completion);
    ++timeouts_;
    attempt(request);
  }

  Engine engine_{Limits{~std::uint64_t{0}, 1u << 24}};
  Draws draws_{42};
  const double mean_service_ = seconds_of(patience) / std::log(100.0);
  std::vector<Request> requests_;
  std::vector<std::uint32_t> idle_;
  std::uint64_t arrived_ = 0, attempts_ = 0, timeouts_ = 0, finished_ = 0, wanted_;
};

void timers(benchmark::State& state) {
  constexpr std::uint64_t wanted = 3'000'000;
  double share = 0, attempts = 0;
  bool all_finished = true;
  for (auto _ : state) {
    Timers model(wanted);
    model.run();
    share = model.timeout_share();
    attempts = static_cast<double>(model.attempts());
    all_finished = all_finished && model.finished() == wanted;
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(wanted));
  state.counters["statistic"] = share;
  const double tolerance = 4 * std::sqrt(0.01 * 0.99 / attempts);  // four standard errors of a share
  if (!all_finished || std::fabs(share - 0.01) > tolerance)
    state.SkipWithError("not one attempt in a hundred timed out: cancellation is broken");
}
BENCHMARK(timers)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace muster::bench
