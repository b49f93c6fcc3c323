// One station: M/M/1, M/M/c, M/M/c/K, M/G/c/c, M/G/1 (first come first served and processor sharing), and
// queues that people leave.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/unit/truth/station_run.hpp"

namespace muster {
namespace {

class Mm1 : public testing::TestWithParam<TruthRow> {};
class Mmc : public testing::TestWithParam<TruthRow> {};
class ErlangB : public testing::TestWithParam<TruthRow> {};
class Mmck : public testing::TestWithParam<TruthRow> {};
class Mg1 : public testing::TestWithParam<TruthRow> {};
class ErlangA : public testing::TestWithParam<TruthRow> {};

/// Above this load 1 % takes too long for every day: 5 %, and 1 % in the long suite.
constexpr double high_load = 0.97;
double width_at(double rho) {
  return rho <= high_load || long_run() ? 0.01 : 0.05;
}

#define MUSTER_SKIP_KNOWN_WELL(rho) \
  if (long_run() && (rho) <= high_load) GTEST_SKIP() << "known to 1 % without the long run"

/// What every station has; waits and sojourns of those that were served.
Numbers common(const Batch& batch, int workers) {
  const Sums& s = batch.sums[0];
  const auto n = static_cast<double>(s.replied);
  Numbers numbers;
  numbers["W"] = numbers["W_accepted"] = seconds(s.sojourn) / n;
  numbers["Wq"] = numbers["Wq_accepted"] = seconds(s.wait) / n;
  numbers["L"] = seconds(s.sojourn) / batch.seconds;
  numbers["Lq"] = seconds(s.wait) / batch.seconds;
  numbers["a"] = numbers["busy_servers"] = seconds(s.sojourn - s.wait) / batch.seconds;
  numbers["rho"] = numbers["utilisation"] = numbers["a"] / workers;
  numbers["throughput"] = n / batch.seconds;
  numbers["P_wait"] = static_cast<double>(s.waited) / n;
  const Looks& looks = batch.looks[0];
  numbers["P_empty"] = looks.empty / looks.count;
  numbers["P_N_ge_10"] = looks.ten_or_more / looks.count;
  numbers["var_N"] = looks.squares / looks.count - std::pow(looks.held / looks.count, 2);
  return numbers;
}

/// From the share above the true quantile to a quantile, by the slope of the exponential tail there.
double quantile(double truth, double share_above, double tail, double hazard) {
  return truth + (share_above - tail) / (tail * hazard);
}

TEST_P(Mm1, OneWorker) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const double rho = row["lam"] / row["mu"], width = width_at(rho), hazard = row["mu"] - row["lam"];
  MUSTER_SKIP_KNOWN_WELL(rho);
  const std::deque<LabStation> stations{{"s", row["lam"], exponential_time(1 / row["mu"]), 1}};
  StationRun run{stations, requests_needed(rho, width, rho < 0.7 ? 1.4 : 0.75), row["lam"], 11};
  run.control_mean = 1 / row["mu"];
  for (const char* name : {"expect.W_p50", "expect.W_p95", "expect.W_p99"})
    run.thresholds.push_back(duration_from_seconds(row[name]));
  run.thresholds.push_back(1s);
  const Batches batches = run.expect(row, {"rho", "L", "Lq", "W", "Wq"}, width, [&](const Batch& batch) {
    Numbers numbers = common(batch, 1);
    const Sums& s = batch.sums[0];
    const auto share = [&](std::size_t i) {
      return static_cast<double>(s.over[i]) / static_cast<double>(s.replied);
    };
    numbers["W_p50"] = quantile(row["expect.W_p50"], share(0), 0.5, hazard);
    numbers["W_p95"] = quantile(row["expect.W_p95"], share(1), 0.05, hazard);
    numbers["W_p99"] = quantile(row["expect.W_p99"], share(2), 0.01, hazard);
    numbers["P_W_gt_1s"] = share(3);
    return numbers;
  });
  expect_rough_truth(row, batches, {"W_p50", "W_p95", "W_p99", "P_W_gt_1s", "P_N_ge_10", "var_N"});
}

TEST_P(Mmc, ManyWorkers) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const int c = row.whole("c");
  const double rho = row["lam"] / row["mu"] / c, width = width_at(rho), hazard = c * row["mu"] - row["lam"];
  MUSTER_SKIP_KNOWN_WELL(rho);
  const std::deque<LabStation> stations{{"s", row["lam"], exponential_time(1 / row["mu"]), c}};
  const double noise = 0.75 * std::max(1.0, 2 / row["expect.P_wait"] - 1);
  StationRun run{stations, requests_needed(rho, width, noise), row["lam"], 12};
  run.control_mean = 1 / row["mu"];
  run.wait_thresholds = {duration_from_seconds(row["expect.Wq_p95"]),
                         duration_from_seconds(row["expect.Wq_p99"]), 100ms};
  const Batches batches =
      run.expect(row, {"a", "rho", "P_wait", "Wq", "W", "Lq", "L"}, width, [&](const Batch& batch) {
        Numbers numbers = common(batch, c);
        const Sums& s = batch.sums[0];
        const auto share = [&](std::size_t i) {
          return static_cast<double>(s.wait_over[i]) / static_cast<double>(s.started);
        };
        numbers["Wq_p95"] = quantile(row["expect.Wq_p95"], share(0), 0.05, hazard);
        numbers["Wq_p99"] = quantile(row["expect.Wq_p99"], share(1), 0.01, hazard);
        numbers["P_Wq_gt_100ms"] = share(2);
        return numbers;
      });
  expect_rough_truth(row, batches, {"Wq_p95", "Wq_p99", "P_Wq_gt_100ms"});
}

