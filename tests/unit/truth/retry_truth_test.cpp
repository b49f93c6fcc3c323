// Requests that come again: retrial queue, attempts per request, budgets, and storms that feed themselves.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/unit/truth/station_run.hpp"

namespace muster {
namespace {

class Retrial : public testing::TestWithParam<TruthRow> {};
class Attempts : public testing::TestWithParam<TruthRow> {};
class Budget : public testing::TestWithParam<TruthRow> {};
class Metastable : public testing::TestWithParam<TruthRow> {};
class FixedPoints : public testing::TestWithParam<TruthRow> {};

RetryProfile immediately(int count) {
  RetryProfile retries;
  retries.count = {static_cast<double>(count), ""};
  return retries;
}

/// No queue: who finds the worker busy comes back after an exponential time, again and again.
TEST_P(Retrial, OneWorkerWithoutQueue) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  std::deque<LabStation> stations{{"s", row["lam"], exponential_time(1 / row["mu"]), 1, 0}};
  RetryProfile& retries = stations[0].service.traffic.retries;
  retries = immediately(RetryProfile::without_end);
  retries.base = retries.cap = duration_from_seconds(1 / row["theta"]);
  retries.factor = 1;
  retries.jitter = RetryProfile::Jitter::exponential;
  const double rho = row["lam"] / row["mu"];
  const double noise = 1 + row["mu"] / row["theta"] * 0.4;
  StationRun run{stations, std::min(requests_needed(rho, 0.01, noise), 1.2e7), row["lam"], 31};
  run.control_mean = 1 / row["mu"];
  const std::vector<std::string> fields{"P_busy", "E_orbit", "E_time_in_orbit", "retry_rate",
                                        "attempts_per_request"};
  run.expect(row, fields, 0.01, [](const Batch& batch) {
    const Sums& s = batch.sums[0];
    const auto n = static_cast<double>(s.requests());
    const double orbit = seconds(s.latency - s.sojourn);
    return Numbers{{"P_busy", seconds(s.sojourn) / batch.seconds},
                   {"E_orbit", orbit / batch.seconds},
                   {"E_time_in_orbit", orbit / n},
                   {"retry_rate", (static_cast<double>(s.attempts) - n) / batch.seconds},
                   {"attempts_per_request", static_cast<double>(s.attempts) / n}};
  });
}

/// Attempts per request at a station that fails at random.
Batches expect_of_failing(const TruthRow& row, const std::vector<std::string>& fields, double widest,
                          double failures, const RetryProfile& retries) {
  std::deque<LabStation> stations{{"s", 1000, constant_time(1e-6), 100}};
  stations[0].error_probability = failures;
  stations[0].service.traffic.retries = retries;
  const StationRun run{stations, 4e5, 1000, 32};
  return run.expect(row, fields, widest, [](const Batch& batch) {
    const Sums& s = batch.sums[0];
    const auto n = static_cast<double>(s.requests());
    return Numbers{{"attempts", static_cast<double>(s.attempts) / n},
                   {"P_final_fail", static_cast<double>(s.count(Outcome::server_error)) / n}};
  });
}

TEST_P(Attempts, IndependentFailures) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const RetryProfile retries = immediately(row.whole("r"));
  const Batches batches = expect_of_failing(row, {"attempts"}, 0.01, row["p"], retries);
  if (row["P_final_fail"] > 0.01) {
    expect_of_failing(row, {"P_final_fail"}, 0.02, row["p"], retries);
  } else {
    const double expected = row["P_final_fail"], sure = 4e5;
    EXPECT_NEAR(batches.interval("P_final_fail").mean, expected, 4 * std::sqrt(expected / sure) + 4 / sure);
  }
}

