// What the profile says of the request path: steps, policies, users, serving.
#include <gtest/gtest.h>

#include "scenarios/profile_file.hpp"
#include "tests/unit/scenarios/scratch_folder.hpp"

namespace muster {
namespace {

constexpr const char* full = R"(muster: 1
name: shop
services:
  - name: web
    namespace: prod
    balancing: powerOfTwo
    perConnection: true
    policies:
      - name: payments
        timeout: {env: PAY_TIMEOUT, default: 2s}
        keepAlive: 4
        retries: {count: 2, base: 50ms, factor: 3, cap: 1s, jitter: none, budget: 0.1}
        breaker: {enabled: {env: BREAKER, default: false}, window: 20, failures: 10, open: 30s, probes: 3}
        rateLimit: {rate: 100, burst: 20}
    traffic:
      requestsPerSecond: 50
      users: 200
      cancels: true
      concurrency: 80
      retries: {count: 3}
      day: {amplitude: 0.5, peak: 13h}
    endpoints:
      - path: /buy
        feature: shop
        share: 1
        when: {env: SHOP, default: true}
        steps:
          - cpu: {law: exponential, mean: 5ms}
          - cache: {name: items, share: 90%, keys: 100, steps: [{call: "stock GET /item", times: 2}]}
          - parallel:
              - call: stock GET /item
              - sequence: [{call: stock GET /item}, {call: stock GET /item}]
          - call: pay POST /charge
            policy: payments
            otherwise: [{queue: later POST /charge}]
          - choice: [{share: 30%, steps: [{work: 1ms}]}]
            when: {env: AUDIT}
  - name: stock
    namespace: prod
    traffic: {requestsPerSecond: 0, users: 1}
    endpoints: [{path: /item, feature: stock, share: 1, serviceTime: {law: erlang, phases: 3, mean: 4ms}}]
  - name: pay
    namespace: prod
    traffic:
      users: 2
      trace: |
        time,endpoint
        0.5,POST /charge
        1.25
    endpoints:
      - method: POST
        path: /charge
        feature: pay
        share: 1
        serviceTime: {law: hyperexponential, branches: [{share: 90%, mean: 50ms}, {share: 10%, mean: 550ms}]}
  - name: later
    namespace: prod
    background: true
    endpoints: [{method: POST, path: /charge, feature: pay, share: 1, serviceTime: 1s}]
apps:
  - namespace: prod
    workload: web
    workers: {env: WEB_CONCURRENCY, default: 4}
    workerKind: eventLoop
    cores: 2
    queueTimeout: 5s
    rateLimit: {rate: {env: RATE, default: 0}, burst: 10}
    memory: {baseBytes: 1000, perWorkerBytes: 200, perRequestBytes: 3, collectorCost: 0.1}
    images:
      - pattern: "*"
        leakPerRequestBytes: 10
        endpoints: [{path: /buy, serviceTimeFactor: 2, errors: 1%}]
)";

TEST(ProfilePath, ReadsPoliciesAndUsers) {
  const auto file = parse_profile(full, "p.yaml");
  ASSERT_TRUE(file) << file.error().text();
  const ServiceProfile& web = file->profile.services[0];
  EXPECT_EQ(web.balancing, Balancing::power_of_two);
  EXPECT_TRUE(web.per_connection);
  ASSERT_EQ(web.policies.size(), 1u);
  const CallPolicy& policy = web.policies[0];
  EXPECT_EQ(policy.timeout.env, "PAY_TIMEOUT");
  EXPECT_EQ(policy.timeout.value, 2);
  EXPECT_EQ(policy.retries.jitter, RetryProfile::Jitter::none);
  EXPECT_EQ(policy.retries.factor, 3);
  EXPECT_EQ(policy.breaker.enabled.value, 0);
  EXPECT_EQ(policy.breaker.window, 20);
  EXPECT_TRUE(web.traffic.cancels);
  EXPECT_EQ(web.traffic.day.peak, 13h);
  EXPECT_EQ(file->profile.services[2].traffic.trace.size(), 2u);
  EXPECT_EQ(file->profile.services[2].traffic.trace[0].endpoint, 0);
  EXPECT_EQ(file->profile.services[2].traffic.trace[1].at, 1250ms);
}

TEST(ProfilePath, ReadsStepsAndServing) {
  const auto file = parse_profile(full, "p.yaml");
  ASSERT_TRUE(file) << file.error().text();
  const std::vector<Step>& steps = file->profile.services[0].endpoints[0].steps;
  ASSERT_EQ(steps.size(), 5u);
  EXPECT_EQ(steps[0].kind, Step::Kind::cpu);
  EXPECT_EQ(steps[1].cache.share, 0.9);
  EXPECT_EQ(steps[1].steps[0].times, 2);
  EXPECT_EQ(steps[2].steps.size(), 2u);
  EXPECT_EQ(steps[3].operation, "POST /charge");
  EXPECT_EQ(steps[3].otherwise[0].kind, Step::Kind::queue);
  EXPECT_EQ(steps[4].steps[0].share, 0.3);
  const ServiceTime& mixed = file->profile.services[2].endpoints[0].service_time;
  EXPECT_EQ(mixed.mean, 100ms);
  EXPECT_TRUE(file->profile.services[3].background);
  const AppProfile& app = file->profile.apps[0];
  EXPECT_EQ(app.workers, 4);
  EXPECT_EQ(app.workers_env, "WEB_CONCURRENCY");
  EXPECT_EQ(app.worker_kind, WorkerKind::event_loop);
  EXPECT_EQ(app.queue_timeout->mean, 5s);
  EXPECT_EQ(app.memory.per_request, 3);
  EXPECT_EQ(app.images[0].endpoints[0].service_time_factor, 2);
}

TEST(ProfilePath, SaysWhatIsWrong) {
  struct Case {
    const char *from, *to, *error;
  };
  const Case cases[] = {
      {"pay POST /charge\n", "pai POST /charge\n",
       "no such service \"pai\"; expected one of web, stock, pay, later; "
       "did you mean \"pay\"?"},
      {"pay POST /charge\n", "pay POST /chrge\n",
       "service \"pay\" has no endpoint \"POST /chrge\"; expected one of POST "
       "/charge; did you mean \"POST /charge\"?"},
      {"queue: later", "call: later", "\"later\" is a background service: a call step cannot reach it"},
      {"policy: payments\n", "policy: payment\n",
       "no such policy \"payment\"; expected one of payments; did you mean "
       "\"payments\"?"},
      {"- call: stock GET /item\n", "- work: 5ms\n", "a parallel branch holds calls only"},
      {"- cpu: {law", "- cpi: {law",
       "a step without a kind; expected one of work, cpu, call, database, provider, cache, "
       "parallel, sequence, choice, queue; did you mean \"cpu\"?"},
      {"jitter: none", "jitter: some", "no such jitter \"some\"; expected one of full, none, exponential"},
      {"1.25\n", "0.25\n", "\"0.25\": the times of a trace ascend"},
      {"serviceTime: 1s", "serviceTime: 1s, steps: [{work: 1s}]",
       "an endpoint has steps or a serviceTime, not both"},
  };
  for (const Case& c : cases) {
    const auto file = parse_profile(replaced(full, c.from, c.to), "p.yaml");
    ASSERT_FALSE(file) << c.to;
    EXPECT_TRUE(file.error().text().ends_with(c.error)) << file.error().text();
  }
}

}  // namespace
}  // namespace muster
