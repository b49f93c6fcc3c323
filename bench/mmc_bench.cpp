// M/M/c: the smallest queueing model. c = 3 servers, mean service 1 s, 2.7 customers per second; two events
// each. Mean wait by Erlang C: C(c, a) / (c mu - lambda) = 2.72354 s.
#include <benchmark/benchmark.h>

#include <cmath>
#include <deque>

#include "bench/draws.hpp"
#include "sim/engine.hpp"

namespace muster::bench {
namespace {

constexpr int servers = 3;
constexpr double arrival_rate = 2.7, expected_wait = 2.72354;

class Station {
 public:
  explicit Station(std::uint64_t customers) : wanted_(customers) { schedule_arrival(); }
  void run() { engine_.run_until(sim_never); }
  std::uint64_t served() const { return served_; }
  double mean_wait() const { return seconds_of(wait_) / static_cast<double>(served_); }

 private:
  void schedule_arrival() {
    engine_.schedule_in(draws_.exponential(1 / arrival_rate), Lane::model, [this] { arrive(); });
  }
  void arrive() {
    if (++arrived_ < wanted_) schedule_arrival();
    if (busy_ == servers) return line_.push_back(engine_.now());
    ++busy_;
    begin(engine_.now());
  }
  void begin(SimTime arrival) {
    wait_ += engine_.now() - arrival;
    ++served_;
    engine_.schedule_in(draws_.exponential(1), Lane::model, [this] { depart(); });
  }
  void depart() {
    if (line_.empty()) {
      --busy_;
      return;
    }
    const SimTime arrival = line_.front();
    line_.pop_front();
    begin(arrival);
  }

  Engine engine_{Limits{~std::uint64_t{0}, 1u << 24}};
  Draws draws_{42};
  std::deque<SimTime> line_;
  int busy_ = 0;
  SimDuration wait_{};
  std::uint64_t arrived_ = 0, served_ = 0, wanted_;
};

void mmc(benchmark::State& state) {
  constexpr std::uint64_t customers = 3'000'000;
  double wait = 0;
  bool all_served = true;
  for (auto _ : state) {
    Station model(customers);
    model.run();
    wait = model.mean_wait();
    all_served = all_served && model.served() == customers;
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(customers));
  state.counters["statistic"] = wait;
  // The mean's relative error is about 0.0067 at 1e7 customers, strongly correlated ones; four of these.
  const double tolerance = 4 * 0.0067 * std::sqrt(1e7 / static_cast<double>(customers));
  if (!all_served || std::fabs(wait / expected_wait - 1) > tolerance)
    state.SkipWithError("the mean wait is not Erlang's");
}
BENCHMARK(mmc)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace muster::bench