/// Three layers that retry on their own, and the last always fails.
TEST_P(Attempts, LayersMultiply) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const RetryProfile retries = immediately(row.whole("r"));
  std::deque<LabStation> stations;
  for (const char* name : {"a", "b", "c"}) stations.emplace_back(name, 0, constant_time(1e-6), 1000);
  stations[0].service.traffic.requests_per_second = 10;
  stations[0].service.traffic.retries = retries;
  for (std::size_t i = 0; i < 2; ++i) {
    CallPolicy policy;
    policy.name = "down";
    policy.retries = retries;
    stations[i].service.policies = {policy};
    Step call;
    call.kind = Step::Kind::call;
    call.target = stations[i + 1].service.name;
    call.operation = "GET /";
    call.policy = "down";
    stations[i].service.endpoints[0].steps = {call};
  }
  stations[2].error_probability = 1;
  Lab lab(stations, 33);
  lab.run_to(100);
  const auto users = static_cast<double>(lab.sums(0).requests());
  ASSERT_GT(users, 500);
  EXPECT_EQ(static_cast<double>(lab.sums(2).replied), users * row["worst_3_layers"]);
}

TEST_P(Budget, RetriesAreRationed) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  RetryProfile retries = immediately(row.whole("r"));
  retries.budget_per_success = row["beta"];
  // With all attempts failing nothing is ever deposited; what the full bucket gave is long gone.
  expect_of_failing(row, {"attempts"}, 0.01, row["f"], retries);
}

/// One worker, a timeout without cancellation, immediate retries.
std::deque<LabStation> storm_station(double lam, double mu, double tau, int retries) {
  std::deque<LabStation> stations{{"s", lam, exponential_time(1 / mu), 1}};
  stations[0].service.traffic.deadline = duration_from_seconds(tau);
  stations[0].service.traffic.retries = immediately(retries);
  return stations;
}

struct Storm {
  double attempt_rate = 0;  ///< per second, over the span at the end
  double timeouts = 0;      ///< share of the users who failed, over the span at the end
  double growth = 0;        ///< of the queue per second, over the span at the end
  double span = 0;          ///< of that, seconds
};

/// Calm for half of the time, then perhaps a rush (ten times the traffic for 20 timeouts), then time to heal.
Storm weather(double lam, const TruthRow& row, bool rush, std::uint64_t seed) {
  const auto stations = storm_station(lam, row["mu"], row["tau"], row.whole("r"));
  Lab lab(stations, seed);
  const double unit = std::max(row["tau"], 40 / row["mu"]);
  lab.run_to(400 * unit);
  if (rush) lab.path.set_spike(0, 10);
  lab.run_to(420 * unit);
  lab.path.set_spike(0, 1);
  // A storm that heals works off what the rush left behind; that takes as long as the spare capacity says.
  const double backlog = lab.load().waiting,
               spare = std::max(row["mu"] - lam * (row["r"] + 1), 0.02 * row["mu"]);
  const double from = 420 * unit + 2 * backlog / spare + 400 * unit, span = 1200 * unit;
  lab.run_to(from);
  const TrafficCounters before = lab.path.traffic_counters(0);
  const Sums sums = lab.sums();
  const double waiting = lab.load().waiting;
  lab.run_to(from + span);
  const Sums rest = lab.sums() - sums;
  const auto failed = static_cast<double>(rest.count(Outcome::timeout));
  return {static_cast<double>(lab.path.traffic_counters(0).attempts - before.attempts) / span,
          failed / static_cast<double>(rest.requests()), (lab.load().waiting - waiting) / span, span};
}

/// Seconds of calm until a storm begins by itself, no more than `limit`: until most of the users of 40
/// services or timeouts, whichever is longer, fail.
double calm_life(double lam, const TruthRow& row, double limit, std::uint64_t seed) {
  const auto stations = storm_station(lam, row["mu"], row["tau"], row.whole("r"));
  Lab lab(stations, seed);
  const double window = std::max(row["tau"], 40 / row["mu"]);
  Sums before;
  for (double now = window; now < limit; now += window) {
    lab.run_to(now);
    const Sums sums = lab.sums(), here = sums - before;
    if (here.requests() > 0 && 2 * here.count(Outcome::timeout) > here.requests()) return now;
    before = sums;
  }
  return limit;
}

