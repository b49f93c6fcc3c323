#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "telemetry/scraper.hpp"

namespace muster {
namespace {

using Gauge = std::pair<std::string, double>;  // value of label "pod", value

ScrapeTarget target_of(const std::vector<Gauge>& gauges, bool& answers) {
  return {"app", "app:80", {{"namespace", "prod"}}, [&gauges, &answers](SampleSink& sink) {
            for (const auto& [pod, value] : gauges) sink.sample("load", {{"pod", pod}}, value);
            return answers;
          }};
}

std::string told(const SeriesStore& store, SeriesId series) {
  std::string text;
  for (const Sample& sample : store.samples(series)) {
    text += std::to_string(sample.at_ms) + "=";
    text += is_stale_marker(sample.value) ? "stale" : std::to_string(static_cast<int>(sample.value));
    text += " ";
  }
  return text;
}

std::string told(const SeriesStore& store, const std::string& metric) {
  std::string text;
  for (const SeriesId series : store.named(metric)) text += told(store, series) + "| ";
  return text;
}

TEST(Scraper, WritesUpSamplesAndMarkersOfWhatHasGone) {
  SeriesStore store;
  Scraper scraper(store);
  std::vector<Gauge> gauges = {{"a", 1}, {"b", 2}};
  bool answers = true;
  const std::vector<ScrapeTarget> targets = {target_of(gauges, answers)};
  scraper.scrape(targets, 0);
  gauges = {{"b", 3}, {"c", 4}};
  scraper.scrape(targets, 15'000);
  answers = false;
  scraper.scrape(targets, 30'000);
  scraper.scrape(targets, 45'000);
  answers = true;
  scraper.scrape(targets, 60'000);
  scraper.scrape({}, 75'000);
  scraper.scrape({}, 90'000);
  EXPECT_EQ(told(store, "up"), "0=1 15000=1 30000=0 45000=0 60000=1 75000=stale | ");
  EXPECT_EQ(told(store, "load"),
            "0=1 15000=stale | 0=2 15000=3 30000=stale 60000=3 75000=stale | "
            "15000=4 30000=stale 60000=4 75000=stale | ");
  const Labels expected = {
      {"__name__", "load"}, {"instance", "app:80"}, {"job", "app"}, {"namespace", "prod"}, {"pod", "a"}};
  EXPECT_EQ(store.labels(store.named("load")[0]), expected);
}

TEST(Scraper, ExporterLabelsWinAndEmptyOnesVanish) {
  SeriesStore store;
  Scraper scraper(store);
  scraper.scrape({{"ksm",
                   "k:1",
                   {{"namespace", "monitoring"}, {"node", ""}},
                   [](SampleSink& sink) {
                     sink.sample("kube_pod_info", {{"pod", "p"}, {"namespace", "prod"}, {"uid", ""}}, 1);
                     sink.sample("kube_pod_info", {{"pod", "p"}, {"namespace", "prod"}}, 7);  // told twice
                     return true;
                   }}},
                 1'000);
  ASSERT_EQ(store.named("kube_pod_info").size(), 1u);
  const SeriesId series = store.named("kube_pod_info")[0];
  const Labels expected = {{"__name__", "kube_pod_info"},
                           {"instance", "k:1"},
                           {"job", "ksm"},
                           {"namespace", "prod"},
                           {"pod", "p"}};
  EXPECT_EQ(store.labels(series), expected);
  EXPECT_EQ(told(store, series), "1000=1 ");
}

TEST(SeriesStore, StaleMarkerIsANaNOfItsOwn) {
  EXPECT_TRUE(std::isnan(stale_marker()));
  EXPECT_TRUE(is_stale_marker(stale_marker()));
  EXPECT_FALSE(is_stale_marker(std::nan("")));
  EXPECT_FALSE(is_stale_marker(1));
}

TEST(SeriesStore, FindsByNameAndEndsOnce) {
  SeriesStore store;
  const SeriesId a = store.intern({{"__name__", "x"}, {"l", "1"}});
  EXPECT_EQ(store.intern({{"__name__", "x"}, {"l", "1"}}), a);
  const SeriesId b = store.intern({{"__name__", "x"}, {"l", "2"}});
  EXPECT_EQ(store.named("x"), (std::vector<SeriesId>{a, b}));
  EXPECT_TRUE(store.named("y").empty());
  store.end(a, 5);  // never began
  store.append(a, 10, 1);
  store.end(a, 20);
  store.end(a, 30);
  EXPECT_EQ(told(store, a), "10=1 20=stale ");
  EXPECT_EQ(store.metric_names(), std::vector<std::string>{"x"});
}

}  // namespace
}  // namespace muster
