// Several stations: an open Jackson network whose routing is the call graph, closed populations of users.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/unit/truth/station_run.hpp"

namespace muster {
namespace {

class Jackson : public testing::TestWithParam<TruthRow> {};
class ClosedUsers : public testing::TestWithParam<TruthRow> {};
class ClosedNetwork : public testing::TestWithParam<TruthRow> {};

Step work_of(double mean_s) {
  Step step;
  step.time = exponential_time(mean_s);
  return step;
}

Step call_to(std::size_t station) {
  Step step;
  step.kind = Step::Kind::call;
  step.target = "s" + std::to_string(station);
  step.operation = "GET /";
  return step;
}

/// Event loops give their worker back while they wait for the next station, as a job does that moves on.
std::deque<LabStation> jackson_stations(const TruthRow& row) {
  const std::vector<double>&gamma = row.list("gamma"), &routes = row.list("P"), &mu = row.list("mu"),
        &c = row.list("c");
  std::deque<LabStation> stations;
  for (std::size_t i = 0; i < mu.size(); ++i) {
    stations.emplace_back("s" + std::to_string(i), gamma[i], exponential_time(1), static_cast<int>(c[i]));
    stations.back().app.worker_kind = WorkerKind::event_loop;
    Step route;
    route.kind = Step::Kind::choice;
    for (std::size_t k = 0; k < mu.size(); ++k) {
      if (routes[i * mu.size() + k] <= 0) continue;
      Step branch;
      branch.kind = Step::Kind::sequence;
      branch.share = routes[i * mu.size() + k];
      branch.steps = {call_to(k)};
      route.steps.push_back(branch);
    }
    stations.back().service.endpoints[0].steps = {work_of(1 / mu[i]), route};
  }
  return stations;
}

/// "rho.0", "rho.1", ... for `count` stations.
void add_each(std::vector<std::string>& fields, const char* field, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) fields.push_back(field + ("." + std::to_string(i)));
}

TEST_P(Jackson, OpenNetwork) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const std::deque<LabStation> stations = jackson_stations(row);
  const std::vector<double>& c = row.list("c");
  double outside = 0, highest = 0;
  for (double gamma : row.list("gamma")) outside += gamma;
  for (double rho : row.list("expect.rho")) highest = std::max(highest, rho);
  StationRun run{stations, requests_needed(highest, 0.01, 2), outside, 21};
  run.looks = 1;
  std::vector<std::string> fields{"L_total", "W_system"};
  for (const char* field : {"lambdas", "rho", "L_i"}) add_each(fields, field, stations.size());
  run.expect(row, fields, 0.01, [&](const Batch& batch) {
    Numbers numbers;
    double requests = 0, latency = 0;
    for (std::size_t i = 0; i < stations.size(); ++i) {
      const std::string at = "." + std::to_string(i);
      const Sums& s = batch.sums[i];
      requests += static_cast<double>(s.requests());
      latency += seconds(s.latency);
      numbers["lambdas" + at] = static_cast<double>(s.started) / batch.seconds;
      numbers["L_i" + at] = batch.looks[i].held / batch.looks[i].count;
      numbers["rho" + at] = batch.looks[i].busy / batch.looks[i].count / c[i];
    }
    numbers["W_system"] = latency / requests;
    numbers["L_total"] = latency / batch.seconds;
    return numbers;
  });
}

TEST_P(ClosedUsers, OneStation) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const int c = row.whole("c");
  std::deque<LabStation> stations{{"s", 0, exponential_time(1 / row["mu"]), c}};
  stations[0].service.traffic.users = static_cast<std::uint32_t>(row["N"]);
  stations[0].service.traffic.think = exponential_time(row["Z"]);
  StationRun run{stations, 12e6, row["expect.throughput"], 22};
  run.looks = 0.3;
  const std::vector<std::string> fields{"throughput", "R", "L", "utilisation"};
  const Batches batches = run.expect(row, fields, 0.01, [&](const Batch& batch) {
    const Sums& s = batch.sums[0];
    const Looks& looks = batch.looks[0];
    return Numbers{{"throughput", static_cast<double>(s.requests()) / batch.seconds},
                   {"R", seconds(s.latency) / static_cast<double>(s.requests())},
                   {"L", seconds(s.latency) / batch.seconds},
                   {"utilisation", seconds(s.sojourn - s.wait) / batch.seconds / c},
                   {"P_all_thinking", looks.empty / looks.count}};
  });
  if (row["expect.P_all_thinking"] > 1e-3) expect_truth(row, batches, {"P_all_thinking"}, 0.05);
}

/// The users ask a gateway that has no work of its own; it asks one station after the other.
TEST_P(ClosedNetwork, StationsInTurn) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const std::vector<double>& demands = row.list("D");
  std::deque<LabStation> stations{{"gateway", 0, exponential_time(1), 1}};
  stations[0].app.worker_kind = WorkerKind::event_loop;
  stations[0].service.traffic.users = static_cast<std::uint32_t>(row["N"]);
  stations[0].service.traffic.think = exponential_time(row["Z"]);
  for (std::size_t i = 0; i < demands.size(); ++i) {
    stations[0].service.endpoints[0].steps.push_back(call_to(i));
    stations.emplace_back("s" + std::to_string(i), 0, exponential_time(demands[i]), 1);
  }
  const StationRun run{stations, 8e6, row["expect.throughput"], 23};
  std::vector<std::string> fields{"throughput", "R"};
  for (const char* field : {"R_i", "Q_i", "U_i"}) add_each(fields, field, demands.size());
  run.expect(row, fields, 0.01, [&](const Batch& batch) {
    const Sums& users = batch.sums[0];
    Numbers numbers{{"throughput", static_cast<double>(users.requests()) / batch.seconds},
                    {"R", seconds(users.latency) / static_cast<double>(users.requests())}};
    for (std::size_t i = 0; i < demands.size(); ++i) {
      const std::string at = "." + std::to_string(i);
      const Sums& s = batch.sums[i + 1];
      numbers["R_i" + at] = seconds(s.sojourn) / static_cast<double>(s.replied);
      numbers["Q_i" + at] = seconds(s.sojourn) / batch.seconds;
      numbers["U_i" + at] = seconds(s.sojourn - s.wait) / batch.seconds;
    }
    return numbers;
  });
}

INSTANTIATE_TEST_SUITE_P(Truth, Jackson, testing::ValuesIn(truth_rows("jackson_open")));
INSTANTIATE_TEST_SUITE_P(Truth, ClosedUsers, testing::ValuesIn(truth_rows("closed_users_mmc")));
INSTANTIATE_TEST_SUITE_P(Truth, ClosedNetwork, testing::ValuesIn(truth_rows("closed_mva")));

}  // namespace
}  // namespace muster
