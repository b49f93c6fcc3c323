// A third-party provider and its status page.
#include "cluster_model/provider/provider.hpp"

#include <gmock/gmock.h>

#include <map>

namespace muster {
namespace {

using testing::HasSubstr;

ProviderProfile two_vendors() {
  ProviderProfile profile;
  profile.name = "llm";
  profile.sides.resize(2);
  profile.sides[0].name = "vendor";
  profile.sides[0].keys = {"key-1", "key-2"};
  profile.sides[1].name = "backup";
  profile.sides[1].requests_per_second = 10;
  profile.sides[1].burst = 1;
  profile.sides[1].warm_up = 100s;
  profile.sides[1].cold_share = 0.2;
  profile.operations = {{"complete", {ServiceTime::Kind::deterministic, 300ms, 0}}};
  return profile;
}

struct ProviderUnderTest : CallSink {
  explicit ProviderUnderTest(const ProviderProfile& profile) : provider(engine, profile, 1, *this) {}
  void finish(CallToken token, CallReply reply) override { ended[token] = {reply, engine.now()}; }
  ServerId start(std::uint32_t index, const StringMap& environment) {
    ServerSpec spec;
    spec.environment = std::make_shared<const StringMap>(environment);
    provider.server_started({index, 0}, spec);
    return {index, 0};
  }
  CallToken call(ServerId server, std::uint64_t luck = 1) {
    provider.begin(++calls, {server, 0, 0, luck});
    return calls;
  }
  void run_to(SimDuration at) {
    engine.run_until(SimTime{at});
    provider.check_invariants();
  }
  Engine engine;
  CallToken calls = 0;
  std::map<CallToken, std::pair<CallReply, SimTime>> ended;
  Provider provider;
};

TEST(Provider, AnswersAfterItsLatency) {
  ProviderUnderTest test(two_vendors());
  const CallToken call = test.call(test.start(0, {{"PROVIDER_API_KEY", "key-1"}}));
  test.run_to(1s);
  EXPECT_EQ(test.ended[call].first.result, CallResult::ok);
  EXPECT_EQ(test.ended[call].second, SimTime{320ms});
}

TEST(Provider, ARevokedKeyIsUnauthorized) {
  ProviderUnderTest test(two_vendors());
  const ServerId server = test.start(0, {{"PROVIDER_API_KEY", "key-1"}});
  test.provider.revoke(0, "key-1");
  test.provider.revoke(0, "key-2");
  const CallToken call = test.call(server);
  test.run_to(1s);
  EXPECT_EQ(test.ended[call].first.result, CallResult::failed);
  EXPECT_THAT(test.provider.text(test.ended[call].first.code), HasSubstr("401"));
}

TEST(Provider, SilenceLastsUntilTheKernelGivesUpOrTheCallerDoes) {
  ProviderUnderTest test(two_vendors());
  const ServerId server = test.start(0, {{"PROVIDER_API_KEY", "key-1"}});
  ProviderCondition condition;
  condition.down = ProviderCondition::Down::silent;
  test.provider.set_condition(0, condition);
  const CallToken patient = test.call(server), impatient = test.call(server);
  test.run_to(5s);
  test.provider.abandon(impatient);
  test.run_to(200s);
  EXPECT_EQ(test.ended[patient].second, SimTime{127s});
  EXPECT_EQ(test.ended.count(impatient), 0u);
}

// The backup serves a fifth of its limit when cold: 2 per second, and 10 after 100 s.
TEST(Provider, TheBackupStartsColdAndHasALimitOfItsOwn) {
  ProviderUnderTest test(two_vendors());
  const ServerId server = test.start(0, {{"PROVIDER", "backup"}});
  const auto served = [&](SimDuration from) {
    const std::uint64_t before = test.provider.counters(1).ok;
    for (int i = 0; i < 200; ++i) {
      test.run_to(from + i * 50ms);
      test.call(server);
    }
    test.run_to(from + 11s);
    return test.provider.counters(1).ok - before;
  };
  EXPECT_NEAR(static_cast<double>(served(1s)), 24, 3);
  EXPECT_NEAR(static_cast<double>(served(120s)), 100, 3);
  EXPECT_GT(test.provider.counters(1).throttled, 0u);
}

TEST(Provider, ErrorsComeInTheirShare) {
  ProviderUnderTest test(two_vendors());
  const ServerId server = test.start(0, {{"PROVIDER_API_KEY", "key-1"}});
  ProviderCondition condition;
  condition.errors = 0.3;
  test.provider.set_condition(0, condition);
  for (std::uint64_t i = 0; i < 2000; ++i) test.call(server, i * 0x9E3779B97F4A7C15u);
  test.run_to(1s);
  EXPECT_NEAR(static_cast<double>(test.provider.counters(0).errors), 600, 70);
}

TEST(Provider, ItsStatusPageIsTenToThirtyMinutesLate) {
  ProviderUnderTest test(two_vendors());
  ProviderCondition condition;
  condition.down = ProviderCondition::Down::refuses;
  test.run_to(60s);
  test.provider.set_condition(0, condition);
  test.run_to(60s + 599s);
  EXPECT_EQ(test.provider.status_page()[0].status, "operational");
  test.run_to(60s + 1800s);
  EXPECT_EQ(test.provider.status_page()[0].status, "major_outage");
  EXPECT_EQ(test.provider.status_page()[1].status, "operational");
  test.provider.set_condition(0, {});
  EXPECT_EQ(test.provider.status_page()[0].status, "major_outage") << "the good news are late too";
}

}  // namespace
}  // namespace muster
