// Loads that change: from empty, over the day, a spike; and what limits them: token bucket, breaker, failing
// pods.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "sim/distributions.hpp"
#include "sim/random.hpp"
#include "tests/unit/truth/station_run.hpp"

namespace muster {
namespace {

class Transient : public testing::TestWithParam<TruthRow> {};
class DailyShape : public testing::TestWithParam<TruthRow> {};
class FluidSpike : public testing::TestWithParam<TruthRow> {};
class Limiter : public testing::TestWithParam<TruthRow> {};
class BreakerOpens : public testing::TestWithParam<TruthRow> {};
class Availability : public testing::TestWithParam<TruthRow> {};

/// The times of a row's expect: "t=0.5.E_N" -> 0.5.
std::vector<double> times_of(const TruthRow& row) {
  std::vector<double> times;
  for (const auto& [name, value] : row.numbers) {
    if (!name.starts_with("expect.t=")) continue;
    const double t = std::stod(name.substr(9));
    if (std::find(times.begin(), times.end(), t) == times.end()) times.push_back(t);
  }
  std::sort(times.begin(), times.end());
  return times;
}

/// "t=0.5" as the table writes it.
std::string name_of(const TruthRow& row, double t) {
  for (const auto& [name, value] : row.numbers)
    if (name.starts_with("expect.t=") && std::stod(name.substr(9)) == t) return name.substr(7);
  return "";
}

/// Replications without end: after the last time the process is replaced by an empty one, and Poisson
/// arrivals remember nothing.
TEST_P(Transient, FromEmpty) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const std::vector<double> times = times_of(row);
  const int places = row.whole("K");
  const std::deque<LabStation> stations{{"s", row["lam"], exponential_time(1 / row["mu"]), 1, places - 1}};
  Lab lab(stations, 41);
  const double length = times.back() + 1e-3;
  const int runs = static_cast<int>(std::min(6.5e7 / (row["lam"] * length), 3e5)), per_batch = runs / 40;
  Batches batches;
  double at = 0;
  for (int b = 0; b < 40; ++b) {
    Numbers sums;
    for (int i = 0; i < per_batch; ++i, at += length) {
      for (double t : times) {
        lab.run_to(at + t);
        const std::string name = "t=" + std::to_string(t);
        const double n = lab.load().held;
        sums[name + "E_N"] += n / per_batch;
        sums[name + "P_empty"] += (n == 0 ? 1.0 : 0.0) / per_batch;
        sums[name + "P_full"] += (n == places ? 1.0 : 0.0) / per_batch;
      }
      lab.run_to(at + length);
      lab.replace();
    }
    batches.add(sums, {});
  }
  for (const auto& [name, truth] : row.numbers) {
    if (!name.starts_with("expect.t=")) continue;
    const std::size_t dot = name.rfind('.');
    const std::string field = name.substr(dot + 1);
    const double t = std::stod(name.substr(9, dot - 9));
    const Interval found = batches.interval("t=" + std::to_string(t) + field);
    if (truth * runs < 100) {  // too rare to be seen
      EXPECT_LT(found.mean * runs, 200) << row.title() << " " << name;
      continue;
    }
    EXPECT_NEAR(found.mean, truth, found.half_width) << row.title() << " " << name;
    if (field == "E_N") {
      EXPECT_LT(found.half_width, 0.01 * truth) << row.title() << " " << name;
    }
  }
}

/// Nonhomogeneous Poisson arrivals into endless workers. Around each time the mean is nearly straight over a
/// hundredth of the period, so looks from there count too.
TEST_P(DailyShape, MeanInFlight) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const double period = 6.283185307179586 / row["gamma"];
  std::deque<LabStation> stations{{"s", row["lbar"], exponential_time(1 / row["mu"]), 1'000'000}};
  DayShape& day = stations[0].service.traffic.day;
  day.amplitude = row["A"] / row["lbar"];
  day.period = duration_from_seconds(period);
  day.peak = duration_from_seconds(period / 4);
  Lab lab(stations, 42);
  const std::vector<double> times = times_of(row);
  const double lives = std::max(1.0, period / 200 * row["mu"]);  // independent looks per time and period
  double worst = 1e300;
  for (const auto& [name, value] : row.numbers)
    if (name.starts_with("expect.t=")) worst = std::min(worst, value);
  const double periods = std::ceil(3.7 * 3.7 / worst / 1e-4 / lives);
  const auto cycles = std::max(std::ceil(periods / 20), 1.0);
  double cycle = std::ceil(10 / row["mu"] / period);  // warm
  Batches batches;
  for (int b = 0; b < 20; ++b) {
    Numbers means;
    for (double i = 0; i < cycles; ++i, ++cycle) {
      for (double t : times) {
        for (int k = -10; k <= 10; ++k) {
          lab.run_to(cycle * period + t + (k + 10) * period / 2000);
          means[name_of(row, t)] += lab.load().held / (21 * cycles);
        }
      }
    }
    batches.add(means, {});
  }
  for (double t : times) {
    // Looks were taken over [t, t + period / 100]; the curve is a shifted sine around its mean.
    const double mean = row["lbar"] / row["mu"];
    const Interval found = batches.interval(name_of(row, t));
    double expected = 0;
    const double g = row["gamma"], mu = row["mu"], size = row["A"] / (mu * mu + g * g);
    for (int k = 0; k <= 20; ++k) {
      const double s = t + k * period / 2000;
      expected += (mean + size * (mu * std::sin(g * s) - g * std::cos(g * s))) / 21;
    }
    const double at_t = mean + size * (mu * std::sin(g * t) - g * std::cos(g * t));
    EXPECT_NEAR(at_t, row["expect." + name_of(row, t)], 1e-6 * at_t) << "the formula is the table's";
    EXPECT_NEAR(found.mean, expected, found.half_width) << row.title() << " t=" << t;
    EXPECT_LT(found.half_width, 0.01 * expected) << row.title() << " t=" << t;
  }
}

