// Checks on demand: at which moments they come, that a checked run is the same run, and how a breach ends.
#include "drill/invariants.hpp"

#include <gtest/gtest.h>

#include "sim/assert_context.hpp"

namespace muster {
namespace {

/// Events at irregular times, one of them at a full second.
void fill(Engine& engine) {
  for (const int ms : {100, 999, 1000, 1001, 3500})
    engine.schedule(sim_start + SimDuration(std::chrono::milliseconds(ms)), Lane::model, [] {});
}

TEST(CheckedRun, CountersBehindEveryEventAndAWalkEverySecond) {
  Engine engine;
  fill(engine);
  int events = 0;
  std::vector<std::string> walks;
  const StopReason reason = run_checked(
      engine, sim_start + 4s,
      {[&] { ++events; },
       [&] {
         walks.push_back(format_duration(engine.now().time_since_epoch()) + " " + std::to_string(events));
       }});
  EXPECT_EQ(reason, StopReason::queue_empty);
  EXPECT_EQ(events, 5);
  EXPECT_EQ(walks, (std::vector<std::string>{"1s 3", "2s 4", "3s 4", "4s 5"}));
}

TEST(CheckedRun, IsTheSameRun) {
  Engine plain, checked;
  fill(plain);
  fill(checked);
  EXPECT_EQ(plain.run_until(sim_start + 3s), StopReason::reached_time);
  EXPECT_EQ(run_checked(checked, sim_start + 3s, {[] {}, [] {}}), StopReason::reached_time);
  EXPECT_EQ(plain.fingerprint().hex(), checked.fingerprint().hex());
  EXPECT_EQ(plain.events_executed(), checked.events_executed());
  EXPECT_EQ(plain.now(), checked.now());
}

TEST(CheckedRun, EndsWhenTheEngineStops) {
  Engine engine;
  fill(engine);
  engine.schedule(sim_start + 1500ms, Lane::model, [&engine] { engine.stop(); });
  EXPECT_EQ(run_checked(engine, sim_start + 9s, {[] {}, [] {}}), StopReason::stopped);
  EXPECT_EQ(engine.now(), sim_start + 1500ms);
}

TEST(CheckedRunDeathTest, ABreachSaysWhatAndWhereAndExitsWith3) {
  Engine engine;
  fill(engine);
  const AssertContext context([&engine] { return run_position(engine, 7); });
  const auto breach = [&engine] { MUSTER_ASSERT(engine.events_executed() < 4, "a request was lost"); };
  EXPECT_EXIT(run_checked(engine, sim_start + 4s, {breach, [] {}}), testing::ExitedWithCode(3),
              "internal fault: a request was lost .*\n.*seed 7, virtual time 1.001s, event 4");
}

}  // namespace
}  // namespace muster
