// What happens to requests when nothing goes wrong, and when everything does.
#include "cluster_model/traffic/request_path.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/unit/cluster_model/request_fixture.hpp"

namespace muster {
namespace {

using test::constant;
using test::one_endpoint;
using test::PathUnderTest;

std::uint32_t count(const TrafficFact& fact, Outcome outcome) {
  std::uint32_t sum = 0;
  for (const EndpointTraffic& endpoint : fact.endpoints)
    sum += endpoint.outcomes[static_cast<std::size_t>(outcome)];
  return sum;
}

std::uint64_t ended(const TrafficFact& fact) {
  std::uint64_t sum = 0;
  for (int o = 0; o < outcome_count; ++o) sum += count(fact, static_cast<Outcome>(o));
  return sum;
}

TEST(RequestPath, TellsOneFactPerSecondFromTheFirstEvenIfNothingHappens) {
  PathUnderTest run(one_endpoint(0, constant(50ms)));
  run.begin(1, 1);
  run.run_to(3500ms);
  ASSERT_EQ(run.traffic.facts.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(run.traffic.times[i], SimTime{(i + 1) * 1s});
    EXPECT_EQ(run.traffic.facts[i].service, "api");
    EXPECT_EQ(run.traffic.facts[i].arrivals, 0u);
    EXPECT_TRUE(run.traffic.facts[i].endpoints.empty());
    EXPECT_TRUE(run.traffic.facts[i].latency.empty());
  }
}

TEST(RequestPath, AnswersInTheServiceTimeWhenThereIsRoom) {
  PathUnderTest run(one_endpoint(100, constant(20ms)));
  const ServerId server = run.begin(1000, 0);
  run.run_to(100s);
  const std::uint64_t ok = run.ended(Outcome::ok);
  EXPECT_NEAR(static_cast<double>(ok), 10'000, 5 * std::sqrt(10'000));
  EXPECT_EQ(ok + run.path.counters(server).in_flight, run.path.requests_begun());
  EXPECT_NEAR(run.path.counters(server).latency_sum[0], 0.02 * static_cast<double>(ok), 1e-6);
  EXPECT_EQ(run.path.counters(server).latency[0][2], ok) << "bucket le=0.025";
  for (const TrafficFact& fact : run.traffic.facts) EXPECT_EQ(fact.users_affected, 0u);
}

TEST(RequestPath, SumsOfTheFactsAreTheBalancersCounters) {
  PathUnderTest run(one_endpoint(200, {ServiceTime::Kind::lognormal, 60ms, 0.8}));
  run.begin(10, 20);
  run.run_to(60s);
  std::array<std::uint64_t, outcome_count> sums{};
  std::uint64_t arrivals = 0;
  for (const TrafficFact& fact : run.traffic.facts) {
    arrivals += fact.arrivals;
    for (std::size_t o = 0; o < outcome_count; ++o) sums[o] += count(fact, static_cast<Outcome>(o));
    EXPECT_EQ(fact.latency.count(), ended(fact));
  }
  EXPECT_EQ(sums, run.path.balancer_counters(0));
  EXPECT_EQ(arrivals, run.path.requests_begun());
}

TEST(RequestPath, WithoutEndpointsEveryUserGets503AtOnce) {
  PathUnderTest run(one_endpoint(50, constant(20ms)));
  run.path.start();
  run.run_to(20s);
  EXPECT_GT(run.path.requests_begun(), 800u);
  EXPECT_EQ(run.ended(Outcome::unavailable), run.path.requests_begun());
  EXPECT_EQ(run.traffic.facts[5].users_affected, run.traffic.facts[5].users_seen);
}

TEST(RequestPath, RefusesWhatTheBacklogCannotHold) {
  ServiceProfile service = one_endpoint(20, constant(1000s));
  service.traffic.deadline = 500s;
  PathUnderTest run(service);
  const ServerId server = run.begin(2, 3);
  run.run_to(30s);
  EXPECT_EQ(run.path.counters(server).in_flight, 5u);
  EXPECT_EQ(run.ended(Outcome::unavailable), run.path.requests_begun() - 5);
}

TEST(RequestPath, EachUserGivesUpExactlyAtTheDeadline) {
  ServiceProfile service = one_endpoint(40, constant(1000s));
  service.traffic.deadline = 3s;
  PathUnderTest run(service);
  run.begin(1, 100'000);
  run.run_to(60s);
  for (std::size_t second = 3; second < 60; ++second) {
    EXPECT_EQ(count(run.traffic.facts[second], Outcome::timeout), run.traffic.facts[second - 3].arrivals);
  }
  EXPECT_EQ(count(run.traffic.facts[2], Outcome::timeout), 0u);
}

TEST(RequestPath, AReplyInTheInstantOfTheDeadlineIsLate) {
  ServiceProfile service = one_endpoint(40, constant(500ms));
  service.traffic.deadline = 500ms;
  PathUnderTest run(service);
  run.begin(1000, 0);
  run.run_to(30s);
  EXPECT_EQ(run.ended(Outcome::ok), 0u);
  EXPECT_GT(run.ended(Outcome::timeout), 1000u);
}

TEST(RequestPath, TheServerFinishesWorkNobodyWaitsForAnyMore) {
  ServiceProfile service = one_endpoint(4, constant(1s));
  service.traffic.deadline = 500ms;
  PathUnderTest run(service);
  const ServerId server = run.begin(1, 100'000);
  run.run_to(100s);
  const ServerCounters& counters = run.path.counters(server);
  EXPECT_EQ(run.ended(Outcome::ok), 0u);
  EXPECT_GE(counters.replies[0][0], 95u) << "one a second, although every user has gone";
  EXPECT_EQ(counters.replies[0][0] + counters.in_flight, run.path.requests_begun());
  EXPECT_GT(counters.latency[0].back(), 50u) << "the queue is tens of seconds long";
}

TEST(RequestPath, AKillResetsTheUsersWhoStillWait) {
  ServiceProfile service = one_endpoint(10, constant(1000s));
  service.traffic.deadline = 2s;
  PathUnderTest run(service);
  const ServerId server = run.begin(3, 1000);
  run.run_to(20s);
  const std::uint64_t timeouts = run.ended(Outcome::timeout);
  const std::uint64_t waiting = run.path.requests_begun() - timeouts;
  run.path.kill_server(server);
  run.path.check_invariants();
  EXPECT_EQ(run.ended(Outcome::reset), waiting);
  EXPECT_FALSE(run.path.alive(server));
  run.path.kill_server(server);  // dead already
  const std::uint64_t before = run.path.requests_begun();
  run.run_to(40s);
  EXPECT_EQ(run.ended(Outcome::reset), waiting) << "a dead pod resets nothing more";
  EXPECT_EQ(run.ended(Outcome::unavailable), run.path.requests_begun() - before) << "connection refused";
  EXPECT_EQ(run.ended(Outcome::timeout), timeouts);
}

TEST(RequestPath, ADeadServersNameIsNotItsSuccessors) {
  PathUnderTest run(one_endpoint(10, constant(10ms)));
  const ServerId first = run.add(1, 1);
  run.path.kill_server(first);
  const ServerId second = run.add(1, 1);
  EXPECT_EQ(first.index, second.index);
  EXPECT_FALSE(run.path.alive(first));
  EXPECT_TRUE(run.path.alive(second));
  run.path.set_endpoints(0, {first});
  run.path.start();
  run.run_to(10s);
  EXPECT_EQ(run.ended(Outcome::unavailable), run.path.requests_begun());
}

TEST(RequestPath, ADrainingServerFinishesWhatItHoldsAndTakesNothingNew) {
  PathUnderTest run(one_endpoint(50, constant(1s)));
  const ServerId server = run.begin(5, 20);
  run.run_to(10s);
  const std::uint64_t held = run.path.counters(server).in_flight;
  ASSERT_EQ(held, 25u);
  const std::uint64_t ok = run.ended(Outcome::ok);
  int told = 0;
  SimTime when{};
  run.path.drain_server(server, [&] {
    ++told;
    when = run.engine.now();
  });
  EXPECT_FALSE(run.path.listening(server));
  run.run_to(12s);
  EXPECT_EQ(told, 0);
  run.run_to(30s);
  EXPECT_EQ(told, 1);
  EXPECT_GT(when, SimTime{14s}) << "five batches of five, a second each";
  EXPECT_LE(when, SimTime{15s});
  EXPECT_EQ(run.ended(Outcome::ok), ok + held);
  EXPECT_EQ(run.ended(Outcome::reset), 0u);
  EXPECT_TRUE(run.path.alive(server)) << "exiting is the kubelet's business";
}

TEST(RequestPath, AnIdleServerDrainsAtOnceAndMayDieInsideTheCallback) {
  PathUnderTest run(one_endpoint(50, constant(1s)));
  const ServerId idle = run.add(5, 20);
  bool told = false;
  run.path.drain_server(idle, [&] { told = true; });
  EXPECT_TRUE(told);
  const ServerId busy = run.begin(5, 20);
  run.run_to(5s);
  run.path.drain_server(busy, [&] { run.path.kill_server(busy); });
  run.run_to(20s);
  EXPECT_FALSE(run.path.alive(busy));
  EXPECT_EQ(run.ended(Outcome::reset), 0u);
}

TEST(RequestPath, ErrorsComeAtTheImagesRate) {
  ServiceProfile service = one_endpoint(200, constant(10ms));
  service.endpoints[0].client_error_probability = 0.1;
  PathUnderTest run(service);
  run.path.set_endpoints(0, {run.path.add_server(0, {"pod", 100, 10, 1, 0.3})});
  run.path.start();
  run.run_to(100s);
  const double n = 20'000;
  EXPECT_NEAR(static_cast<double>(run.ended(Outcome::server_error)), 0.3 * n,
              4 * std::sqrt(0.3 * 0.7 * n) + 200);
  EXPECT_NEAR(static_cast<double>(run.ended(Outcome::client_error)), 0.07 * n,
              4 * std::sqrt(0.07 * 0.93 * n) + 50);
}

TEST(RequestPath, SlowRepliesAffectTheirUsers) {
  ServiceProfile service = one_endpoint(100, constant(20ms));
  service.latency_objective = 19ms;
  PathUnderTest run(service);
  run.begin(1000, 0);
  run.run_to(70s);
  const TrafficFact& fact = run.traffic.facts[60];
  EXPECT_EQ(fact.slow, count(fact, Outcome::ok));
  EXPECT_EQ(fact.users_affected, fact.users_seen);
  EXPECT_GT(fact.users_seen, 50u);
  EXPECT_EQ(fact.users_seen_minute, 100u);
  EXPECT_EQ(fact.users_affected_minute, 100u);
}

TEST(RequestPath, ServiceTimesStretchWithTheImagesFactor) {
  PathUnderTest run(one_endpoint(10, constant(20ms)));
  const ServerId server = run.path.add_server(0, {"pod", 100, 10, 2.5, 0});
  run.path.set_endpoints(0, {server});
  run.path.start();
  run.run_to(50s);
  const ServerCounters& counters = run.path.counters(server);
  EXPECT_NEAR(counters.latency_sum[0] / static_cast<double>(counters.replies[0][0]), 0.05, 1e-9);
  EXPECT_EQ(counters.latency[0][3], counters.replies[0][0]) << "le=0.05 includes its bound";
}

TEST(RequestPath, EndpointsGetTheirShares) {
  ServiceProfile service = one_endpoint(300, constant(10ms));
  service.endpoints[0].share = 0.5;
  service.endpoints.push_back({"GET", "/never", "none", 0, constant(10ms), 0});
  service.endpoints.push_back({"POST", "/tasks", "create", 1.5, constant(30ms), 0});
  PathUnderTest run(service);
  const ServerId server = run.begin(1000, 0);
  run.run_to(100s);
  const auto& replies = run.path.counters(server).replies;
  EXPECT_NEAR(static_cast<double>(replies[0][0]), 7'500, 5 * std::sqrt(7'500));
  EXPECT_EQ(replies[1][0], 0u);
  EXPECT_NEAR(static_cast<double>(replies[2][0]), 22'500, 5 * std::sqrt(22'500));
  ASSERT_EQ(run.traffic.facts[9].endpoints.size(), 2u) << "endpoints without traffic are left out";
  EXPECT_EQ(run.traffic.facts[9].endpoints[1].endpoint, "POST /tasks");
  EXPECT_EQ(run.traffic.facts[9].endpoints[1].feature, "create");
}

TEST(RequestPath, TheBalancerDoesNotLookAtTheEndpoint) {
  ServiceProfile service = one_endpoint(400, constant(10ms));
  service.endpoints.push_back({"POST", "/tasks", "create", 1, constant(10ms), 0});
  PathUnderTest run(service);
  const std::vector<ServerId> pods{run.add(1000, 0), run.add(1000, 0)};
  run.path.set_endpoints(0, pods);
  run.path.start();
  run.run_to(100s);
  for (ServerId pod : pods) {
    for (const auto& replies : run.path.counters(pod).replies) {
      EXPECT_NEAR(static_cast<double>(replies[0]), 10'000, 5 * std::sqrt(10'000));
    }
  }
}