/// Arrivals at even distances, replayed as a recorded trace.
void add_even(std::vector<TraceArrival>& trace, double from, double to, double rate) {
  for (double k = 1; from + k / rate <= to + 1e-9; ++k)
    trace.push_back({duration_from_seconds(from + k / rate), -1});
}

TEST_P(FluidSpike, BacklogAndDrain) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const double spike = row["T"], service = 1 / row["cap"], busy = row["expect.total_overload_s"];
  std::deque<LabStation> stations{{"s", 0, constant_time(service), 1}};
  std::vector<TraceArrival>& trace = stations[0].service.traffic.trace;
  const double from = 10;
  add_even(trace, 0, from, row["lam0"]);
  add_even(trace, from, from + spike, row["lam1"]);
  add_even(trace, from + spike, from + 2 * busy, row["lam0"]);
  Lab lab(stations, 43);
  lab.run_to(from);
  const Sums before = lab.sums();
  double peak = 0, drained = 0;
  for (double t = from; t < from + busy + 20; t += service / 2) {
    lab.run_to(t);
    peak = std::max(peak, static_cast<double>(lab.load().held));
    if (drained == 0 && t > from + spike && lab.load().held <= 1) drained = t - from - spike;
  }
  lab.run_to(from + busy);
  // A fluid has no grains: each comparison may be off by what one or two requests are.
  EXPECT_NEAR(peak, row["expect.peak_backlog"], 2) << row.title();
  const double grain = 2 / (row["cap"] - row["lam0"]);
  EXPECT_NEAR(drained, row["expect.drain_s"], grain) << row.title();
  EXPECT_NEAR(spike + drained, row["expect.total_overload_s"], grain) << row.title();
  EXPECT_NEAR(peak / row["cap"], row["expect.max_virtual_wait_s"], 3 * service) << row.title();
  const Sums s = lab.sums() - before;
  const double integral = static_cast<double>(s.wait) * 1e-9;
  EXPECT_NEAR(integral, row["expect.integral_backlog"], 2 * busy) << row.title();
  const double mean = integral / static_cast<double>(s.waited);  // who came in the busy period waited
  EXPECT_NEAR(mean, row["expect.mean_wait_of_all_arrivals_in_busy_period"], 3 * service) << row.title();
}

TEST_P(Limiter, FirstRefusalAndShare) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const double lam = row["lam"], rate = row["r"], burst = row["B"], horizon = row["first_reject_s"] + 2000;
  std::deque<LabStation> stations{{"s", 0, constant_time(1e-6), 100}};
  stations[0].app.limit = {{rate, ""}, burst};
  add_even(stations[0].service.traffic.trace, 0, horizon, lam);
  Lab lab(stations, 44);
  double first = 0;
  for (const TraceArrival& arrival : stations[0].service.traffic.trace) {
    lab.engine.run_until(SimTime{arrival.at});
    first = seconds_of(arrival.at);
    if (lab.sums().count(Outcome::throttled) > 0) break;
  }
  // The bucket is full until the first arrival; then n of them take n - r (n - 1) / lam tokens net.
  const double grains = std::floor((burst - rate / lam) / (1 - rate / lam) + 1e-6) + 1;
  EXPECT_NEAR(first, grains / lam, 1e-6) << row.title() << ": with whole requests";
  // One token is 1 / (lam - r) seconds of the fluid's time.
  EXPECT_NEAR(first, row["first_reject_s"], 2 / lam + 1 / (lam - rate)) << row.title();
  const Sums before = lab.sums();
  lab.run_to(first + 1900);
  const Sums rest = lab.sums() - before;
  const double share =
      static_cast<double>(rest.count(Outcome::throttled)) / static_cast<double>(rest.requests());
  EXPECT_NEAR(share, row["reject_fraction"], 2.0 / static_cast<double>(rest.requests())) << row.title();
}

