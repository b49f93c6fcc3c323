#include "api/prom/prometheus.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "telemetry/rule_file.hpp"

namespace muster {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Epoch epoch{1'700'000'000};

// Two series over ten minutes, one firing and one pending alert; asked at 10:00.123 of virtual time.
class PrometheusApi : public ::testing::Test {
 protected:
  PrometheusApi() : engine_(store_, rules(), 15s, epoch) {
    const SeriesId a = store_.intern({{"__name__", "up"}, {"job", "a"}}),
                   b = store_.intern({{"__name__", "up"}, {"job", "b"}});
    for (int s = 0; s <= 600; s += 15) {
      store_.append(a, s * 1000, 1);
      store_.append(b, s * 1000, s < 300 ? 1 : 0);
      engine_.evaluate(sim_start + s * 1s);
    }
  }
  static std::vector<RuleGroup> rules() {
    auto groups = load_rules(
        "groups:\n- name: g\n  rules:\n  - alert: Down\n    expr: up==0\n    for: 1m\n    labels: {severity: "
        "critical}\n"
        "    annotations: {summary: \"{{ $labels.job }} is down\"}\n"
        "  - alert: LongDown\n    expr: up == 0\n    for: 1h\n  - record: up:sum\n    expr: sum(up)by(job)\n",
        "rules.yml");
    return *groups;
  }
  Answer ask(const std::string& path, const std::string& verb = "GET", const std::string& body = "") const {
    return handle_prometheus({"r", verb, path, "application/x-www-form-urlencoded", body},
                             sim_start + 600'123ms, epoch, store_, engine_);
  }
  std::string data(const std::string& path) const {
    const Answer answer = ask(path);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer.body;
  }

  SeriesStore store_;
  AlertEngine engine_;
};

TEST_F(PrometheusApi, InstantQueries) {
  EXPECT_EQ(
      data("/api/v1/query?query=sum(up)"),
      R"({"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1700000600.123,"1"]}]}})");
  EXPECT_EQ(
      data("/api/v1/query?query=up%7Bjob%3D%22b%22%7D&time=1700000000"),
      R"({"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"up","job":"b"},"value":[1700000000,"1"]}]}})");
  EXPECT_EQ(data("/api/v1/query?query=1%2B1&time=4"),
            R"({"status":"success","data":{"resultType":"scalar","result":[4,"2"]}})");
  EXPECT_EQ(data("/api/v1/query?query=1e21&time=4"),
            R"({"status":"success","data":{"resultType":"scalar","result":[4,"1000000000000000000000"]}})");
  EXPECT_EQ(data("/api/v1/query?query=%22abc%22&time=4"),
            R"({"status":"success","data":{"resultType":"string","result":[4,"abc"]}})");
  EXPECT_EQ(
      data("/api/v1/query?query=up%7Bjob%3D%22b%22%7D%5B20s%5D"),
      R"({"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"up","job":"b"},"values":[[1700000585,"0"],[1700000600,"0"]]}]}})");
}

TEST_F(PrometheusApi, FormsAreReadLikeQueryStrings) {
  const Answer answer = ask("/api/v1/query", "POST", "query=sum(up+%2B+0)&time=2023-11-14T22%3A13%3A20Z");
  EXPECT_EQ(
      answer.body,
      R"({"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1700000000,"2"]}]}})");
  EXPECT_THAT(answer.clues, ElementsAre("metric/up"));
}

TEST_F(PrometheusApi, RangeQueries) {
  EXPECT_EQ(
      data("/api/v1/query_range?query=sum(up)&start=1700000270.2&end=1700000330.2&step=30"),
      R"({"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1700000270.200,"2"],[1700000300.200,"1"],[1700000330.200,"1"]]}]}})");
}

