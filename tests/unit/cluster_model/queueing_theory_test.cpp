// The request path against queueing theory: one server, c workers, users with endless patience. Each
// simulated mean must lie within its own 99.9 % confidence interval (batch means, fixed seed) of the exact
// value.
#include <gtest/gtest.h>

#include <cmath>

#include "sim/statistics.hpp"
#include "tests/unit/cluster_model/request_fixture.hpp"

namespace muster {
namespace {

using test::one_endpoint;
using test::PathUnderTest;

// ---- theory
// ---------------------------------------------------------------------------------------------------

/// Blocking of M/G/c/c with offered load a (A. K. Erlang 1917), by the usual recursion.
double erlang_b(int c, double a) {
  double blocked = 1;
  for (int k = 1; k <= c; ++k) blocked = a * blocked / (k + a * blocked);
  return blocked;
}

/// Probability of waiting in M/M/c.
double erlang_c(int c, double a) {
  const double blocked = erlang_b(c, a);
  return blocked / (1 - a / c * (1 - blocked));
}

double mmc_sojourn(double lambda, double mu, int c) {
  return erlang_c(c, lambda / mu) / (c * mu - lambda) + 1 / mu;
}

struct FiniteQueue {
  double blocked = 0, sojourn = 0;  // sojourn: of accepted requests
};

/// M/M/c/K by its birth-death chain; K counts those in service.
FiniteQueue mmck(double lambda, double mu, int c, int k_max) {
  double weight = 1, total = 1, mean = 0;
  for (int n = 1; n <= k_max; ++n) {
    weight *= lambda / (std::min(n, c) * mu);
    total += weight;
    mean += n * weight;
  }
  const double blocked = weight / total;
  return {blocked, mean / total / (lambda * (1 - blocked))};
}

/// M/G/1, Pollaczek-Khinchine; scv = squared coefficient of variation of the service time.
double mg1_sojourn(double lambda, double mean, double scv) {
  const double rho = lambda * mean;
  return rho * mean * (1 + scv) / (2 * (1 - rho)) + mean;
}

// ---- measurement
// ------------------------------------------------------------------------------------------------

constexpr int batches = 40;
constexpr double t_quantile = 3.558;  // Student t, 39 degrees of freedom, two-sided 99.9 %
constexpr int endless = 1 << 30;

struct Interval {
  double mean, half_width;
};

Interval interval_of(const Moments& batch_means) {
  return {batch_means.mean(), t_quantile * std::sqrt(batch_means.variance() / batches)};
}

struct Station {
  double lambda;
  ServiceTime service;
  int workers = 1, backlog = endless;
  SimDuration batch{};
};

struct Measurement {
  Interval sojourn, blocked;
  LatencyHistogram latency;
};

Measurement measure(const Station& station, std::uint64_t seed) {
  ServiceProfile service = one_endpoint(station.lambda, station.service);
  service.traffic.deadline = 1'000'000s;
  PathUnderTest run(service, seed);
  const ServerId server = run.begin(station.workers, station.backlog);
  SimDuration at = station.batch;  // one batch of warming up
  run.run_to(at);
  Moments sojourn, blocked;
  for (int i = 0; i < batches; ++i) {
    const ServerCounters before = run.path.counters(server);
    const std::uint64_t begun = run.path.requests_begun(), refused = run.ended(Outcome::unavailable);
    at += station.batch;
    run.run_to(at);
    const ServerCounters& after = run.path.counters(server);
    const auto replies = static_cast<double>(after.replies[0][0] - before.replies[0][0]);
    sojourn.add((after.latency_sum[0] - before.latency_sum[0]) / replies);
    blocked.add(static_cast<double>(run.ended(Outcome::unavailable) - refused) /
                static_cast<double>(run.path.requests_begun() - begun));
  }
  Measurement measured{interval_of(sojourn), interval_of(blocked), {}};
  for (const TrafficFact& fact : run.traffic.facts) measured.latency.merge(fact.latency);
  return measured;
}

void expect_within(const Interval& measured, double expected, double widest, const char* what) {
  EXPECT_NEAR(measured.mean, expected, measured.half_width) << what;
  EXPECT_LT(measured.half_width, widest * expected) << what << ": too imprecise to be a test";
}

ServiceTime exponential_time(double mu) {
  return {ServiceTime::Kind::exponential, duration_from_seconds(1 / mu), 0};
}

// ---- cases
// --------------------------------------------------------------------------------------------------------

TEST(QueueingTheory, OneWorkerWithExponentialService) {
  EXPECT_NEAR(mmc_sojourn(8, 10, 1), 0.5, 1e-9);
  const Measurement run = measure({8, exponential_time(10), 1, endless, 1000s}, 1);
  expect_within(run.sojourn, 0.5, 0.15, "M/M/1 sojourn");
  // The sojourn of M/M/1 is exponential itself; the histogram may add half a bucket.
  EXPECT_NEAR(seconds_of(run.latency.quantile(0.50)), 0.3465735903, 0.07 * 0.3465735903);
  EXPECT_NEAR(seconds_of(run.latency.quantile(0.95)), 1.497866137, 0.10 * 1.497866137);
  EXPECT_NEAR(seconds_of(run.latency.quantile(0.99)), 2.302585093, 0.15 * 2.302585093);
}

TEST(QueueingTheory, ManyWorkersWaitByErlangC) {
  struct Row {
    double lambda, mu;
    int workers;
    double wait, sojourn;  // exact values to ten digits
    SimDuration batch;
  };
  const Row rows[] = {{8, 5, 2, 0.3555555556, 0.5555555556, 1000s},
                      {30, 10, 4, 0.05094339623, 0.1509433962, 200s},
                      {90, 10, 10, 0.06687315241, 0.1668731524, 150s},
                      {270, 10, 30, 0.01571361233, 0.1157136123, 40s}};
  for (const Row& row : rows) {
    SCOPED_TRACE(row.lambda);
    EXPECT_NEAR(mmc_sojourn(row.lambda, row.mu, row.workers), row.sojourn, 1e-9);
    const Measurement run =
        measure({row.lambda, exponential_time(row.mu), row.workers, endless, row.batch}, 2);
    expect_within(run.sojourn, row.sojourn, 0.15, "M/M/c sojourn");
  }
}

TEST(QueueingTheory, LossWithoutBacklogDependsOnTheMeanServiceTimeOnly) {
  EXPECT_NEAR(erlang_b(10, 8), 0.1216610643, 1e-9);
  EXPECT_NEAR(erlang_b(15, 12.5), 0.1004890851, 1e-9);
  using enum ServiceTime::Kind;
  for (ServiceTime::Kind kind : {deterministic, exponential, lognormal}) {
    SCOPED_TRACE(static_cast<int>(kind));
    const Measurement run = measure({80, {kind, 100ms, 1.0}, 10, 0, 50s}, 3);
    expect_within(run.blocked, 0.1216610643, 0.15, "Erlang B");
    EXPECT_NEAR(run.sojourn.mean, 0.1, run.sojourn.half_width + 1e-9);
  }
  const Measurement larger = measure({50, exponential_time(4), 15, 0, 100s}, 4);
  expect_within(larger.blocked, 0.1004890851, 0.15, "Erlang B");
}

TEST(QueueingTheory, BoundedBacklogRefusesAsTheBirthDeathChainSays) {
  struct Row {
    double lambda, mu;
    int workers, places;
    double blocked, sojourn;
    SimDuration batch;
  };
  const Row rows[] = {{8, 10, 1, 5, 0.08881949866, 0.2563065207, 500s},
                      {12, 10, 1, 20, 0.170369949, 1.553565307, 500s},
                      {70, 4, 15, 40, 0.1442296294, 0.5723655348, 100s},
                      {200, 10, 10, 60, 0.5, 0.59, 30s}};
  for (const Row& row : rows) {
    SCOPED_TRACE(row.lambda);
    const FiniteQueue exact = mmck(row.lambda, row.mu, row.workers, row.places);
    EXPECT_NEAR(exact.blocked, row.blocked, 1e-9);
    EXPECT_NEAR(exact.sojourn, row.sojourn, 1e-8);
    const int backlog = row.places - row.workers;
    const Measurement run =
        measure({row.lambda, exponential_time(row.mu), row.workers, backlog, row.batch}, 5);
    expect_within(run.blocked, row.blocked, 0.15, "share refused");
    expect_within(run.sojourn, row.sojourn, 0.15, "sojourn of the accepted");
  }
}

TEST(QueueingTheory, OneWorkerWithAnyServiceWaitsByPollaczekKhinchine) {
  const double lognormal_scv = std::exp(1.0) - 1;  // exp(sigma^2) - 1
  EXPECT_NEAR(mg1_sojourn(8, 0.1, 0), 0.3, 1e-12);
  EXPECT_NEAR(mg1_sojourn(8, 0.1, lognormal_scv), 0.6436563657, 1e-9);
  const Measurement constant =
      measure({8, {ServiceTime::Kind::deterministic, 100ms, 0}, 1, endless, 500s}, 6);
  expect_within(constant.sojourn, 0.3, 0.15, "M/D/1 sojourn");
  const Measurement lognormal =
      measure({8, {ServiceTime::Kind::lognormal, 100ms, 1.0}, 1, endless, 1000s}, 7);
  expect_within(lognormal.sojourn, 0.6436563657, 0.15, "M/LN/1 sojourn");
}

TEST(QueueingTheory, ThreePodsWithTheirOwnQueuesWaitLongerThanOnePool) {
  // The balancer splits a Poisson stream of 240/s at random: each pod is an M/M/10 with 80/s.
  ServiceProfile service = one_endpoint(240, exponential_time(10));
  service.traffic.deadline = 1'000'000s;
  PathUnderTest run(service, 8);
  std::vector<ServerId> pods;
  for (int i = 0; i < 3; ++i) pods.push_back(run.add(10, endless));
  run.path.set_endpoints(0, pods);
  run.path.start();
  run.run_to(1200s);
  double seconds = 0, replies = 0;
  for (ServerId pod : pods) {
    seconds += run.path.counters(pod).latency_sum[0];
    replies += static_cast<double>(run.path.counters(pod).replies[0][0]);
    EXPECT_NEAR(static_cast<double>(run.path.counters(pod).replies[0][0]), 96000, 5 * std::sqrt(96000));
  }
  EXPECT_NEAR(seconds / replies, mmc_sojourn(80, 10, 10), 0.03 * mmc_sojourn(80, 10, 10));
  EXPECT_GT(seconds / replies, 1.1 * mmc_sojourn(240, 10, 30));
}

}  // namespace
}  // namespace muster
