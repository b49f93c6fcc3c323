// The pool and its connections against M/M/c+D: customers that wait leave after exactly tau.
#include <gtest/gtest.h>

#include <cmath>

#include "sim/distributions.hpp"
#include "sim/random.hpp"
#include "sim/statistics.hpp"
#include "tests/unit/cluster_model/database/database_fixture.hpp"
#include "tests/unit/truth/truth_file.hpp"

namespace muster::test {
namespace {

/// Poisson callers of one process whose pool has `c` connections; counts by batches.
struct PoissonCalls final : CallSink {
  PoissonCalls(const DatabaseProfile& profile, double rate, std::uint64_t seed)
      : database(engine, facts, profile, seed, *this), luck(seed, "calls", "test"), rate_(rate) {
    ServerSpec spec;
    spec.environment = std::make_shared<const StringMap>(
        StringMap{{"DATABASE_URL", "postgresql://app:secret@db.example.internal/app"}});
    database.server_started({0, 0}, spec);
    arrive();
  }
  void arrive() {
    const auto words = luck.block(begun++);
    database.begin(begun, {{0, 0}, 0, 0, words[0]});
    engine.schedule_in(duration_from_seconds(exponential(unit_interval(words[1]), 1 / rate_)), Lane::model,
                       [this] { arrive(); });
  }
  void finish(CallToken, CallReply reply) override { ++(reply.result == CallResult::ok ? served : left); }

  Engine engine;
  CollectedFacts facts;
  std::uint64_t begun = 0, served = 0, left = 0;
  Database database;
  RandomStream luck;
  double rate_;
};

class PoolTruth : public testing::TestWithParam<TruthRow> {};

TEST_P(PoolTruth, TheShareThatLosesPatience) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  DatabaseProfile profile = small_database();
  profile.pool.size = row.whole("c");
  profile.pool.overflow = 0;
  profile.pool.wait = duration_from_seconds(row["tau"]);
  profile.round_trip = profile.connect_cpu = 0s;
  profile.queries[0].time = {ServiceTime::Kind::exponential, duration_from_seconds(1 / row["mu"]), 0};
  profile.queries[0].locks.clear();
  profile.settings.max_connections = 1000;
  PoissonCalls calls(profile, row["lam"], 11);
  calls.engine.run_until(SimTime{200s});  // until the line has its usual length
  constexpr int batches = 40;
  const SimDuration batch = duration_from_seconds(15'000 / row["lam"]);
  Moments abandoned, throughput;
  for (int i = 0; i < batches; ++i) {
    const std::uint64_t left = calls.left, served = calls.served, begun = calls.begun;
    calls.engine.run_until(calls.engine.now() + batch);
    abandoned.add(static_cast<double>(calls.left - left) / static_cast<double>(calls.begun - begun));
    throughput.add(static_cast<double>(calls.served - served) / seconds_of(batch));
  }
  const double t = 3.56;  // Student's t, 39 degrees of freedom, 99.9 %
  const double wide_abandoned = t * std::sqrt(abandoned.variance() / batches);
  const double wide_throughput = t * std::sqrt(throughput.variance() / batches);
  EXPECT_NEAR(abandoned.mean(), row["expect.P_abandon"], wide_abandoned);
  EXPECT_NEAR(throughput.mean(), row["expect.throughput"], wide_throughput);
  // Enough samples that a model error of 1 % in what is served would show.
  EXPECT_LT(wide_throughput, 0.01 * row["expect.throughput"]);
  calls.database.check_invariants();
}

INSTANTIATE_TEST_SUITE_P(ErlangA, PoolTruth, testing::ValuesIn(truth_rows("erlang_a_deterministic")));

}  // namespace
}  // namespace muster::test