TEST_F(PrometheusApi, ErrorsHavePrometheusEnvelope) {
  struct Case {
    const char* path;
    int status;
    const char *type, *error;
  };
  const Case cases[] = {
      {"/api/v1/query", 400, "bad_data",
       "invalid parameter \"query\": 1:1: parse error: no expression found in input"},
      {"/api/v1/query?query=up(", 400, "bad_data",
       "invalid parameter \"query\": 1:4: parse error: unclosed left parenthesis"},
      {"/api/v1/query?query=up&time=abc", 400, "bad_data",
       "invalid parameter \"time\": Invalid time value for 'time': cannot parse \"abc\" to a valid "
       "timestamp"},
      {"/api/v1/query?query=topk(NaN,up)", 422, "execution", "Scalar value NaN overflows int64"},
      {"/api/v1/query_range?query=up&end=1&step=1", 400, "bad_data",
       "invalid parameter \"start\": cannot parse \"\" to a valid timestamp"},
      {"/api/v1/query_range?query=up&start=5&end=1&step=1", 400, "bad_data",
       "invalid parameter \"end\": end timestamp must not be before start time"},
      {"/api/v1/query_range?query=up&start=0&end=1", 400, "bad_data",
       "invalid parameter \"step\": cannot parse \"\" to a valid duration"},
      {"/api/v1/query_range?query=up&start=0&end=1&step=0", 400, "bad_data",
       "invalid parameter \"step\": zero or negative query resolution step widths are not accepted. Try a "
       "positive integer"},
      {"/api/v1/query_range?query=up&start=0&end=11001&step=1", 400, "bad_data",
       "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution "
       "(?step=XX)"},
      {"/api/v1/query_range?query=up[5m]&start=0&end=1&step=1", 400, "bad_data",
       "invalid parameter \"query\": invalid expression type \"range vector\" for range query, must be "
       "Scalar or instant Vector"},
      {"/api/v1/rules?type=other", 400, "bad_data",
       "invalid parameter \"type\": not supported value \"other\""},
      {"/api/v1/series", 404, "not_found",
       "/api/v1/series is not built; known are /api/v1/query, query_range, rules, alerts"},
  };
  for (const Case& c : cases) {
    const Answer answer = ask(c.path);
    EXPECT_EQ(answer.status, c.status) << c.path;
    const json body = json::parse(answer.body);
    EXPECT_EQ(body["status"], "error");
    EXPECT_EQ(body["errorType"], c.type) << c.path;
    EXPECT_EQ(body["error"], c.error) << c.path;
  }
  EXPECT_EQ(ask("/api/v1/query_range?query=1&start=0&end=11000&step=1").status, 200);
  EXPECT_EQ(ask("/api/v1/rules", "POST").status, 405);
  EXPECT_EQ(ask("/api/v1/query", "PUT").status, 405);
}

TEST_F(PrometheusApi, Alerts) {
  const Answer answer = ask("/api/v1/alerts");
  const json alerts = json::parse(answer.body)["data"]["alerts"];
  ASSERT_EQ(alerts.size(), 2u);
  EXPECT_EQ(alerts[0], json::parse(R"({"labels":{"alertname":"Down","job":"b","severity":"critical"},
      "annotations":{"summary":"b is down"},"state":"firing","activeAt":"2023-11-14T22:18:20Z","value":"0e+00"})"));
  EXPECT_EQ(alerts[1]["state"], "pending");
  EXPECT_THAT(answer.clues, ElementsAre("alert/Down"));
}

TEST_F(PrometheusApi, Rules) {
  const json groups = json::parse(data("/api/v1/rules"))["data"]["groups"];
  ASSERT_EQ(groups.size(), 1u);
  EXPECT_EQ(groups[0]["name"], "g");
  EXPECT_EQ(groups[0]["interval"], 15);
  ASSERT_EQ(groups[0]["rules"].size(), 3u);
  const json& down = groups[0]["rules"][0];
  EXPECT_EQ(down["query"], "up == 0");
  EXPECT_EQ(down["state"], "firing");
  EXPECT_EQ(down["duration"], 60);
  EXPECT_EQ(down["health"], "ok");
  EXPECT_EQ(down["type"], "alerting");
  EXPECT_EQ(down["annotations"]["summary"], "{{ $labels.job }} is down");
  EXPECT_EQ(down["alerts"][0]["annotations"]["summary"], "b is down");
  EXPECT_EQ(down["lastEvaluation"], "2023-11-14T22:23:20Z");
  EXPECT_EQ(groups[0]["rules"][2]["query"], "sum by (job) (up)");
  EXPECT_EQ(groups[0]["rules"][2]["type"], "recording");
  EXPECT_EQ(json::parse(data("/api/v1/rules?type=record"))["data"]["groups"][0]["rules"].size(), 1u);
  EXPECT_EQ(json::parse(data("/api/v1/rules?type=alert"))["data"]["groups"][0]["rules"].size(), 2u);
}

TEST_F(PrometheusApi, NothingFoundIsNoClue) {
  EXPECT_THAT(ask("/api/v1/query?query=nope").clues, IsEmpty());
  EXPECT_THAT(ask("/api/v1/query?query=up%20%3E%205").clues, IsEmpty());
}

}  // namespace
}  // namespace muster
