#include "api/prom/prometheus.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cluster_model/exporters/metric_families.hpp"
#include "telemetry/rule_file.hpp"

namespace muster {
namespace {

using nlohmann::json;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
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
  static std::vector<ScrapeTarget> targets() {
    const auto page = [](SampleSink& sink) {
      sink.sample("http_requests_total", {{"status", "200"}}, 7);
      sink.sample("http_request_duration_seconds_bucket", {{"le", "+Inf"}}, 3);
      sink.sample("http_request_duration_seconds_sum", {}, 1.5);
      sink.sample("odd_metric", {{"text", "a\"b\\c\nd"}}, 1e6);
      return true;
    };
    return {{"a", "10.0.0.1:8080", {{"pod", "web-1"}}, page},
            {"blackbox", "https://x/y z", {}, [](SampleSink&) { return false; }}};
  }
  Answer ask(const std::string& path, const std::string& verb = "GET", const std::string& body = "") const {
    return handle_prometheus({"r", verb, path, "application/x-www-form-urlencoded", body},
                             {sim_start + 600'123ms, epoch, store_, engine_, [] { return targets(); }});
  }
  void expect_refused(const std::string& path, int status, const char* type, const char* error) const {
    const Answer answer = ask(path);
    EXPECT_EQ(answer.status, status) << path;
    const json body = json::parse(answer.body);
    EXPECT_EQ(body["status"], "error");
    EXPECT_EQ(body["errorType"], type) << path;
    EXPECT_EQ(body["error"], error) << path;
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

struct Refused {
  const char* path;
  int status;
  const char *type, *error;
};

TEST_F(PrometheusApi, ErrorsOfQueriesHavePrometheusEnvelope) {
  const Refused cases[] = {
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
       "invalid expression type \"range vector\" for range query, must be Scalar or instant Vector"},
      {"/api/v1/rules?type=other", 400, "bad_data",
       "invalid parameter \"type\": not supported value \"other\""},
      {"/api/v1/query?query=1&timeout=z", 400, "bad_data",
       "invalid parameter \"timeout\": cannot parse \"z\" to a valid duration"},
      {"/api/v1/query_range?query=(&start=1&end=2&step=1", 400, "bad_data",
       "1:2: parse error: unclosed left parenthesis"},
      {"/api/v1/format_query?query=sum(", 400, "bad_data",
       "invalid parameter \"query\": 1:5: parse error: unclosed left parenthesis"},
      {"/api/v1/query_exemplars", 400, "bad_data", "1:1: parse error: no expression found in input"},
      {"/api/v1/query_exemplars?query=test&start=2&end=1", 400, "bad_data",
       "end timestamp must not be before start timestamp"},
      {"/api/v1/query_exemplars?query=test&start=abc&end=1", 400, "bad_data",
       "invalid parameter \"start\": Invalid time value for 'start': cannot parse \"abc\" to a valid "
       "timestamp"},
  };
  for (const Refused& one : cases) expect_refused(one.path, one.status, one.type, one.error);
}

TEST_F(PrometheusApi, ErrorsOfMetadataHavePrometheusEnvelope) {
  const Refused cases[] = {
      {"/api/v1/series", 400, "bad_data", "no match[] parameter provided"},
      {"/api/v1/series?match[]=", 400, "bad_data",
       "invalid parameter \"match[]\": 1:1: parse error: unexpected end of input"},
      {"/api/v1/series?match[]={}", 400, "bad_data",
       "invalid parameter \"match[]\": match[] must contain at least one non-empty matcher"},
      {"/api/v1/series?match[]=sum(up)", 400, "bad_data",
       "invalid parameter \"match[]\": 1:4: parse error: unexpected \"(\""},
      {"/api/v1/series?match[]=up[5m]", 400, "bad_data",
       "invalid parameter \"match[]\": 1:3: parse error: unexpected \"[\""},
      {"/api/v1/series?match[]=up%20offset%205m", 400, "bad_data",
       "invalid parameter \"match[]\": 1:4: parse error: unexpected <offset>"},
      {"/api/v1/series?match[]=up&end=abc", 400, "bad_data",
       "invalid parameter \"end\": Invalid time value for 'end': cannot parse \"abc\" to a valid timestamp"},
      {"/api/v1/labels?match[]={}", 400, "bad_data", "match[] must contain at least one non-empty matcher"},
      {"/api/v1/labels?match[]=(", 400, "bad_data", "1:1: parse error: unexpected \"(\""},
      {"/api/v1/label/bad-name/values", 400, "bad_data", "invalid label name: \"bad-name\""},
      {"/api/v1/metadata?limit=abc", 400, "bad_data", "limit must be a number"},
      {"/api/v1/targets/metadata?match_target=(", 400, "bad_data",
       "invalid parameter \"match_target\": 1:1: parse error: unexpected \"(\""},
  };
  for (const Refused& one : cases) expect_refused(one.path, one.status, one.type, one.error);
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

// As seen from a running 2.42 server.
TEST_F(PrometheusApi, UnknownPathsAndWrongVerbs) {
  for (const char* path : {"/api/v1/label/job", "/api/v1/status/zzz", "/prometheus/zzz", "/-/quit"}) {
    EXPECT_EQ(ask(path).status, 404) << path;
    EXPECT_EQ(ask(path).body, "404 page not found\n");
  }
  EXPECT_EQ(ask("/api/v1/rules", "POST").status, 405);
  EXPECT_EQ(ask("/api/v1/rules", "POST").body, "Method Not Allowed\n");
  EXPECT_THAT(ask("/api/v1/query", "HEAD").headers, Contains(std::pair("Allow", "GET, OPTIONS, POST")));
  EXPECT_EQ(ask("/api/v1/query", "HEAD").status, 405);
  EXPECT_EQ(ask("/api/v1/label/job/values", "POST").status, 405);
  EXPECT_EQ(ask("/federate", "POST").status, 405);
  EXPECT_EQ(ask("/-/healthy", "HEAD").status, 200);
}

TEST_F(PrometheusApi, OtherOriginsMayAsk) {
  const Answer answer = ask("/api/v1/zzz", "OPTIONS");
  EXPECT_EQ(answer.status, 204);
  EXPECT_THAT(answer.headers, Contains(std::pair("Access-Control-Allow-Origin", "*")));
  EXPECT_THAT(answer.headers, Contains(std::pair("Access-Control-Allow-Methods", "GET, POST, OPTIONS")));
  EXPECT_THAT(ask("/api/v1/query?query=1").headers, Contains(std::pair("Vary", "Origin")));
  EXPECT_THAT(ask("/metrics", "OPTIONS").headers, ElementsAre(std::pair("Allow", "GET, OPTIONS")));
}

TEST_F(PrometheusApi, Times) {
  const auto at = [this](const char* time) {
    return json::parse(ask(std::string("/api/v1/query?query=1&time=") + time).body)["data"]["result"][0];
  };
  EXPECT_EQ(at("2023-01-01T00:00:00.123456%2b01:00").dump(), "1672527600.123");
  EXPECT_EQ(at("2023-01-01T00:00:00.5-00:30").dump(), "1672533000.5");
  EXPECT_EQ(at("").dump(), "1700000600.123");  // as if it were absent
  EXPECT_EQ(at("1e3").dump(), "1000");
  for (const char* wrong : {"2023-01-01", "2023-01-01T00:00:00", "2023-01-01T00:00:00.Z",
                            "2023-13-01T00:00:00Z", "2023-01-01T00:00:00%2b1:00"})
    EXPECT_EQ(ask(std::string("/api/v1/query?query=1&time=") + wrong).status, 400) << wrong;
}

// Nothing measures them here, and clients do without (the parameter is ignored, as any unknown one).
TEST_F(PrometheusApi, StatisticsAreNotInvented) {
  const json result = json::parse(data("/api/v1/query?query=1&time=4&stats=all"))["data"];
  EXPECT_EQ(result["result"][1], "1");
  EXPECT_FALSE(result.contains("stats"));
}

TEST_F(PrometheusApi, SeriesLabelsAndValues) {
  const auto list = [this](const char* path) { return json::parse(data(path))["data"].dump(); };
  const std::string both = R"([{"__name__":"up","job":"a"},{"__name__":"up","job":"b"}])";
  EXPECT_EQ(list("/api/v1/series?match[]=up"), both);
  EXPECT_EQ(list("/api/v1/series?match[]=up{job=\"b\"}&match[]=up&start=&end="), both);
  EXPECT_EQ(list("/api/v1/series?match[]=up&start=5&end=7"), "[]");
  EXPECT_EQ(list("/api/v1/series?match[]=up&start=1700000601"), "[]");
  EXPECT_EQ(list("/api/v1/series?match[]={__name__=~\"up:.*\"}&start=1700000600"),
            R"([{"__name__":"up:sum","job":"a"},{"__name__":"up:sum","job":"b"}])");
  EXPECT_EQ(list("/api/v1/labels?match[]=up"), R"(["__name__","job"])");
  EXPECT_EQ(list("/api/v1/labels?match[]=nope"), "[]");
  EXPECT_EQ(list("/api/v1/label/job/values"), R"(["a","b"])");
  EXPECT_EQ(list("/api/v1/label/job/values?match[]=up{job!=\"a\"}"), R"(["b"])");
  EXPECT_EQ(list("/api/v1/label/__name__/values"), R"(["ALERTS","ALERTS_FOR_STATE","up","up:sum"])");
  EXPECT_EQ(list("/api/v1/label/nope/values"), "[]");
  const Answer form = ask("/api/v1/series", "POST", "match[]=up&match[]=nope");
  EXPECT_EQ(json::parse(form.body)["data"].dump(), both);
}

TEST_F(PrometheusApi, FederateTellsTheNewestSamplesWithTheirTimes) {
  EXPECT_EQ(data("/federate?match[]=up"),
            "# TYPE up untyped\n"
            "up{job=\"a\",instance=\"\"} 1 1700000600000\n"
            "up{job=\"b\",instance=\"\"} 0 1700000600000\n");
  EXPECT_EQ(data("/federate?match[]={__name__=~\"up.*\",job=\"a\"}"),
            "# TYPE up untyped\nup{job=\"a\",instance=\"\"} 1 1700000600000\n"
            "# TYPE up:sum untyped\nup:sum{job=\"a\",instance=\"\"} 1 1700000600000\n");
  EXPECT_EQ(data("/federate"), "");
  EXPECT_EQ(data("/federate?match[]={}"), "");
  EXPECT_EQ(ask("/federate?match[]=(").body, "1:1: parse error: unexpected \"(\"\n");
  EXPECT_EQ(ask("/federate?match[]=(").status, 400);
  store_.end(store_.intern({{"__name__", "up"}, {"job", "a"}}), 600'100);
  EXPECT_EQ(data("/federate?match[]=up"), "# TYPE up untyped\nup{job=\"b\",instance=\"\"} 0 1700000600000\n");
}

TEST_F(PrometheusApi, MetricsIsOnePageOfAllTargets) {
  const Answer answer = ask("/metrics");
  EXPECT_EQ(answer.content_type, "text/plain; version=0.0.4; charset=utf-8");
  const std::string who = R"(instance="10.0.0.1:8080",job="a")";
  EXPECT_THAT(answer.body, HasSubstr("# TYPE http_request_duration_seconds histogram\n"
                                     "http_request_duration_seconds_bucket{" +
                                     who +
                                     ",le=\"+Inf\",pod=\"web-1\"} 3\n"
                                     "http_request_duration_seconds_sum{" +
                                     who + ",pod=\"web-1\"} 1.5\n"));
  EXPECT_THAT(answer.body, HasSubstr("# TYPE http_requests_total counter\nhttp_requests_total{" + who));
  EXPECT_THAT(answer.body, HasSubstr("# TYPE odd_metric untyped\nodd_metric{" + who +
                                     R"(,pod="web-1",text="a\"b\\c\nd"} 1e+06)"));
  EXPECT_THAT(answer.body, HasSubstr("up{" + who + ",pod=\"web-1\"} 1\n"));
  EXPECT_THAT(answer.body, HasSubstr("up{instance=\"https://x/y z\",job=\"blackbox\"} 0\n"));
}

TEST_F(PrometheusApi, Targets) {
  store_.append(
      store_.intern({{"__name__", "up"}, {"instance", "10.0.0.1:8080"}, {"job", "a"}, {"pod", "web-1"}}),
      590'000, 1);
  store_.append(store_.intern({{"__name__", "up"}, {"instance", "https://x/y z"}, {"job", "blackbox"}}),
                590'000, 0);
  const json active = json::parse(data("/api/v1/targets?state=active"))["data"]["activeTargets"];
  ASSERT_EQ(active.size(), 2u);
  EXPECT_EQ(active[0]["labels"], json::parse(R"({"instance":"10.0.0.1:8080","job":"a","pod":"web-1"})"));
  EXPECT_EQ(active[0]["scrapeUrl"], "http://10.0.0.1:8080/metrics");
  EXPECT_EQ(active[0]["health"], "up");
  EXPECT_EQ(active[0]["lastError"], "");
  EXPECT_EQ(active[0]["lastScrape"], "2023-11-14T22:23:10Z");
  EXPECT_EQ(active[0]["scrapeInterval"], "15s");
  EXPECT_EQ(active[1]["health"], "down");
  EXPECT_EQ(active[1]["scrapeUrl"], "http://blackbox-exporter:9115/probe?target=https%3A%2F%2Fx%2Fy%20z");
  EXPECT_EQ(json::parse(data("/api/v1/targets?scrapePool=a"))["data"]["activeTargets"].size(), 1u);
  EXPECT_EQ(json::parse(data("/api/v1/targets?state=dropped"))["data"].dump(),
            R"({"activeTargets":[],"droppedTargets":[]})");
  EXPECT_EQ(json::parse(data("/api/v1/scrape_pools"))["data"].dump(), R"({"scrapePools":["a","blackbox"]})");
}

TEST_F(PrometheusApi, Metadata) {
  const auto metadata = [this](const char* path) { return json::parse(data(path))["data"]; };
  EXPECT_EQ(metadata("/api/v1/metadata").size(), 2u);  // odd_metric has none
  const json counter = metadata("/api/v1/metadata?metric=http_requests_total")["http_requests_total"][0];
  EXPECT_EQ(counter["type"], "counter");
  EXPECT_EQ(counter["help"], metric_family_of("http_requests_total")->help);
  EXPECT_EQ(counter["unit"], "");
  EXPECT_EQ(metadata("/api/v1/metadata?limit=1").size(), 1u);
  EXPECT_EQ(metadata("/api/v1/metadata?limit=0").size(), 0u);
  EXPECT_EQ(metadata("/api/v1/metadata?limit=-1").size(), 2u);
  EXPECT_EQ(metadata("/api/v1/metadata?metric=nope").dump(), "{}");
  const json targets =
      metadata("/api/v1/targets/metadata?match_target={job=\"a\"}&metric=http_requests_total");
  ASSERT_EQ(targets.size(), 1u);
  EXPECT_EQ(targets[0]["type"], "counter");
  EXPECT_FALSE(targets[0].contains("metric"));
  EXPECT_EQ(metadata("/api/v1/targets/metadata")[0]["metric"], "http_request_duration_seconds");
  EXPECT_EQ(metadata("/api/v1/targets/metadata?match_target={job=\"b\"}").dump(), "[]");
}

TEST_F(PrometheusApi, Status) {
  const auto status = [this](const char* what) {
    return json::parse(data(std::string("/api/v1/status/") + what))["data"];
  };
  EXPECT_EQ(status("buildinfo")["version"], "2.42.0");
  EXPECT_EQ(status("runtimeinfo")["startTime"], "2023-11-14T22:13:20Z");
  EXPECT_EQ(status("flags")["query.lookback-delta"], "5m");
  EXPECT_EQ(status("walreplay").dump(), R"({"current":0,"max":0,"min":0})");
  EXPECT_EQ(status("tsdb")["headStats"]["numSeries"], store_.series_count());
  EXPECT_EQ(status("tsdb")["seriesCountByMetricName"][0]["name"], "ALERTS");
  const std::string yaml = status("config")["yaml"];
  EXPECT_THAT(yaml, HasSubstr("rule_files:\n- rules.yml\n"));
  EXPECT_THAT(yaml, HasSubstr("- job_name: a\n"));
  EXPECT_EQ(data("/-/ready"), "Prometheus Server is Ready.\n");
  EXPECT_EQ(data("/-/healthy"), "Prometheus Server is Healthy.\n");
  EXPECT_EQ(json::parse(data("/prometheus/version"))["version"], "2.42.0");
  EXPECT_EQ(json::parse(data("/api/v1/format_query?query=sum(x)by(a)"))["data"], "sum by (a) (x)");
  EXPECT_EQ(data("/api/v1/query_exemplars?query=test"), R"({"status":"success","data":[]})");
  EXPECT_EQ(data("/prometheus/api/v1/alertmanagers"),
            R"({"status":"success","data":{"activeAlertmanagers":[],"droppedAlertmanagers":[]}})");
}

TEST_F(PrometheusApi, ARuleThatNeverRanSaysSo) {
  const AlertEngine fresh(store_, rules(), 15s, epoch);
  const Answer answer =
      handle_prometheus({"r", "GET", "/api/v1/rules", "", ""}, {sim_start, epoch, store_, fresh, {}});
  const json group = json::parse(answer.body)["data"]["groups"][0];
  EXPECT_EQ(group["lastEvaluation"], "0001-01-01T00:00:00Z");
  EXPECT_EQ(group["rules"][0]["lastEvaluation"], "0001-01-01T00:00:00Z");
}

TEST(PrometheusPaths, AreToldFromKubernetesOnes) {
  using Path = std::vector<std::string>;
  for (const Path& path : {Path{"metrics"},
                           {"federate"},
                           {"-", "ready"},
                           {"prometheus", "version"},
                           {"api", "v1", "query"},
                           {"api", "v1", "status", "flags"}})
    EXPECT_TRUE(is_prometheus_path(path)) << path.back();
  for (const Path& path : {Path{},
                           {"version"},
                           {"api", "v1"},
                           {"api", "v1", "pods"},
                           {"api", "v1", "namespaces", "query"},
                           {"apis", "v1", "query"}})
    EXPECT_FALSE(is_prometheus_path(path));
}

TEST_F(PrometheusApi, NothingFoundIsNoClue) {
  EXPECT_THAT(ask("/api/v1/query?query=nope").clues, IsEmpty());
  EXPECT_THAT(ask("/api/v1/query?query=up%20%3E%205").clues, IsEmpty());
}

}  // namespace
}  // namespace muster
