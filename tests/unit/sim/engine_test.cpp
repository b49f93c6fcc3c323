#include "sim/engine.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "sim/random.hpp"

namespace muster {
namespace {

TEST(Engine, RunsToATimeAndRestsThere) {
  Engine engine;
  std::vector<std::int64_t> log;
  for (const SimDuration at : {30s, 10s, 20s})
    engine.schedule(sim_start + at, Lane::model,
                    [&engine, &log] { log.push_back(nanoseconds_of(engine.now()) / 1'000'000'000); });
  EXPECT_EQ(engine.run_until(sim_start + 20s), StopReason::reached_time);
  EXPECT_EQ(log, (std::vector<std::int64_t>{10, 20}));
  EXPECT_EQ(engine.now(), sim_start + 20s);
  EXPECT_EQ(engine.events_pending(), 1u);
  EXPECT_EQ(engine.run_until(sim_start + 1min), StopReason::queue_empty);
  EXPECT_EQ(log.size(), 3u);
  EXPECT_EQ(engine.now(), sim_start + 1min);
  EXPECT_EQ(engine.events_executed(), 3u);
}

TEST(Engine, UntilNothingIsLeftTimeStaysAtTheLastEvent) {
  Engine engine;
  engine.schedule_in(5s, Lane::model, [] {});
  EXPECT_EQ(engine.run_until(sim_never), StopReason::queue_empty);
  EXPECT_EQ(engine.now(), sim_start + 5s);
}

TEST(Engine, AnEventMayScheduleAtItsOwnInstant) {
  Engine engine;
  std::vector<int> log;
  engine.schedule_in(1s, Lane::model, [&] {
    log.push_back(1);
    engine.schedule_in(0s, Lane::observe, [&log] { log.push_back(3); });
    engine.schedule_in(0s, Lane::model, [&log] { log.push_back(2); });
  });
  engine.run_until(sim_start + 1s);
  EXPECT_EQ(log, (std::vector<int>{1, 2, 3}));
}

TEST(Engine, StopsWhenAskedAndGoesOnAfterwards) {
  Engine engine;
  int fired = 0;
  for (int i = 1; i <= 3; ++i)
    engine.schedule_in(i * 1s, Lane::model, [&engine, &fired] {
      if (++fired == 2) engine.stop();
    });
  EXPECT_EQ(engine.run_until(sim_start + 1h), StopReason::stopped);
  EXPECT_EQ(fired, 2);
  EXPECT_EQ(engine.now(), sim_start + 2s);
  EXPECT_EQ(engine.run_until(sim_start + 1h), StopReason::queue_empty);
  EXPECT_EQ(fired, 3);
}

TEST(Engine, TheEventLimitEndsARunawayModel) {
  struct Storm {
    Engine* engine;
    void operator()() const { engine->schedule_in(0s, Lane::model, Storm{engine}); }
  };
  Engine engine(Limits{1000, 10});
  engine.schedule_in(1s, Lane::model, Storm{&engine});
  EXPECT_EQ(engine.run_until(sim_start + 1h), StopReason::event_limit);
  EXPECT_EQ(engine.events_executed(), 1000u);
  EXPECT_EQ(engine.now(), sim_start + 1s);
  EXPECT_STREQ(to_string(StopReason::event_limit), "event limit");
}

TEST(EngineDeathTest, BrokenModelsAreStopped) {
  Engine engine(Limits{1000, 2});
  engine.run_until(sim_start + 10s);
  EXPECT_DEATH(engine.schedule(sim_start + 9s, Lane::model, [] {}), "in the past");
  engine.schedule_in(1s, Lane::model, [] {});
  engine.schedule_in(1s, Lane::model, [] {});
  EXPECT_DEATH(engine.schedule_in(1s, Lane::model, [] {}), "more events are pending");
}

/// A small random model: every event schedules, sometimes cancels.
std::uint64_t fingerprint_of_model(std::uint64_t seed, bool with_requests) {
  struct Model {
    Engine engine;
    RandomStream random;
    EventId last{};
    void fire() {
      engine.cancel(last);
      for (int i = 0; i < 2 && engine.events_pending() < 100; ++i) {
        const SimDuration delay{static_cast<std::int64_t>(below(random.next(), 1'000'000'000))};
        last = engine.schedule_in(delay, Lane::model, [this] { fire(); });
      }
      engine.schedule_in(1ms, Lane::model, [] {});
    }
  };
  Model model{Engine{}, RandomStream(seed, "test", "model")};
  model.engine.schedule_in(0s, Lane::model, [&model] { model.fire(); });
  for (int i = 0; with_requests && i < 50; ++i) model.engine.schedule_in(i * 10ms, Lane::request, [] {});
  model.engine.run_until(sim_start + 1s);
  return model.engine.fingerprint().value();
}

TEST(Engine, EqualRunsHaveEqualFingerprints) {
  EXPECT_EQ(fingerprint_of_model(1, false), fingerprint_of_model(1, false));
  EXPECT_NE(fingerprint_of_model(1, false), fingerprint_of_model(2, false));
  EXPECT_EQ(fingerprint_of_model(1, false), fingerprint_of_model(1, true)) << "requests must not count";
}

}  // namespace
}  // namespace muster
