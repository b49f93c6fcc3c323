#include "tests/unit/runbook_defects/console_drill.hpp"

#include <gtest/gtest.h>

#include "scenarios/scenario.hpp"

namespace muster::test {
namespace {

constexpr SimDuration pause = 10s;
constexpr SimDuration step = 1s;

LineSink nowhere() {
  return [](std::string_view) { return Result<void>(); };
}

}  // namespace

ConsoleDrill::ConsoleDrill(const std::string& name)
    : ConsoleDrill(
          load_scenario(std::string(MUSTER_SOURCE_DIR) + "/scenarios/library/" + name + ".yaml").value()) {}

ConsoleDrill::ConsoleDrill(Scenario scenario)
    : scenario_(std::move(scenario)),
      journal_(nowhere(), Header{}),
      simulation_(scenario_, scenario_.seed, journal_, Simulation::Kind::drill),
      host_(simulation_, journal_),
      console_(host_, "responder-1") {}

Task<void> ConsoleDrill::play(std::vector<std::string> lines, SimTime at) {
  sleep_for waiting(host_, at - host_.now());
  co_await waiting;
  for (const std::string& line : lines) {
    const FilledText filled = fill_placeholders(line, seen);
    EXPECT_TRUE(filled.missing.empty()) << filled.text;
    const SimTime began = host_.now();
    Task<CommandResult> running = console_.run(filled.text);
    CommandResult result = co_await running;
    seen.read(result.out);
    typed_.push_back({filled.text, std::move(result), began, host_.now()});
    sleep_for resting(host_, pause);
    co_await resting;
  }
  done_ = true;
}

const std::vector<TypedLine>& ConsoleDrill::type(std::vector<std::string> lines, SimDuration at) {
  done_ = false;
  Task<void> playing = play(std::move(lines), std::max(sim_start + at, simulation_.now()));
  playing.start();
  while (!done_ && simulation_.now() < scenario_.horizon)
    simulation_.engine().run_until(simulation_.now() + step);
  EXPECT_TRUE(done_) << "the last line never ended";
  return typed_;
}

}  // namespace muster::test