/// One user request makes exactly n calls to a station that fails with probability p; then the breaker of the
/// process is looked at, and the process replaced.
TEST_P(BreakerOpens, AfterOneFullWindow) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const int n = row.whole("n");
  std::deque<LabStation> stations{{"caller", 0, constant_time(1e-6), 1},
                                  {"called", 0, constant_time(1e-6), 1}};
  CallPolicy policy;
  policy.name = "guarded";
  policy.breaker = {{1, ""}, n, row.whole("k"), 60s, 10};
  Step call;
  call.kind = Step::Kind::call;
  call.target = "called";
  call.operation = "GET /";
  call.policy = "guarded";
  call.optional = true;
  call.times = n;
  stations[0].service.policies = {policy};
  stations[0].service.endpoints[0].steps = {call};
  stations[1].error_probability = row["p"];
  const double truth = row["P_open"];
  const double runs = std::min(3.6 * 3.6 * (1 - truth) / truth / 1e-4, 3e7 / n);
  add_even(stations[0].service.traffic.trace, 0, std::floor(runs), 1);
  Lab lab(stations, 45);
  double opened = 0;
  for (double i = 1; i <= std::floor(runs); ++i) {
    lab.run_to(i + 0.5);
    opened += lab.path.breaker(lab.servers[0], "guarded") == BreakerState::open ? 1 : 0;
    lab.replace();
  }
  const double found = opened / std::floor(runs);
  EXPECT_NEAR(found, truth, 3.29 * std::sqrt(truth * (1 - truth) / runs) + 1 / runs) << row.title();
}

/// Pods that fail and come back on their own clocks; the path is asked how many listen.
TEST_P(Availability, AtLeastSoManyListen) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const int n = row.whole("n");
  LabStation station("s", 0, constant_time(1e-3), 8);
  Engine engine{Limits{~std::uint64_t{0}, 1u << 20}};
  NoFacts nobody;
  RequestPath path(engine, nobody, {station.service}, 46);
  std::vector<ServerId> pods(static_cast<std::size_t>(n));
  RandomStream luck(46, "pods", "failures");
  std::function<void(std::size_t)> change = [&](std::size_t pod) {
    const bool fails = path.alive(pods[pod]);
    if (fails) path.kill_server(pods[pod]);
    if (!fails) pods[pod] = path.add_server(0, {"pod", 8, 128, 1, 0});
    const double mean = fails ? row["mttr"] : row["mtbf"];
    const double pause = exponential(unit_interval(luck.next()), mean);
    engine.schedule_in(duration_from_seconds(pause), Lane::model, [&change, pod] { change(pod); });
  };
  for (std::size_t pod = 0; pod < pods.size(); ++pod) change(pod);
  const double look = row["mttr"] / 2;
  double at = 100 * row["mtbf"];
  Batches batches;
  for (int b = 0; b < 40; ++b) {
    double enough = 0;
    for (int i = 0; i < 50'000; ++i, at += look) {
      engine.run_until(SimTime{duration_from_seconds(at)});
      enough += path.servers(0).size() >= static_cast<std::size_t>(row.whole("k")) ? 1 : 0;
    }
    batches.add({{"P", enough / 50'000}}, {});
  }
  const double truth = row["P"];
  const Interval found = batches.interval("P");
  EXPECT_LT(found.half_width, 0.01 * truth) << row.title();
  // So rare an outage may show in few batches or none: at least the binomial error.
  EXPECT_NEAR(found.mean, truth, std::max(found.half_width, 6 * std::sqrt((1 - truth) / 2e6))) << row.title();
}

INSTANTIATE_TEST_SUITE_P(Truth, Transient, testing::ValuesIn(truth_rows("mm1k_transient")));
INSTANTIATE_TEST_SUITE_P(Truth, DailyShape, testing::ValuesIn(truth_rows("mt_m_inf")));
INSTANTIATE_TEST_SUITE_P(Truth, FluidSpike, testing::ValuesIn(truth_rows("fluid_spike")));
INSTANTIATE_TEST_SUITE_P(Truth, Limiter, testing::ValuesIn(truth_rows("token_bucket_limiter")));
INSTANTIATE_TEST_SUITE_P(Truth, BreakerOpens, testing::ValuesIn(truth_rows("breaker_open_probability")));
INSTANTIATE_TEST_SUITE_P(Truth, Availability, testing::ValuesIn(truth_rows("availability_k_of_n")));

}  // namespace
}  // namespace muster
