// A process and what surrounds it: processors, memory, probes, silent deaths, limits, balancers, users who
// come again.
#include <gtest/gtest.h>

#include <cmath>

#include "cluster_model/traffic/cpu_share.hpp"
#include "tests/unit/cluster_model/call_fixture.hpp"

namespace muster {
namespace {

using namespace test;

TEST(CpuShare, ALimitIsAQuotaPerPeriod) {
  CpuShare cpu(0, 0.5, sim_start);  // 50 ms in each 100 ms
  cpu.add(1, 120ms, sim_start);
  std::vector<SimDuration> changes;
  while (const auto change = cpu.next_change()) {
    changes.push_back(change->time_since_epoch());
    if (cpu.take_finished(*change)) break;
  }
  EXPECT_EQ(changes, (std::vector<SimDuration>{50ms, 100ms, 150ms, 200ms, 220ms}));
  EXPECT_EQ(cpu.throttled_periods(), 2u);
  EXPECT_NEAR(cpu.used_seconds(), 0.120, 1e-9);
}

TEST(CpuShare, BurstsShareTheCores) {
  CpuShare cpu(2, 0, sim_start);
  for (std::uint32_t burst = 0; burst < 4; ++burst) cpu.add(burst, 10ms, sim_start);
  EXPECT_EQ(*cpu.next_change(), SimTime{20ms});
  int finished = 0;
  while (cpu.take_finished(SimTime{20ms})) ++finished;
  EXPECT_EQ(finished, 4);
}

TEST(RequestProcess, ThrottlingStretchesWhatNeedsTheProcessorAndNothingElse) {
  auto a = service_of("a", {cpu_step(100ms), work_step(100ms)});
  ask_at(a, {1s});
  CallsUnderTest run({a});
  ServerSpec spec{"pod", 10, 100, 1, 0};
  spec.cpu_limit_millis = 250;
  run.servers = {run.path.add_server(0, spec)};
  run.path.set_endpoints(0, run.servers);
  run.path.start();
  run.run_to(3s);
  // 25 ms in each of four periods: it is over at 325 ms.
  EXPECT_NEAR(run.path.counters(run.servers[0]).latency_sum[0], 0.325 + 0.1, 1e-9);
  EXPECT_NEAR(run.path.usage(run.servers[0]).cpu_seconds, 0.1, 1e-9);
}

TEST(RequestProcess, MemoryIsHeldByRequestsAndALeakEndsInOutOfMemory) {
  auto a = service_of("a", {work_step(500ms)});
  a.traffic.requests_per_second = 10;
  CallsUnderTest run({a});
  run.app.memory = {1'000'000, 1'000, 10'000, 0, 0, 0};
  ImageBehaviour leaky;
  leaky.leak_per_request = 50'000;
  int told = 0;
  ServerSpec spec{"pod", 20, 100, 1, 0};
  spec.app = &run.app;
  spec.behaviour = &leaky;
  spec.memory_limit_bytes = 4'000'000;
  spec.out_of_memory = [&] {
    ++told;
    run.path.kill_server(run.servers[0]);
  };
  run.servers = {run.path.add_server(0, spec)};
  EXPECT_EQ(run.path.usage(run.servers[0]).memory_bytes, 1'020'000);
  run.path.set_endpoints(0, run.servers);
  run.path.start();
  run.run_to(3s);
  EXPECT_GT(run.path.usage(run.servers[0]).memory_bytes, 1'500'000);
  run.run_to(30s);
  EXPECT_EQ(told, 1);
  EXPECT_FALSE(run.path.alive(run.servers[0]));
  EXPECT_GT(run.ended(Outcome::reset), 0u);
  EXPECT_NEAR(static_cast<double>(run.ended(Outcome::ok)), 58, 6) << "(4 MB - 1.02 MB) / 50 kB";
}

TEST(RequestProcess, ACollectorNearTheLimitSlowsEverything) {
  auto a = service_of("a", {work_step(100ms)});
  ask_at(a, {1s});
  CallsUnderTest run({a});
  run.app.memory = {900, 0, 0, 0, 0, 0.1};
  ServerSpec spec{"pod", 1, 1, 1, 0};
  spec.app = &run.app;
  spec.memory_limit_bytes = 1000;
  run.servers = {run.path.add_server(0, spec)};
  run.path.set_endpoints(0, run.servers);
  run.path.start();
  run.run_to(2s);
  EXPECT_NEAR(run.path.counters(run.servers[0]).latency_sum[0], 0.1 * (1 + 0.1 * 0.9 / 0.1), 1e-6);
}

TEST(RequestProcess, AProbeWaitsForAWorkerLikeAnyRequest) {
  auto a = service_of("a", {work_step(2s)});
  ask_at(a, {1s});
  CallsUnderTest run({a, service_of("ready", {backend_step()})});
  run.begin(1);
  std::vector<ProbeResult> results;
  const auto note = [&](ProbeResult result) { results.push_back(result); };
  run.run_to(500ms);
  run.path.probe(run.servers[0], "/health", 1s, note);
  run.run_to(1100ms);
  run.path.probe(run.servers[0], "/health", 1s, note);
  run.run_to(2500ms);
  run.path.probe(run.servers[0], "/health", 1s, note);
  run.run_to(4s);
  run.backend.result = CallResult::unavailable;
  run.path.probe(run.servers[1], "/tasks", 1s, note);
  run.run_to(5s);
  run.path.probe(run.servers[1], "/tasks", 1s, note);
  run.path.kill_server(run.servers[1]);
  run.path.probe(run.servers[1], "/tasks", 1s, note);
  run.run_to(7s);
  EXPECT_EQ(results, (std::vector<ProbeResult>{ProbeResult::ok, ProbeResult::timed_out, ProbeResult::ok,
                                               ProbeResult::failed, ProbeResult::refused}));
}

TEST(RequestProcess, ASilentDeathIsNoticedByTimeoutsOnly) {
  auto a = service_of("a", {call_step("b", "guard")});
  a.traffic.deadline = 10s;
  CallPolicy policy = policy_named("guard");
  policy.timeout.value = 2;
  a.policies = {policy};
  ask_at(a, {1s, 3s});
  CallsUnderTest run({a, service_of("b", {work_step(1s)})});
  run.begin();
  run.run_to(1500ms);
  run.path.kill_server(run.servers[1], Death::silent);
  run.run_to(2900ms);
  EXPECT_EQ(run.replies(0), 0u);
  run.run_to(3100ms);
  EXPECT_EQ(run.ended(Outcome::server_error), 1u) << "2 s after it was sent";
  run.run_to(4900ms);
  EXPECT_EQ(run.replies(0), 1u) << "a new connection hangs, too";
  run.run_to(5100ms);
  EXPECT_EQ(run.ended(Outcome::server_error), 2u);
}

TEST(RequestProcess, UsersOfAVanishedProcessWaitForTheirDeadline) {
  auto a = service_of("a", {work_step(5s)});
  a.traffic.deadline = 3s;
  ask_at(a, {1s, 2s});
  CallsUnderTest run({a});
  run.begin();
  run.run_to(1500ms);
  run.path.kill_server(run.servers[0], Death::silent);
  run.run_to(3900ms);
  EXPECT_EQ(run.ended(Outcome::timeout), 0u);
  run.run_to(6s);
  EXPECT_EQ(run.ended(Outcome::timeout), 2u);
}

TEST(RequestProcess, ARateLimiterAnswers429) {
  auto a = service_of("a", {work_step(1ms)});
  ask_at(a, {1s, 1s, 1s, 1s, 2s});
  CallsUnderTest run({a});
  run.app.limit = {{1, ""}, 2};
  run.begin();
  run.run_to(3s);
  EXPECT_EQ(run.ended(Outcome::ok), 3u);
  EXPECT_EQ(run.ended(Outcome::throttled), 2u);
}

TEST(RequestProcess, RetriedAttemptsAreOneRequest) {
  auto a = service_of("a", {backend_step()});
  a.traffic.retries.count.value = 3;
  ask_at(a, {1s});
  CallsUnderTest run({a});
  run.backend.result = CallResult::failed;
  run.begin();
  run.run_to(1015ms);
  run.backend.result = CallResult::ok;
  run.run_to(2s);
  EXPECT_EQ(run.ended(Outcome::ok), 1u);
  EXPECT_EQ(run.path.requests_begun(), 1u);
  EXPECT_EQ(run.path.traffic_counters(0).attempts, 2u);
}

TEST(RequestProcess, ACapBoundsWhatTheClientsHaveOnTheWay) {
  auto a = service_of("a", {work_step(1s)});
  a.traffic.concurrency = 2;
  ask_at(a, {1s, 1s, 1s, 3s});
  CallsUnderTest run({a});
  run.begin();
  run.run_to(5s);
  EXPECT_EQ(run.ended(Outcome::ok), 3u);
  EXPECT_EQ(run.ended(Outcome::unavailable), 1u);
}

TEST(RequestProcess, BalancersSpreadByTheirPolicy) {
  const struct {
    Balancing policy;
    double most;  // requests of the busiest of four, of 400
  } cases[] = {{Balancing::round_robin, 100},
               {Balancing::least_connections, 110},
               {Balancing::power_of_two, 130},
               {Balancing::random, 150}};
  for (const auto& c : cases) {
    auto a = service_of("a", {work_step(1s)});
    for (int i = 0; i < 400; ++i) a.traffic.trace.push_back({1s + i * 1ms, -1});
    a.balancing = c.policy;
    CallsUnderTest run({a});
    for (int i = 0; i < 4; ++i) run.servers.push_back(run.path.add_server(0, {"pod", 1000, 0, 1, 0}));
    run.path.set_endpoints(0, run.servers);
    run.path.start();
    run.run_to(1500ms);
    double most = 0;
    for (ServerId server : run.servers)
      most = std::max(most, static_cast<double>(run.path.load(server).held));
    EXPECT_GE(most, 100);
    EXPECT_LE(most, c.most) << static_cast<int>(c.policy);
  }
}

TEST(RequestProcess, AConnectionKeepsItsTarget) {
  auto a = service_of("a", {work_step(1ms)});
  a.per_connection = true;
  a.traffic.users = 1;
  a.traffic.requests_per_second = 100;
  CallsUnderTest run({a});
  for (int i = 0; i < 4; ++i) run.servers.push_back(run.path.add_server(0, {"pod", 1000, 0, 1, 0}));
  run.path.set_endpoints(0, run.servers);
  run.path.start();
  run.run_to(5s);
  int used = 0;
  for (ServerId server : run.servers) used += run.path.counters(server).replies[0][0] > 0 ? 1 : 0;
  EXPECT_EQ(used, 1);
}

TEST(RequestProcess, ASpikeAndASlowdownHoldUntilTheyEnd) {
  auto a = service_of("a", {work_step(10ms)});
  a.traffic.requests_per_second = 100;
  CallsUnderTest run({a});
  run.begin(1000);
  run.run_to(100s);
  const auto calm = static_cast<double>(run.path.requests_begun());
  run.path.set_spike(0, 5);
  run.path.set_slowdown(0, 3);
  run.run_to(200s);
  const auto rush = static_cast<double>(run.path.requests_begun()) - calm;
  EXPECT_NEAR(calm, 10'000, 5 * 100);
  EXPECT_NEAR(rush, 50'000, 5 * 224);
  const double seconds = run.path.counters(run.servers[0]).latency_sum[0];
  EXPECT_NEAR(seconds, calm * 0.01 + rush * 0.03, 0.01 * seconds);
}

TEST(RequestProcess, TheDayHasItsShape) {
  auto a = service_of("a", {work_step(1ms)});
  a.traffic.requests_per_second = 100;
  a.traffic.day.amplitude = 0.5;
  a.traffic.day.peak = 25s;
  a.traffic.day.period = 100s;
  CallsUnderTest run({a});
  run.begin(1000);
  run.run_to(50s);
  const auto day = static_cast<double>(run.path.requests_begun());
  run.run_to(100s);
  const auto night = static_cast<double>(run.path.requests_begun()) - day;
  const double swing = 100 * 0.5 * 2 / 3.14159265 * 50;
  EXPECT_NEAR(day, 5000 + swing, 5 * std::sqrt(5000 + swing));
  EXPECT_NEAR(night, 5000 - swing, 5 * std::sqrt(5000));
}

}  // namespace
}  // namespace muster
