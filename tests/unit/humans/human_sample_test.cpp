// The shipped profile of an engineer on call, played on many seeds of bad-deploy: is it as quick, as often
// wrong, and as dependent on its runbook as it claims to be? MUSTER_SEEDS (default 100; 1,000 in the long
// test).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "drill/host.hpp"
#include "responders/human/human_responder.hpp"

namespace muster::test {
namespace {

const std::string root = MUSTER_SOURCE_DIR;

std::string text_of(const std::string& path) {
  std::ifstream in(root + "/" + path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

int seeds() {
  const char* given = std::getenv("MUSTER_SEEDS");
  int count = 100;
  if (given != nullptr) std::from_chars(given, given + std::string_view(given).size(), count);
  return count;
}

HumanPlan shipped_plan() {
  HumanPlan plan;
  plan.profile =
      read_human_profile(text_of("responders/library/profiles/oncall.yaml"), "oncall.yaml").value();
  plan.runbook = read_runbook(text_of("scenarios/systems/autonomous-dev/runbook.md"), "runbook.md");
  plan.name = "human:oncall.yaml";
  return plan;
}

/// When users last failed.
class Watcher final : public FactSink {
 public:
  void record(SimTime at, Fact fact) override {
    if (const auto* traffic = std::get_if<TrafficFact>(&fact)) {
      const std::uint64_t ended = traffic->ended();
      if (ended > 0 && static_cast<double>(traffic->failed()) > 0.05 * static_cast<double>(ended))
        last_bad_ = at;
    }
  }
  SimTime last_bad() const { return last_bad_; }

 private:
  SimTime last_bad_{};
};

struct Outcome {
  double minutes = 1e9;  ///< from the first failures to the last, if service came back at all
  bool wrong_turn = false;
};

/// A drill, and the causes of the profile that are no wrong turn in it.
struct OtherDrill {
  const char *scenario, *right;
};

/// Hands everything on, and keeps what was told.
class ListeningHost final : public ResponderHost {
 public:
  explicit ListeningHost(DrillHost& host) : host_(host) {}
  SimTime now() const override { return host_.now(); }
  Epoch epoch() const override { return host_.epoch(); }
  Answer submit(Request request) override { return host_.submit(std::move(request)); }
  void tell(ResponderFact fact) override {
    if (fact.change == ResponderChange::step && fact.text.starts_with("believes "))
      beliefs.push_back(fact.text);
    if (fact.change == ResponderChange::finished) finished = true;
  }
  void resume_at(SimTime at, std::coroutine_handle<> waiting) override { host_.resume_at(at, waiting); }
  void resume_when_ready(std::shared_ptr<Stream> stream, SimTime deadline,
                         std::coroutine_handle<> waiting) override {
    host_.resume_when_ready(std::move(stream), deadline, waiting);
  }
  void resume_on_page(std::uint64_t* page, std::coroutine_handle<> waiting) override {
    host_.resume_on_page(page, waiting);
  }
  RandomStream random(std::string_view entity, std::string_view purpose) const override {
    return host_.random(entity, purpose);
  }
  std::vector<std::string> beliefs;
  bool finished = false;

 private:
  DrillHost& host_;
};

Outcome play(const Scenario& scenario, const HumanPlan& plan, std::uint64_t seed,
             const std::string& right = "bad-release") {
  JournalWriter journal([](std::string_view) { return Result<void>(); }, Header{});
  Watcher watcher;
  Simulation simulation(scenario, seed, watcher, Simulation::Kind::drill);
  DrillHost drill(simulation, journal);
  ListeningHost host(drill);
  HumanResponder person("responder-1", plan);
  Task<void> playing = person.play(host);
  playing.start();
  for (SimTime at = sim_start + 1min; at <= scenario.horizon && !host.finished; at += 1min)
    simulation.engine().run_until(at);
  Outcome outcome;
  const bool served = watcher.last_bad() < simulation.now() - 5min;
  if (served) outcome.minutes = seconds_of(watcher.last_bad() - (sim_start + 10min)) / 60;
  outcome.wrong_turn = !host.beliefs.empty() && !host.beliefs.front().starts_with("believes " + right);
  return outcome;
}

std::vector<Outcome> play_all(const HumanPlan& plan, int count,
                              const OtherDrill& drill = {"bad-deploy", "bad-release"}) {
  const Scenario scenario = load_scenario(root + "/scenarios/library/" + drill.scenario + ".yaml").value();
  std::vector<Outcome> outcomes;
  for (int seed = 1; seed <= count; ++seed)
    outcomes.push_back(play(scenario, plan, static_cast<std::uint64_t>(seed), drill.right));
  return outcomes;
}

double quantile(const std::vector<Outcome>& outcomes, double share) {
  std::vector<double> minutes;
  for (const Outcome& outcome : outcomes) minutes.push_back(outcome.minutes);
  std::sort(minutes.begin(), minutes.end());
  return minutes[static_cast<std::size_t>(share * static_cast<double>(minutes.size() - 1))];
}

double wrong_turns(const std::vector<Outcome>& outcomes) {
  const auto wrong =
      std::count_if(outcomes.begin(), outcomes.end(), [](const Outcome& o) { return o.wrong_turn; });
  return static_cast<double>(wrong) / static_cast<double>(outcomes.size());
}

const std::vector<Outcome>& ordinary() {
  static const std::vector<Outcome> outcomes = play_all(shipped_plan(), seeds());
  return outcomes;
}

/// As many seeds as the comparisons look at, and no more: they are paired.
int compared() {
  return std::clamp(seeds() / 4, 20, 100);
}
std::vector<Outcome> first(const std::vector<Outcome>& outcomes, int count) {
  return {outcomes.begin(), outcomes.begin() + std::min<std::ptrdiff_t>(count, std::ssize(outcomes))};
}

// Seed runbook's own post-mortem: 30 minutes; Cloudflare 2019-07-02 and Stripe 2019-07-10: about 25;
// PagerDuty 2022: 20.
TEST(HumanSample, MedianMitigationOfABadRelease) {
  const double median = quantile(ordinary(), 0.5);
  RecordProperty("median_minutes", std::to_string(median));
  std::printf("median %.1f min, p10 %.1f, p90 %.1f, wrong turns %.0f %% of %zu\n", median,
              quantile(ordinary(), 0.1), quantile(ordinary(), 0.9), 100 * wrong_turns(ordinary()),
              ordinary().size());
  EXPECT_GE(median, 15);
  EXPECT_LE(median, 45);
}

TEST(HumanSample, WrongTurns) {
  EXPECT_GE(wrong_turns(ordinary()), 0.15);
  EXPECT_LE(wrong_turns(ordinary()), 0.30);
}

// The same luck, five minutes later: nothing else may change but what monitoring shows meanwhile.
TEST(HumanSample, ADelayedAlertMovesTheMedianByItsDelay) {
  HumanPlan plan = shipped_plan();
  plan.profile.pager_delay = 5min;
  const double before = quantile(first(ordinary(), compared()), 0.5);
  const double after = quantile(play_all(plan, compared()), 0.5);
  EXPECT_NEAR(after - before, 5, 1);
}

TEST(HumanSample, WithoutTheSectionItNeedsItIsSlower) {
  HumanPlan plan = shipped_plan();
  std::erase_if(plan.runbook.sections, [](const RunbookSection& section) {
    return matching_form(section.title).find("roll back") != std::string::npos;
  });
  const double before = quantile(first(ordinary(), compared()), 0.5);
  const double after = quantile(play_all(plan, compared()), 0.5);
  std::printf("median with the section %.1f min, without %.1f\n", before, after);
  EXPECT_GT(after, before + 5);
}

// What is not over within the drill's time, as a share. A wrong turn that restarts must not be the end: the
// revision before is then the same bad image.
TEST(HumanSample, MostGetThere) {
  const auto lost =
      std::count_if(ordinary().begin(), ordinary().end(), [](const Outcome& o) { return o.minutes > 1e8; });
  std::printf("not over in the time that is left: %zd of %zu\n", static_cast<std::ptrdiff_t>(lost),
              ordinary().size());
  EXPECT_LE(static_cast<double>(lost), 0.12 * static_cast<double>(ordinary().size()));
}

// No band is asked of these: what the profile does is printed for docs/people.md. MUSTER_OTHER_DRILLS says on
// how many seeds each.
TEST(HumanSample, OtherDrills) {
  const char* given = std::getenv("MUSTER_OTHER_DRILLS");
  if (given == nullptr) GTEST_SKIP() << "skipped: MUSTER_OTHER_DRILLS gives no number of seeds";
  const int count = std::max(1, std::atoi(given));
  for (const OtherDrill& drill :
       {OtherDrill{"bad-config", "bad-config"}, OtherDrill{"database-outage", "database"},
        OtherDrill{"slow-queries", "slow-queries"}}) {
    const std::vector<Outcome> outcomes = play_all(shipped_plan(), count, drill);
    const auto over =
        std::count_if(outcomes.begin(), outcomes.end(), [](const Outcome& o) { return o.minutes < 1e8; });
    std::printf("%s: median %.1f min, p10 %.1f, over for %zd of %d, first belief wrong in %.0f %%\n",
                drill.scenario, quantile(outcomes, 0.5), quantile(outcomes, 0.1),
                static_cast<std::ptrdiff_t>(over), count, 100 * wrong_turns(outcomes));
  }
}

}  // namespace
}  // namespace muster::test
