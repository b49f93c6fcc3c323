#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/unit/scoring/drill_builder.hpp"

namespace muster {
namespace {

const std::string level = R"({"name":"P0","respondWithin":"15m","clauses":[{"text":"down","outage":true}]})";

std::string with(const std::string& more) {
  return "{\"severity\":[" + level + "]" + (more.empty() ? "" : "," + more) + "}";
}

TEST(RubricJson, DefaultsHold) {
  const Result<Rubric> rubric = parse_rubric(with(""));
  ASSERT_TRUE(rubric) << rubric.error().text();
  EXPECT_EQ(rubric->evaluation_window, 60s);
  EXPECT_EQ(rubric->error_share_max, 0.01);
  EXPECT_EQ(rubric->p95_max, 500ms);
  EXPECT_EQ(rubric->restored_window, 15min);
  EXPECT_EQ(rubric->weights.at("process"), 30);
  EXPECT_THAT(rubric->gates, testing::ElementsAre("restored", "noDataLost", "noPrematureClose"));
  EXPECT_EQ(rubric->severity.at(0).update_every, 0s);
  EXPECT_EQ(rubric->severity.at(0).respond_within, 15min);
  EXPECT_EQ(rubric->severity.at(0).clauses.at(0).outage, true);
  EXPECT_FALSE(rubric->severity.at(0).clauses.at(0).error_ratio_above);
}

TEST(RubricJson, EveryKeyArrives) {
  const Result<Rubric> rubric = parse_rubric(with(
      R"("evaluationWindow":"30s","gaps":"as P2","errorShareMax":0.02,"p95Max":"1s","restoredWindow":"5m",
      "availabilityObjective":0.99,"criticalFeatures":["a"],"featureFailingAbove":0.4,
      "weights":{"outcome":100},"gates":["no_data_lost","declared"],"hypothesisMatches":["x"])"));
  ASSERT_TRUE(rubric) << rubric.error().text();
  EXPECT_EQ(rubric->evaluation_window, 30s);
  EXPECT_EQ(rubric->gaps, "as P2");
  EXPECT_EQ(rubric->error_share_max, 0.02);
  EXPECT_EQ(rubric->p95_max, 1s);
  EXPECT_EQ(rubric->restored_window, 5min);
  EXPECT_EQ(rubric->availability_objective, 0.99);
  EXPECT_EQ(rubric->critical_features.at(0), "a");
  EXPECT_EQ(rubric->feature_failing_above, 0.4);
  EXPECT_EQ(rubric->weights.count("craft"), 0u);
  EXPECT_THAT(rubric->gates, testing::ElementsAre("noDataLost", "declared"));
  EXPECT_EQ(rubric->hypothesis_matches.at(0), "x");
}

TEST(RubricJson, ErrorsNameThePlaceAndTheNearestWord) {
  struct Case {
    std::string json, where, message;
  };
  const Case cases[] = {
      {"{", "", "rubric: this is not JSON"},
      {"[]", "", "rubric: expected an object"},
      {"{}", "/severity", "rubric: expected a list of severity levels, most severe first"},
      {with("\"p95max\":\"1s\""), "/p95max", "rubric: unknown key \"p95max\"; did you mean \"p95Max\"?"},
      {with("\"p95Max\":500"), "/p95Max", "rubric: expected a duration such as \"15m\""},
      {with("\"p95Max\":\"0s\""), "/p95Max", "rubric: expected a duration above zero"},
      {with("\"errorShareMax\":2"), "/errorShareMax", "rubric: expected a number from 0 to 1"},
      {with("\"errorShareMax\":\"1%\""), "/errorShareMax", "rubric: expected a number"},
      {with("\"gates\":[\"restord\"]"), "/gates/0",
       "rubric: unknown gate \"restord\"; did you mean \"restored\"?"},
      {with("\"weights\":{\"outcom\":1}"), "/weights/outcom",
       "rubric: unknown group \"outcom\"; did you mean \"outcome\"?"},
      {with("\"weights\":{\"outcome\":0}"), "/weights", "rubric: at least one weight must be above 0"},
      {with("\"criticalFeatures\":[1]"), "/criticalFeatures/0", "rubric: expected a text"},
      {R"({"severity":[{"name":"P0","respondWithin":"15m","clauses":[{"text":"x","errorRatioAbov":0.1}]}]})",
       "/severity/0/clauses/0/errorRatioAbov",
       "rubric: unknown key \"errorRatioAbov\"; did you mean \"errorRatioAbove\"?"},
      {R"({"severity":[{"name":"P0","respondWithin":"15m","clauses":[{"text":"x"}]}]})",
       "/severity/0/clauses/0", "rubric: a clause needs a condition, such as \"errorRatioAbove\""},
      {R"({"severity":[{"name":"P0","respondWithin":"15m","clauses":[]}]})", "/severity/0",
       "rubric: a severity level needs \"clauses\""},
      {R"({"severity":[{"respondWithin":"15m","clauses":[{"text":"x","outage":true}]}]})", "/severity/0",
       "rubric: a severity level needs a \"name\""},
      {R"({"severity":[{"name":"P0","clauses":[{"text":"x","outage":true}]}]})", "/severity/0",
       "rubric: a severity level needs \"respondWithin\""},
      {"{\"severity\":[" + level + "," + level + "]}", "/severity/1", "rubric: there are two levels \"P0\""},
  };
  for (const Case& c : cases) {
    const Result<Rubric> rubric = parse_rubric(c.json);
    ASSERT_FALSE(rubric) << c.json;
    EXPECT_EQ(rubric.error().where, c.where) << c.json;
    EXPECT_EQ(rubric.error().message, c.message) << c.json;
  }
}

TEST(RubricJson, EveryKeyIsDocumented) {
  std::ifstream file(std::string(MUSTER_SOURCE_DIR) + "/docs/rubric.md");
  std::stringstream page;
  page << file.rdbuf();
  for (const RubricKey& key : rubric_keys())
    EXPECT_THAT(page.str(), testing::HasSubstr("`" + std::string(key.key) + "`"));
  for (const std::string& gate : gate_names()) EXPECT_THAT(page.str(), testing::HasSubstr("`" + gate + "`"));
}

}  // namespace
}  // namespace muster