/// The middle one of nine seeds.
double median_calm_life(double lam, const TruthRow& row, double limit) {
  std::vector<double> lives;
  for (std::uint64_t seed = 1; seed <= 9; ++seed) lives.push_back(calm_life(lam, row, limit, seed));
  std::nth_element(lives.begin(), lives.begin() + 4, lives.end());
  return lives[4];
}

// The table is a mean-field approximation, so its regions are entered by a tenth. Below mu / (r + 1) every
// storm heals; above it a rush leaves one that stays; above the critical rate it begins by itself. Of a
// single server the mean field's endless calm is a long one (chance queues do reach the barrier), so it is
// compared with the calm above the critical rate.
TEST_P(Metastable, RegionsOfTheStorm) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const double safe = row["expect.lambda_always_safe"], critical = row["expect.lambda_critical"];
  EXPECT_NEAR(safe, row["mu"] / (row["r"] + 1), 1e-6 * safe);
  const double between = 1.1 * safe, above = 1.1 * critical;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    EXPECT_LT(weather(0.9 * safe, row, true, seed).timeouts, 0.05) << row.title() << ": it heals";
    EXPECT_GT(weather(between, row, true, seed).timeouts, 0.9) << row.title() << ": it stays";
    EXPECT_GT(weather(above, row, false, seed).timeouts, 0.9) << row.title() << ": it begins by itself";
  }
  const double begun = median_calm_life(above, row, 400 * std::max(row["tau"], 40 / row["mu"]));
  EXPECT_GE(median_calm_life(between, row, 8 * begun), 8 * begun) << row.title() << ": nothing begins it";
}

TEST_P(FixedPoints, CalmAndStorm) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const double lam = row["lam"];
  if (row.has("expect.low_stable_attempt_rate")) {
    // Near the critical rate (more than 5 % of the attempts come again) calm does not last in reality.
    const double low = row["expect.low_stable_attempt_rate"];
    if (row["expect.low_stable_p_timeout"] < 1e-3) {
      const Storm calm = weather(lam, row, false, 4);
      EXPECT_NEAR(calm.attempt_rate, low, 0.005 * low + 4 * std::sqrt(lam / calm.span)) << row.title();
      EXPECT_LT(calm.timeouts, 1e-3) << row.title();
    }
  } else {
    EXPECT_GT(weather(lam, row, false, 4).timeouts, 0.9) << row.title() << ": there is no calm";
  }
  const Storm after = weather(lam, row, true, 5);
  if (!row.has("expect.overload_attempt_rate")) {
    EXPECT_LT(after.timeouts, 0.05) << row.title() << ": no storm lasts";
    return;
  }
  const double overload = row["expect.overload_attempt_rate"], growth = row["expect.overload_growth_per_s"];
  // Each user brings r + 1 attempts at once; the worker's completions are Poisson too.
  const double users = std::pow(row["r"] + 1, 2) * lam / after.span, worker = row["mu"] / after.span;
  EXPECT_NEAR(after.attempt_rate, overload, 0.005 * overload + 4 * std::sqrt(users)) << row.title();
  EXPECT_NEAR(after.growth, growth, 0.005 * growth + 4 * std::sqrt(users + worker)) << row.title();
}

INSTANTIATE_TEST_SUITE_P(Truth, Retrial, testing::ValuesIn(truth_rows("retrial_mm11")));
INSTANTIATE_TEST_SUITE_P(Truth, Attempts, testing::ValuesIn(truth_rows("retry_attempts")));
INSTANTIATE_TEST_SUITE_P(Truth, Budget, testing::ValuesIn(truth_rows("retry_token_bucket")));
INSTANTIATE_TEST_SUITE_P(Truth, Metastable, testing::ValuesIn(truth_rows("retry_metastable")));
INSTANTIATE_TEST_SUITE_P(Truth, FixedPoints, testing::ValuesIn(truth_rows("retry_fixed_points")));

}  // namespace
}  // namespace muster