// What a responder does must not change anybody's luck: after the dust has settled, a run in which a pod was
// killed is the same, request by request, as the run in which it was not.
TEST(RequestPath, KillingAServerChangesNoLaterArrivalAndNoLaterServiceTime) {
  ServiceProfile service = one_endpoint(100, {ServiceTime::Kind::lognormal, 200ms, 0.6});
  service.endpoints[0].client_error_probability = 0.05;
  auto run_with = [&](bool kill) {
    PathUnderTest run(service, 11);
    const ServerId a = run.add(1000, 0), b = run.add(1000, 0);
    run.path.set_endpoints(0, {a, b});
    run.path.start();
    run.run_to(10s);
    if (kill) run.path.kill_server(a);
    if (kill) run.path.set_endpoints(0, {b});
    run.run_to(80s);
    return run.traffic.facts;
  };
  const auto calm = run_with(false), hurt = run_with(true);
  EXPECT_GT(count(hurt[10], Outcome::reset), 0u);
  for (std::size_t i = 0; i < calm.size(); ++i) EXPECT_EQ(calm[i].arrivals, hurt[i].arrivals);
  for (std::size_t i = 20; i < calm.size(); ++i) {  // 10 s are longer than any service time here
    EXPECT_EQ(calm[i].latency.sparse(), hurt[i].latency.sparse());
    EXPECT_EQ(calm[i].users_seen, hurt[i].users_seen);
    ASSERT_EQ(calm[i].endpoints.size(), hurt[i].endpoints.size());
    EXPECT_EQ(calm[i].endpoints[0].outcomes, hurt[i].endpoints[0].outcomes);
  }
}