TEST_P(ErlangB, LossByLawOfService) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const int c = row.whole("c");
  const ServiceTime laws[] = {exponential_time(1), constant_time(1), {ServiceTime::Kind::lognormal, 1s, 1}};
  for (const ServiceTime& law : laws) {
    SCOPED_TRACE(static_cast<int>(law.kind));
    const std::deque<LabStation> stations{{"s", row["a"], law, c, 0}};
    // Losses come in bunches, longer ones in larger groups; there 1 % would take minutes for each law, and
    // one law alone has to reach it.
    const double widest = c > 20 && law.kind != ServiceTime::Kind::exponential ? 0.02 : 0.01;
    const double n = 3.6 * 3.6 * 3 * std::max(1.0, c / 20.0) / row["P_block"] / (widest * widest);
    StationRun run{stations, n, row["a"], 13};
    run.control_mean = 1;
    run.expect(row, {"P_block"}, widest, [](const Batch& batch) {
      const Sums& s = batch.sums[0];
      return Numbers{{"P_block", static_cast<double>(s.count(Outcome::unavailable)) /
                                     static_cast<double>(s.requests())}};
    });
  }
}

TEST_P(Mmck, BoundedQueue) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const int c = row.whole("c"), places = row.whole("K");
  const std::deque<LabStation> stations{{"s", row["lam"], exponential_time(1 / row["mu"]), c, places - c}};
  const double rho = row["lam"] / row["mu"] / c;
  // The queue's memory is that of an unbounded one, or of its length if that is shorter.
  const double memory = std::min(1 / ((1 - rho) * (1 - rho)), static_cast<double>(places) * places) + 4;
  // Rare refusals (1 in 1,400) cannot be known to 1 % here; they are looked at roughly.
  const bool rare = row["expect.P_block"] < 0.01;
  // Where the queue is short and seldom there, its mean is noisier than that of the whole station.
  const double noise = rho < 1 && places > c ? 8 : 3;
  const double n =
      std::min(3.6 * 3.6 * (noise * memory + (rare ? 0 : 4 / row["expect.P_block"])) / 1e-4, 6e7);
  StationRun run{stations, n, row["lam"], 14};
  run.control_mean = 1 / row["mu"];
  std::vector<std::string> fields{"throughput", "L", "W_accepted", "utilisation"};
  if (places > c) fields.insert(fields.end(), {"Lq", "Wq_accepted"});
  if (!rare) fields.push_back("P_block");
  const Batches batches = run.expect(row, fields, 0.01, [&](const Batch& batch) {
    Numbers numbers = common(batch, c);
    const Sums& s = batch.sums[0];
    numbers["P_block"] =
        static_cast<double>(s.count(Outcome::unavailable)) / static_cast<double>(s.requests());
    return numbers;
  });
  if (rare) expect_rough_truth(row, batches, {"P_block"});
  if (row["expect.P_empty"] > 1e-3) expect_rough_truth(row, batches, {"P_empty"});
}

