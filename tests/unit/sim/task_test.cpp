#include "sim/task.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "sim/engine.hpp"

namespace muster {
namespace {

struct Sleep {
  Engine& engine;
  SimDuration time;
  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<> waiting) const {
    engine.schedule_in(time, Lane::model, [waiting] { waiting.resume(); });
  }
  void await_resume() const {}
};

Task<int> doubled(Engine& engine, int value) {
  co_await Sleep{engine, 2s};
  co_return 2 * value;
}

Task<void> script(Engine& engine, std::vector<std::int64_t>& log) {
  log.push_back(nanoseconds_of(engine.now()));
  const int value = co_await doubled(engine, 21);
  log.push_back(nanoseconds_of(engine.now()));
  log.push_back(value);
}

TEST(Task, WaitsInVirtualTime) {
  Engine engine;
  std::vector<std::int64_t> log;
  Task<void> task = script(engine, log);
  EXPECT_TRUE(log.empty());
  task.start();
  EXPECT_FALSE(task.done());
  engine.run_until(sim_start + 1min);
  EXPECT_TRUE(task.done());
  EXPECT_EQ(log, (std::vector<std::int64_t>{0, 2'000'000'000, 42}));
}

}  // namespace
}  // namespace muster
