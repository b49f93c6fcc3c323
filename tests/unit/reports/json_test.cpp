#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/reports.hpp"
#include "tests/unit/reports/sample.hpp"

namespace muster {
namespace {

using Json = nlohmann::ordered_json;

TEST(ReportJson, HasTheKeysPeopleRelyOn) {
  const Sample sample = sample_drill();
  const std::string text = report_json(sample.card);
  EXPECT_EQ(text, report_json(sample.card));
  EXPECT_EQ(text.back(), '\n');
  const Json json = Json::parse(text);
  EXPECT_EQ(json["schemaVersion"], 1);
  EXPECT_EQ(json["scenario"], "bad-deploy");
  EXPECT_EQ(json["seed"], 42);
  EXPECT_EQ(json["restored"], true);
  EXPECT_EQ(json["passed"], false);
  EXPECT_EQ(json["fingerprint"], "0123456789abcdef");
  EXPECT_EQ(json["total"], 770);
  EXPECT_EQ(json["subScores"]["process"], 900);
  EXPECT_EQ(json["seal"]["records"], sample.journal.records.size());
  EXPECT_TRUE(json["signature"].is_null());
}

TEST(ReportJson, TimestampsAreSecondsOrNull) {
  const Json times = Json::parse(report_json(sample_drill().card))["timestamps"];
  std::vector<std::string> names;
  for (const auto& [name, value] : times.items()) names.push_back(name);
  EXPECT_EQ(names,
            (std::vector<std::string>{"t0", "tI", "tP", "tD", "tK", "tN", "tC", "tH", "tM", "tR", "tX"}));
  EXPECT_EQ(times["t0"], 600.0);
  EXPECT_EQ(times["tC"], Json({1020.0, 1440.0}));
  EXPECT_TRUE(times["tH"].is_null());
}

TEST(ReportJson, MetricsAndTasks) {
  const Json json = Json::parse(report_json(sample_drill().card));
  EXPECT_EQ(json["metrics"]["time_to_detect"]["value"], 90.0);
  EXPECT_EQ(json["metrics"]["time_to_detect"]["unit"], "s");
  EXPECT_TRUE(json["metrics"]["time_to_hypothesis"]["value"].is_null());
  EXPECT_EQ(json["tasks"][1]["rating"], "S");
  EXPECT_EQ(json["tasks"][1]["deductions"][0]["points"], 200);
  EXPECT_EQ(json["tasks"][4]["rating"], "not_observed");
  EXPECT_EQ(json["gates"][2]["met"], false);
  EXPECT_EQ(json["severityTruth"][1]["severity"], "P0");
  EXPECT_TRUE(json["severityTruth"][2]["severity"].is_null());
}

TEST(ReportJson, AnEmptyDrill) {
  const Json json = Json::parse(report_json(empty_drill().card));
  EXPECT_EQ(json["metrics"], Json::object());
  EXPECT_EQ(json["tasks"], Json::array());
  EXPECT_TRUE(json["timestamps"]["t0"].is_null());
}

}  // namespace
}  // namespace muster