ServiceTime law_of(const TruthRow& row) {
  const std::string& law = row.texts.at("service.law");
  ServiceTime time;
  time.sigma = 0;
  if (law == "hyperexponential") {
    time.kind = ServiceTime::Kind::hyperexponential;
    time.shares = row.list("service.p");
    for (double mean : row.list("service.means")) time.branches.push_back(duration_from_seconds(mean));
    return time;
  }
  time.mean = duration_from_seconds(row["service.mean"]);
  if (law == "deterministic") time.kind = ServiceTime::Kind::deterministic;
  if (law == "exponential") time.kind = ServiceTime::Kind::exponential;
  if (law == "erlang") {
    time.kind = ServiceTime::Kind::erlang;
    time.phases = row.whole("service.k");
  }
  if (law == "lognormal") time.sigma = row["service.sigma"];
  return time;
}

TEST_P(Mg1, AnyLawOfService) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const double rho = row["expect.rho"], scv = row["expect.scv"];
  const std::deque<LabStation> stations{{"s", row["lam"], law_of(row), 1}};
  StationRun run{stations, requests_needed(rho, 0.01, 0.5 * (1 + scv) * (scv > 2 ? 1.5 : 1)), row["lam"], 15};
  run.control_mean = rho / row["lam"];
  run.expect(row, {"rho", "Wq", "W", "Lq", "L"}, 0.01, [](const Batch& batch) { return common(batch, 1); });
}

TEST_P(Mg1, SharedProcessor) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const double rho = row["expect.rho"];
  std::deque<LabStation> stations{{"s", row["lam"], law_of(row), 1'000'000}};
  Step burst;
  burst.kind = Step::Kind::cpu;
  burst.time = law_of(row);
  stations[0].service.endpoints[0].steps = {burst};
  stations[0].app.cores = 1;
  const StationRun run{stations, requests_needed(rho, 0.01, 1 + 0.5 * row["expect.scv"]), row["lam"], 16};
  run.expect(row, {"W_PS", "L_PS"}, 0.01, [](const Batch& batch) {
    const Numbers all = common(batch, 1);
    return Numbers{{"W_PS", all.at("W")}, {"L_PS", all.at("L")}};
  });
}

TEST_P(ErlangA, ImpatientQueue) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const bool exponential = row.table == "erlang_a_exponential";
  const int c = row.whole("c");
  std::deque<LabStation> stations{{"s", row["lam"], exponential_time(1 / row["mu"]), c}};
  stations[0].app.queue_timeout = exponential ? exponential_time(row["tau"]) : constant_time(row["tau"]);
  const double lost = row["expect.P_abandon"];
  const double n = std::min(3.6 * 3.6 * (40 / lost) / 1e-4, 8e7);
  StationRun run{stations, n, row["lam"], 17};
  run.control_mean = 1 / row["mu"];
  std::vector<std::string> fields{"P_wait", "P_abandon", "throughput", "busy_servers", "utilisation"};
  if (exponential) fields.insert(fields.end(), {"Lq", "E_wait_all"});
  run.expect(row, fields, 0.01, [&](const Batch& batch) {
    Numbers numbers = common(batch, c);
    const Sums& s = batch.sums[0];
    const auto all = static_cast<double>(s.requests());
    const auto gone = static_cast<double>(s.count(Outcome::unavailable));
    numbers["P_abandon"] = gone / all;
    numbers["P_wait"] = (static_cast<double>(s.waited) + gone) / all;
    numbers["Lq"] = seconds(s.wait + s.lost_latency) / batch.seconds;
    numbers["E_wait_all"] = seconds(s.wait + s.lost_latency) / all;
    return numbers;
  });
}

INSTANTIATE_TEST_SUITE_P(Truth, Mm1, testing::ValuesIn(truth_rows("mm1")));
INSTANTIATE_TEST_SUITE_P(Truth, Mmc, testing::ValuesIn(truth_rows("mmc")));
INSTANTIATE_TEST_SUITE_P(Truth, ErlangB, testing::ValuesIn(truth_rows("erlang_b")));
INSTANTIATE_TEST_SUITE_P(Truth, Mmck, testing::ValuesIn(truth_rows("mmck")));
INSTANTIATE_TEST_SUITE_P(Truth, Mg1, testing::ValuesIn(truth_rows("mg1")));
INSTANTIATE_TEST_SUITE_P(Exponential, ErlangA, testing::ValuesIn(truth_rows("erlang_a_exponential")));
INSTANTIATE_TEST_SUITE_P(Deterministic, ErlangA, testing::ValuesIn(truth_rows("erlang_a_deterministic")));

}  // namespace
}  // namespace muster
