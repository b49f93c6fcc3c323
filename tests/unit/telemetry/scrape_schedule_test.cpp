#include "telemetry/scrape_schedule.hpp"

#include <gtest/gtest.h>

#include <set>

namespace muster {
namespace {

ScrapeTarget target(const std::string& instance) {
  return {"app", instance, {}, [](SampleSink& sink) {
            sink.sample("load", {}, 1);
            return true;
          }};
}

std::vector<std::int64_t> times_of(const SeriesStore& store, const std::string& instance) {
  std::vector<std::int64_t> times;
  for (const SeriesId id : store.having("instance", instance))
    if (store.labels(id)[0].second == "load")
      for (const Sample& sample : store.samples(id))
        times.push_back(is_stale_marker(sample.value) ? -sample.at_ms : sample.at_ms);
  return times;
}

TEST(ScrapeSchedule, EachTargetHasItsPlaceInTheInterval) {
  SeriesStore store;
  Scraper scraper(store);
  ScrapeSchedule schedule(7, 15s);
  EXPECT_EQ(schedule.next(), sim_never);
  std::vector<ScrapeTarget> targets;
  for (int i = 0; i < 40; ++i) targets.push_back(target("pod-" + std::to_string(i)));
  schedule.discover(targets, sim_start);
  while (schedule.next() < sim_start + 60s) schedule.take_due(targets, schedule.next(), scraper);
  std::set<std::int64_t> places;
  for (const ScrapeTarget& one : targets) {
    const auto times = times_of(store, one.instance);
    ASSERT_EQ(times.size(), 4u) << one.instance;
    for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(times[i], times[0] + 15'000 * static_cast<std::int64_t>(i));
    EXPECT_LT(times[0], 15'000);
    EXPECT_EQ(times[0] % 250, 0);
    places.insert(times[0]);
  }
  EXPECT_GT(places.size(), 20u) << "40 targets in 60 places";
  ScrapeSchedule same(7, 15s), other(8, 15s);
  same.discover({targets[0]}, sim_start);
  other.discover({targets[0]}, sim_start);
  EXPECT_EQ(nanoseconds_of(same.next()) / 1'000'000, times_of(store, "pod-0")[0]);
  EXPECT_NE(same.next(), other.next()) << "places come from the seed";
}

TEST(ScrapeSchedule, ATargetThatIsGoneEndsAtItsNextPlace) {
  SeriesStore store;
  Scraper scraper(store);
  ScrapeSchedule schedule(7, 15s);
  schedule.discover({target("a")}, sim_start + 100s);
  const SimTime first = schedule.next();
  EXPECT_GE(first, sim_start + 100s);
  EXPECT_LT(first, sim_start + 115s);
  schedule.take_due({target("a")}, first, scraper);
  schedule.take_due({}, first + 1s, scraper);  // not due
  schedule.take_due({}, schedule.next(), scraper);
  EXPECT_EQ(schedule.next(), sim_never);
  const std::int64_t ms = nanoseconds_of(first) / 1'000'000;
  EXPECT_EQ(times_of(store, "a"), (std::vector<std::int64_t>{ms, -(ms + 15'000)}));
}

}  // namespace
}  // namespace muster
