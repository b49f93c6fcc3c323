// What a request does for its reply: steps, calls, policies, caches, queues.
#include <gtest/gtest.h>

#include "tests/unit/cluster_model/call_fixture.hpp"

namespace muster {
namespace {

using namespace test;

/// Seconds that the one user of "a" waited, by the process's own counter.
double latency(const CallsUnderTest& run) {
  return run.path.counters(run.servers[0]).latency_sum[0];
}

TEST(RequestCalls, StepsHappenOneAfterTheOther) {
  auto a = service_of("a", {work_step(10ms), call_step("b"), work_step(5ms), backend_step()});
  ask_at(a, {1s});
  CallsUnderTest run({a, service_of("b", {work_step(20ms)})});
  run.begin();
  run.run_to(2s);
  EXPECT_EQ(run.ended(Outcome::ok), 1u);
  EXPECT_NEAR(latency(run), 0.010 + 0.020 + 0.005 + 0.010, 1e-9);
  EXPECT_EQ(run.backend.begun, 1);
  EXPECT_EQ(run.backend.servers, 2);
}

TEST(RequestCalls, AWorkerIsHeldWhileItsRequestWaitsForOthers) {
  auto a = service_of("a", {call_step("b")});
  ask_at(a, {1s, 1s});
  CallsUnderTest run({a, service_of("b", {work_step(1s)})});
  run.begin(1);
  run.run_to(1500ms);
  EXPECT_EQ(run.path.load(run.servers[0]).busy, 1u);
  EXPECT_EQ(run.path.load(run.servers[0]).waiting, 1u);
  run.run_to(2500ms);
  EXPECT_EQ(run.replies(0), 1u);
  run.run_to(3100ms);
  EXPECT_EQ(run.replies(0), 2u) << "one after the other";
}

TEST(RequestCalls, AnEventLoopTurnsToOthersMeanwhile) {
  auto a = service_of("a", {work_step(10ms), backend_step(), work_step(10ms)});
  ask_at(a, {1s, 1s, 1s});
  CallsUnderTest run({a});
  run.app.worker_kind = WorkerKind::event_loop;
  run.backend.delay = 100ms;
  run.begin(1);
  run.run_to(1050ms);
  EXPECT_EQ(run.path.load(run.servers[0]).busy, 0u);
  EXPECT_EQ(run.path.load(run.servers[0]).held, 3u);
  run.run_to(2s);
  // The lane is free for the first at 10 ms; they come back at 110, 120 and 130 ms.
  EXPECT_NEAR(latency(run), 0.120 + 0.130 + 0.140, 1e-9);
}

TEST(RequestCalls, BranchesRunAtOnceAndTheSlowestCounts) {
  Step slow = call_step("b"), parallel, twice;
  parallel.kind = Step::Kind::parallel;
  twice.kind = Step::Kind::sequence;
  twice.steps = {backend_step(), backend_step()};
  parallel.steps = {slow, twice};
  auto a = service_of("a", {parallel, work_step(1ms)});
  ask_at(a, {1s});
  CallsUnderTest run({a, service_of("b", {work_step(30ms)})});
  run.begin();
  run.run_to(2s);
  EXPECT_NEAR(latency(run), 0.031, 1e-9);
  EXPECT_EQ(run.backend.begun, 2);
}

TEST(RequestCalls, AFailedCallFailsTheRequestUnlessTheProfileSaysOtherwise) {
  Step optional = backend_step(), otherwise = backend_step();
  optional.optional = true;
  otherwise.otherwise = {work_step(7ms)};
  const struct {
    Step step;
    Outcome outcome;
    double seconds;
  } cases[] = {{backend_step(), Outcome::server_error, 0.010},
               {optional, Outcome::ok, 0.010},
               {otherwise, Outcome::ok, 0.017}};
  for (const auto& c : cases) {
    auto a = service_of("a", {c.step});
    ask_at(a, {1s});
    CallsUnderTest run({a});
    run.backend.result = CallResult::failed;
    run.begin();
    run.run_to(2s);
    EXPECT_EQ(run.ended(c.outcome), 1u);
    EXPECT_NEAR(latency(run), c.seconds, 1e-9);
  }
}

TEST(RequestCalls, TimeoutsAndRetriesOfACall) {
  auto a = service_of("a", {backend_step("guard")});
  CallPolicy policy = policy_named("guard");
  policy.timeout.value = 0.1;
  policy.retries.count.value = 2;
  policy.retries.base = 50ms;
  policy.retries.jitter = RetryProfile::Jitter::none;
  a.policies = {policy};
  ask_at(a, {1s});
  CallsUnderTest run({a});
  run.backend.silent = true;
  run.begin();
  run.run_to(3s);
  EXPECT_EQ(run.backend.begun, 3);
  EXPECT_EQ(run.backend.abandoned, 3);
  EXPECT_EQ(run.ended(Outcome::server_error), 1u);
  EXPECT_NEAR(latency(run), 0.1 + 0.05 + 0.1 + 0.1 + 0.1, 1e-9) << "the pauses double";
}

TEST(RequestCalls, ABreakerIsSwitchedOnByTheEnvironmentAtStart) {
  for (bool enabled : {false, true}) {
    auto a = service_of("a", {backend_step("guard")});
    CallPolicy policy = policy_named("guard");
    policy.breaker = {{0, "BREAKER"}, 4, 2, 10s, 2};
    a.policies = {policy};
    ask_at(a, {1s, 2s, 3s, 4s, 5s, 6s, 16s, 17s, 18s});
    CallsUnderTest run({a});
    run.environment = std::make_shared<const StringMap>(StringMap{{"BREAKER", enabled ? "true" : "no"}});
    run.backend.result = CallResult::failed;
    run.begin();
    run.run_to(7s);
    EXPECT_EQ(run.backend.begun, enabled ? 4 : 6);
    EXPECT_EQ(run.path.breaker(run.servers[0], "guard"), enabled ? BreakerState::open : BreakerState::closed);
    if (!enabled) continue;
    run.backend.result = CallResult::ok;
    run.run_to(20s);
    EXPECT_EQ(run.backend.begun, 7) << "open until 14 s, then two probes close it";
    EXPECT_EQ(run.path.breaker(run.servers[0], "guard"), BreakerState::closed);
  }
}

TEST(RequestCalls, AClientsRateLimiterFailsCallsWithoutMakingThem) {
  Step call = backend_step("guard");
  call.times = 5;
  call.optional = true;
  auto a = service_of("a", {call});
  CallPolicy policy = policy_named("guard");
  policy.limit = {{1, ""}, 2};
  a.policies = {policy};
  ask_at(a, {1s});
  CallsUnderTest run({a});
  run.begin();
  run.run_to(2s);
  EXPECT_EQ(run.backend.begun, 2);
  EXPECT_EQ(run.ended(Outcome::ok), 1u);
}

TEST(RequestCalls, ACancelledRequestIsTakenOutWhereverItIs) {
  auto a = service_of("a", {call_step("b")});
  a.traffic.deadline = 500ms;
  a.traffic.cancels = true;
  ask_at(a, {1s, 1s, 1s});
  CallsUnderTest run({a, service_of("b", {work_step(1ms), backend_step()})});
  run.backend.silent = true;
  run.begin(2);
  run.run_to(1400ms);
  EXPECT_EQ(run.path.load(run.servers[0]).busy, 2u);
  EXPECT_EQ(run.path.load(run.servers[0]).waiting, 1u);
  run.run_to(1600ms);
  EXPECT_EQ(run.ended(Outcome::timeout), 3u);
  for (ServerId server : run.servers) EXPECT_EQ(run.path.load(server).held, 0u);
  EXPECT_EQ(run.backend.abandoned, 2);
}

TEST(RequestCalls, WithoutCancellationTheWorkGoesOn) {
  auto a = service_of("a", {call_step("b")});
  a.traffic.deadline = 500ms;
  ask_at(a, {1s});
  CallsUnderTest run({a, service_of("b", {work_step(2s)})});
  run.begin();
  run.run_to(2s);
  EXPECT_EQ(run.ended(Outcome::timeout), 1u);
  EXPECT_EQ(run.path.load(run.servers[1]).busy, 1u);
  run.run_to(4s);
  EXPECT_EQ(run.replies(1), 1u);
  EXPECT_EQ(run.replies(0), 1u) << "nobody waits for it";
}

TEST(RequestCalls, ACacheWarmsAndIsLostWithItsProcess) {
  Step cache;
  cache.kind = Step::Kind::cache;
  cache.cache = {"items", 1, 50};
  cache.steps = {backend_step()};
  auto a = service_of("a", {cache});
  a.traffic.requests_per_second = 100;
  CallsUnderTest run({a});
  run.begin();
  run.run_to(30s);
  EXPECT_EQ(run.backend.begun, 50) << "each item is asked for once";
  run.path.kill_server(run.servers[0]);
  run.servers[0] = run.path.add_server(0, {"pod", 10, 100, 1, 0});
  run.path.set_endpoints(0, {run.servers[0]});
  run.run_to(60s);
  EXPECT_EQ(run.backend.begun, 100);
}

TEST(RequestCalls, AMessageIsWorkNobodyWaitsForAndOutlivesItsProcess) {
  Step message = call_step("b");
  message.kind = Step::Kind::queue;
  message.times = 3;
  auto a = service_of("a", {message, work_step(1ms)});
  ask_at(a, {1s});
  auto b = service_of("b", {work_step(1s)});
  b.background = true;
  CallsUnderTest run({a, b});
  run.begin(1);
  run.run_to(1100ms);
  EXPECT_EQ(run.ended(Outcome::ok), 1u);
  EXPECT_NEAR(latency(run), 0.001, 1e-9);
  EXPECT_EQ(run.path.traffic_counters(1).messages_sent, 3u);
  run.path.kill_server(run.servers[1], Death::silent);
  run.run_to(10s);
  EXPECT_EQ(run.path.traffic_counters(1).messages_done, 0u);
  run.servers[1] = run.path.add_server(1, {"pod", 1, 100, 1, 0});
  run.run_to(12500ms);
  EXPECT_EQ(run.path.traffic_counters(1).messages_done, 2u);
  run.run_to(14s);
  EXPECT_EQ(run.path.traffic_counters(1).messages_done, 3u) << "also the one that was being done";
}

TEST(RequestCalls, AFlagTakesAStepOrAnEndpointAway) {
  for (bool on : {true, false}) {
    Step step = backend_step();
    step.when = Setting{0, "DEEP"};
    auto a = service_of("a", {step, work_step(1ms)});
    a.endpoints.push_back(a.endpoints[0]);
    a.endpoints[1].path = "/beta";
    a.endpoints[1].when = Setting{1, "BETA"};
    a.traffic.trace = {{1s, 0}, {2s, 1}};
    CallsUnderTest run({a});
    run.environment =
        std::make_shared<const StringMap>(StringMap{{"DEEP", on ? "1" : "0"}, {"BETA", on ? "on" : "off"}});
    run.begin();
    run.run_to(3s);
    EXPECT_EQ(run.backend.begun, on ? 2 : 0);
    EXPECT_EQ(run.ended(Outcome::ok), on ? 2u : 1u);
    EXPECT_EQ(run.ended(Outcome::client_error), on ? 0u : 1u) << "404";
  }
}

TEST(RequestCalls, AChoiceTakesEachBranchAtItsShare) {
  Step choice, often = backend_step(), rarely;
  choice.kind = Step::Kind::choice;
  often.share = 0.3;
  rarely.kind = Step::Kind::sequence;
  rarely.share = 0.2;
  rarely.steps = {backend_step(), backend_step()};
  choice.steps = {often, rarely};
  auto a = service_of("a", {choice});
  a.traffic.requests_per_second = 1000;
  CallsUnderTest run({a});
  run.begin(1000);
  run.run_to(40s);
  EXPECT_NEAR(run.backend.begun, 40'000 * (0.3 + 2 * 0.2), 700);
}

}  // namespace
}  // namespace muster