// The time of every event of a run, in one number. It must not depend on compiler, optimisation or libm; it
// changes only with the model, and then model_version rises with it.
TEST(RequestPath, EveryBuildRunsTheSameRun) {
  ServiceProfile service = one_endpoint(100, {ServiceTime::Kind::lognormal, 60ms, 0.7});
  service.endpoints.push_back(
      {"POST", "/tasks", "create", 0.5, {ServiceTime::Kind::exponential, 90ms, 0}, 0.1});
  service.traffic.deadline = 400ms;
  PathUnderTest run(service, 42);
  const ServerId server = run.begin(8, 30);
  run.run_to(120s);
  run.path.kill_server(server);
  run.run_to(125s);
  EXPECT_EQ(run.engine.fingerprint().hex(), "bc3fb1c4135527ef");
}

TEST(RequestPath, TheSameSeedGivesTheSameRunAndAnotherSeedAnother) {
  auto latencies = [](std::uint64_t seed) {
    PathUnderTest run(one_endpoint(100, {ServiceTime::Kind::lognormal, 50ms, 0.6}), seed);
    run.begin(4, 10);
    run.run_to(5s);
    return run.traffic.facts[4].latency.sparse();
  };
  EXPECT_EQ(latencies(5), latencies(5));
  EXPECT_NE(latencies(5), latencies(6));
}

}  // namespace
}  // namespace muster
