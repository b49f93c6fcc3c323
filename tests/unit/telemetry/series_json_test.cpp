#include "telemetry/series_json.hpp"

#include <gmock/gmock.h>

#include <cmath>

namespace muster {
namespace {

TEST(SeriesJson, ReadsValuesAndStalenessMarkers) {
  SeriesStore store;
  const auto read = read_series_json(
      R"([{"labels":{"__name__":"a","z":"","b":"c"},"samples":[[-5,"-1.5"],[0,"NaN"],[7,"+Inf"],[8,"stale"]]},
          {"labels":{},"samples":[]}])",
      "x.json", store);
  ASSERT_TRUE(read) << read.error().text();
  ASSERT_EQ(store.series_count(), 2u);
  EXPECT_EQ(store.labels(0), (Labels{{"__name__", "a"}, {"b", "c"}}));
  const auto& samples = store.samples(0);
  ASSERT_EQ(samples.size(), 4u);
  EXPECT_EQ(samples[0].at_ms, -5);
  EXPECT_EQ(samples[0].value, -1.5);
  EXPECT_TRUE(std::isnan(samples[1].value) && !is_stale_marker(samples[1].value));
  EXPECT_TRUE(std::isinf(samples[2].value));
  EXPECT_TRUE(is_stale_marker(samples[3].value));
}

TEST(SeriesJson, SaysWhichSampleIsWrong) {
  const std::pair<const char*, const char*> cases[] = {
      {"{", "x.json: expected a JSON list of series"},
      {"{}", "x.json: expected a JSON list of series"},
      {"[1]", R"(x.json: series 0: expected "labels": a map of texts)"},
      {R"([{"labels":{"a":1}}])", R"(x.json: series 0: expected "labels": a map of texts)"},
      {R"([{"labels":{"a":"b"}}])", R"(x.json: series 0: expected "samples": a list)"},
      {R"([{"labels":{},"samples":[]},{"labels":{},"samples":[]}])",
       "x.json: series 1: these labels stand there twice"},
      {R"([{"labels":{},"samples":[[1,"1"],[1,"2"]]}])",
       "x.json: series 0, sample 1: samples must be in order of time"},
      {R"([{"labels":{},"samples":[[1.5,"1"]]}])",
       R"(x.json: series 0, sample 0: expected [UNIX_MS, "VALUE"])"},
      {R"([{"labels":{},"samples":[[1,2]]}])",
       R"(x.json: series 0, sample 0: expected a number in quotes, "NaN", "+Inf", "-Inf" or "stale")"}};
  for (const auto& [text, message] : cases) {
    SeriesStore store;
    const auto read = read_series_json(text, "x.json", store);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().text(), message);
  }
}

}  // namespace
}  // namespace muster
