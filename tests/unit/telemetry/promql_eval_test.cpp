// Values worked out by hand or seen on a running Prometheus 2.42.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "telemetry/promql/label_pool.hpp"
#include "telemetry/promql/literal.hpp"
#include "telemetry/promql/promql.hpp"
#include "telemetry/promql/query.hpp"
#include "tests/unit/telemetry/promql_script.hpp"

namespace muster::promql {
namespace {

using ::testing::HasSubstr;

// Series "name{...} values" with a sample every 15 s.
SeriesStore store_of(const std::vector<std::string>& lines) {
  SeriesStore store;
  for (const std::string& line : lines) {
    std::size_t end = 0;
    const SeriesId series = store.intern(script::read_series(line, end));
    std::int64_t at = 0;
    for (const auto& value : script::read_values(line.substr(end))) {
      if (value) store.append(series, at, *value);
      at += 15'000;
    }
  }
  return store;
}

std::string shown(const Value& value) {
  if (value.type == ValueType::scalar) return format_sample(value.scalar);
  if (value.type == ValueType::string) return quote(value.text);
  std::string text;
  for (const ResultSeries& series : value.series) {
    text += text.empty() ? "" : "; ";
    text += print_labels(series.labels);
    for (const Sample& point : series.points) {
      text += " " + format_sample(point.value);
      if (value.type == ValueType::matrix) text += fmt::format("@{}", point.at_ms);
    }
  }
  return text;
}

std::string instant(const SeriesStore& store, const std::string& query, std::int64_t at_ms,
                    const Options& options = {}) {
  auto tree = parse(query);
  if (!tree) return "error: " + tree.error().message;
  auto value = evaluate_instant(**tree, store, at_ms, options);
  return value ? shown(*value) : "error: " + value.error().message;
}

struct Case {
  const char* query;
  std::int64_t at_ms;
  const char* expected;
};

void check(const SeriesStore& store, const std::vector<Case>& cases, const Options& options = {}) {
  for (const Case& c : cases)
    EXPECT_EQ(instant(store, c.query, c.at_ms, options), c.expected) << c.query << " at " << c.at_ms;
}

TEST(PromqlEval, CountersAreExtrapolatedToTheWindow) {
  const SeriesStore store = store_of({"c 150+150x40", "g 0+10x40", "r 0 10 20 5 15"});
  check(store, {
                   {"increase(c[5m])", 60'000, "{} 750"},  // zero was 15 s before the first sample
                   {"increase(c[5m])", 450'000, "{} 3000"},
                   {"increase(c[5m])", 457'000, "{} 3000"},  // not aligned with the scrapes
                   {"rate(c[15s])", 450'000, "{} 10"},
                   {"rate(c[14s])", 450'000, ""},  // one sample only
                   {"count_over_time(c[5m])", 450'000, "{} 21"},
                   {"count_over_time(c[5m])", 457'000, "{} 20"},
                   {"delta(g[1m])", 300'000, "{} 40"},
                   {"delta(g[1m])", 615'000, "{} 40"},
                   {"delta(g[1m])", 617'000, "{} 33.666666666666664"},
                   {"increase(r[1m])", 60'000, "{} 35"},  // 20 before the restart, 15 after it
                   {"delta(r[1m])", 60'000, "{} 15"},
                   {"resets(r[1m])", 60'000, "{} 1"},
                   {"changes(r[1m])", 60'000, "{} 4"},
                   {"irate(r[1m])", 45'000, "{} 0.3333333333333333"},
                   {"idelta(r[1m])", 45'000, "{} -15"},
                   {"deriv(g[1m])", 300'000, "{} 0.6666666666666666"},
                   {"predict_linear(g[1m], 60)", 300'000, "{} 240"},
               });
}

TEST(PromqlEval, HistogramQuantile) {
  const SeriesStore store =
      store_of({"h_bucket{le=\"0.1\"} 50", "h_bucket{le=\"0.5\"} 90", "h_bucket{le=\"1\"} 97",
                "h_bucket{le=\"+Inf\"} 100", "z_bucket{le=\"1\"} 0", "z_bucket{le=\"+Inf\"} 0",
                "n_bucket{le=\"1\"} 3", "n_bucket{le=\"2\"} 4", "x_bucket{le=\"wide\"} 1"});
  check(store, {
                   {"histogram_quantile(0.95, h_bucket)", 0, "{} 0.8571428571428572"},
                   {"histogram_quantile(0.99, h_bucket)", 0, "{} 1"},
                   {"histogram_quantile(0.5, h_bucket)", 0, "{} 0.1"},
                   {"histogram_quantile(0.2, h_bucket)", 0, "{} 0.04000000000000001"},
                   {"histogram_quantile(-1, h_bucket)", 0, "{} -Inf"},
                   {"histogram_quantile(2, h_bucket)", 0, "{} +Inf"},
                   {"histogram_quantile(NaN, h_bucket)", 0, "{} NaN"},
                   {"histogram_quantile(0.5, z_bucket)", 0, "{} NaN"},  // no observation
                   {"histogram_quantile(0.5, n_bucket)", 0, "{} NaN"},  // no +Inf
                   {"histogram_quantile(0.5, x_bucket)", 0, ""},
                   {"histogram_quantile(0.5, sum(h_bucket))", 0, ""},  // le is gone: empty, no error
               });
}

TEST(PromqlEval, LookbackAndStaleness) {
  const SeriesStore store = store_of({"a 1 stale", "b 1", "c 1 2 stale 4", "odd NaN"});
  check(store, {
                   {"a", 14'999, "{__name__=\"a\"} 1"},
                   {"a", 15'000, ""},
                   {"b", 300'000, "{__name__=\"b\"} 1"},
                   {"b", 300'001, ""},
                   {"b", -1, ""},
                   {"c[1m]", 60'000, "{__name__=\"c\"} 1@0 2@15000 4@45000"},
                   {"count_over_time(c[1m])", 60'000, "{} 3"},
                   {"a[5s]", 17'000, ""},
                   {"odd", 0, "{__name__=\"odd\"} NaN"},
                   {"b offset 5m", 300'000, "{__name__=\"b\"} 1"},
                   {"b offset -1m", -60'000, "{__name__=\"b\"} 1"},
               });
}

TEST(PromqlEval, TimesCountFromTheEpoch) {
  const SeriesStore store = store_of({"a 0+1x40"});
  Options options;
  options.epoch = Epoch{1'700'000'000};  // 2023-11-14 22:13:20, a Tuesday
  check(store,
        {
            {"time()", 1'500, "1700000001.5"},
            {"timestamp(a)", 20'000, "{} 1700000015"},
            {"timestamp(-a)", 20'000, "{} 1700000020"},
            {"a @ 1700000030", 0, "{__name__=\"a\"} 2"},
            {"a @ 1700000030 offset 15s", 0, "{__name__=\"a\"} 1"},
            {"hour()", 0, "{} 22"},
            {"minute(vector(1700000000))", 0, "{} 13"},
            {"day_of_week()", 0, "{} 2"},
            {"day_of_month()", 0, "{} 14"},
            {"day_of_year()", 0, "{} 318"},
            {"days_in_month()", 0, "{} 30"},
            {"month()", 0, "{} 11"},
            {"year()", 0, "{} 2023"},
            {"a[2m:1m]", 200'000, "{__name__=\"a\"} 6@100000 10@160000"},  // at whole minutes of the calendar
        },
        options);
}

TEST(PromqlEval, SelectorsMatchWholeValuesAndAbsentLabels) {
  const SeriesStore store = store_of({"s{code=\"500\"} 1", "s{code=\"200\"} 2", "s 3"});
  check(store, {
                   {"s{code=~\"5\"}", 0, ""},
                   {"s{code=~\"5..\"}", 0, "{__name__=\"s\", code=\"500\"} 1"},
                   {"s{code=\"\"}", 0, "{__name__=\"s\"} 3"},
                   {"s{nope=\"\",code!=\"\"}", 0,
                    "{__name__=\"s\", code=\"200\"} 2; {__name__=\"s\", code=\"500\"} 1"},
                   {"count(s{code=~\".*\"})", 0, "{} 3"},
                   {"s{code!~\"5..|\"}", 0, "{__name__=\"s\", code=\"200\"} 2"},
                   {"{__name__=~\"s|t\",code=\"200\"}", 0, "{__name__=\"s\", code=\"200\"} 2"},
               });
}

TEST(PromqlEval, Operators) {
  const SeriesStore store = store_of({"a{x=\"1\"} 10", "a{x=\"2\"} 20", "b{x=\"1\",y=\"p\"} 2",
                                      "b{x=\"1\",y=\"q\"} 5", "o{x=\"1\",k=\"v\"} 4"});
  check(store, {
                   {"2 ^ 3 ^ 2", 0, "512"},
                   {"-2 ^ 2", 0, "-4"},
                   {"-7 % 3", 0, "-1"},
                   {"1 / 0 - 1 / 0", 0, "NaN"},
                   {"2 > bool 1", 0, "1"},
                   {"3 < a", 0, "{__name__=\"a\", x=\"1\"} 10; {__name__=\"a\", x=\"2\"} 20"},
                   {"a > bool 10", 0, "{x=\"1\"} 0; {x=\"2\"} 1"},
                   {"a > 10 < 30", 0, "{__name__=\"a\", x=\"2\"} 20"},
                   {"-a", 0, "{x=\"1\"} -10; {x=\"2\"} -20"},
                   {"a / on (x) o", 0, "{x=\"1\"} 2.5"},
                   {"a / ignoring (k) o", 0, "{x=\"1\"} 2.5"},
                   {"b * on (x) group_left (k) o", 0,
                    "{k=\"v\", x=\"1\", y=\"p\"} 8; {k=\"v\", x=\"1\", y=\"q\"} 20"},
                   {"o - on (x) group_right b", 0, "{x=\"1\", y=\"p\"} 2; {x=\"1\", y=\"q\"} -1"},
                   {"a and on (x) b", 0, "{__name__=\"a\", x=\"1\"} 10"},
                   {"a unless on (x) b", 0, "{__name__=\"a\", x=\"2\"} 20"},
                   {"o or on (x) a", 0, "{__name__=\"a\", x=\"2\"} 20; {__name__=\"o\", k=\"v\", x=\"1\"} 4"},
                   {"nothing / a", 0, ""},
                   {"nothing or vector(0)", 0, "{} 0"},
                   {"a != a", 0, ""},
               });
}

TEST(PromqlEval, ErrorsInPrometheusWords) {
  const SeriesStore store = store_of({"a{x=\"1\"} 10", "b{x=\"1\",y=\"p\"} 2", "b{x=\"1\",y=\"q\"} 5"});
  check(store, {
                   {"a + on (x) b", 0,
                    "error: found duplicate series for the match group {x=\"1\"} on the right hand-side of "
                    "the operation: "
                    "[{__name__=\"b\", x=\"1\", y=\"q\"}, {__name__=\"b\", x=\"1\", y=\"p\"}];many-to-many "
                    "matching not allowed: "
                    "matching labels must be unique on one side"},
                   {"b + on (x) a", 0,
                    "error: multiple matches for labels: many-to-one matching must be explicit "
                    "(group_left/group_right)"},
                   {"b * on (x) group_left (y) a", 0,
                    "error: multiple matches for labels: grouping labels must ensure unique matches"},
                   {"abs({__name__=~\"a|b\",y!=\"q\"}) + abs(label_replace(b, \"y\", \"\", \"\", \"\"))", 0,
                    "error: vector cannot contain metrics with the same labelset"},
                   {"topk(NaN, a)", 0, "error: Scalar value NaN overflows int64"},
                   {"count_values(\"a-b\", a)", 0, "error: invalid label name \"a-b\""},
                   {"label_replace(a, \"b-c\", \"\", \"x\", \"\")", 0,
                    "error: invalid destination label name in label_replace(): b-c"},
                   {"holt_winters(a[5m], 2, 0.5)", 0,
                    "error: invalid smoothing factor. Expected: 0 < sf < 1, got: 2.000000"},
               });
}

TEST(PromqlEval, Aggregations) {
  const SeriesStore store = store_of({"a{x=\"1\",y=\"p\"} 1", "a{x=\"1\",y=\"q\"} 3", "a{x=\"2\",y=\"p\"} 8",
                                      "n{x=\"1\"} NaN", "n{x=\"2\"} 5"});
  check(store,
        {
            {"sum by (x) (a)", 0, "{x=\"1\"} 4; {x=\"2\"} 8"},
            {"sum without (y) (a)", 0, "{x=\"1\"} 4; {x=\"2\"} 8"},
            {"avg(a)", 0, "{} 4"},
            {"min(n)", 0, "{} 5"},
            {"max(n)", 0, "{} 5"},
            {"count(nope)", 0, ""},
            {"count by (nobody) (a)", 0, "{} 3"},
            {"group by (y) (a)", 0, "{y=\"p\"} 1; {y=\"q\"} 1"},
            {"stdvar(a)", 0, "{} 8.666666666666666"},
            {"quantile(0.5, a)", 0, "{} 3"},
            {"quantile(2, a)", 0, "{} +Inf"},
            {"topk(2, a)", 0, "{__name__=\"a\", x=\"2\", y=\"p\"} 8; {__name__=\"a\", x=\"1\", y=\"q\"} 3"},
            {"topk(2, n)", 0, "{__name__=\"n\", x=\"2\"} 5; {__name__=\"n\", x=\"1\"} NaN"},
            {"bottomk by (x) (1, a)", 0,
             "{__name__=\"a\", x=\"1\", y=\"p\"} 1; {__name__=\"a\", x=\"2\", y=\"p\"} 8"},
            {"topk(0, a)", 0, ""},
            {"count_values(\"v\", a > bool 2)", 0, "{v=\"0\"} 1; {v=\"1\"} 2"},
            {"sort_desc(a)", 0,
             "{__name__=\"a\", x=\"2\", y=\"p\"} 8; {__name__=\"a\", x=\"1\", y=\"q\"} 3; "
             "{__name__=\"a\", x=\"1\", y=\"p\"} 1"},
        });
}

TEST(PromqlEval, Functions) {
  const SeriesStore store =
      store_of({"a{h=\"web-12\"} 2.5", "m{h=\"x\"} -2.5", "two{i=\"1\"} 1", "two{i=\"2\"} 1"});
  check(
      store,
      {
          {"round(a)", 0, "{h=\"web-12\"} 3"},
          {"round(m)", 0, "{h=\"x\"} -2"},
          {"round(a, 0.2)", 0, "{h=\"web-12\"} 2.6"},
          {"abs(m) + ceil(m) + floor(m) + sgn(m)", 0, "{h=\"x\"} -3.5"},
          {"clamp(a, 0, 2)", 0, "{h=\"web-12\"} 2"},
          {"clamp(a, 2, 0)", 0, ""},
          {"sqrt(vector(2))", 0, "{} 1.4142135623730951"},
          {"log2(vector(8)) + log10(vector(1000))", 0, "{} 6"},
          {"exp(vector(0)) + ln(vector(1))", 0, "{} 1"},
          {"ln(vector(-1))", 0, "{} NaN"},
          {"scalar(two)", 0, "NaN"},
          {"scalar(a)", 0, "2.5"},
          {"absent(a)", 0, ""},
          {"absent(nope{job=\"x\",y!=\"z\",twice=\"1\",twice=\"2\"})", 0, "{job=\"x\"} 1"},
          {"absent(sum(nope))", 0, "{} 1"},
          {"absent_over_time(nope{job=\"x\"}[5m])", 0, "{job=\"x\"} 1"},
          {"label_replace(a, \"n\", \"$1\", \"h\", \"web-(.*)\")", 0,
           "{__name__=\"a\", h=\"web-12\", n=\"12\"} 2.5"},
          {"label_replace(a, \"n\", \"$1xx\", \"h\", \"web-(.*)\")", 0, "{__name__=\"a\", h=\"web-12\"} 2.5"},
          {"label_replace(a, \"n\", \"${1}x$$\", \"h\", \"web-(.*)\")", 0,
           "{__name__=\"a\", h=\"web-12\", n=\"12x$\"} 2.5"},
          {"label_replace(a, \"h\", \"\", \"h\", \"web-.*\")", 0, "{__name__=\"a\"} 2.5"},
          {"label_replace(a, \"n\", \"$1\", \"h\", \"eb-(.*)\")", 0, "{__name__=\"a\", h=\"web-12\"} 2.5"},
          {"label_join(a, \"j\", \"/\", \"h\", \"no\", \"h\")", 0,
           "{__name__=\"a\", h=\"web-12\", j=\"web-12//web-12\"} 2.5"},
          {"\"text\"", 0, "\"text\""},
          {"histogram_count(a)", 0, ""},
      });
}

TEST(PromqlEval, RangeQueriesStepFromTheirBegin) {
  const SeriesStore store = store_of({"a 0+1x10", "b{z=\"1\"} 5"});
  const auto range = [&](const std::string& query, std::int64_t begin, std::int64_t end, std::int64_t step) {
    auto tree = parse(query);
    auto value = evaluate_range(**tree, store, begin, end, step, {});
    return value ? shown(*value) : "error: " + value.error().message;
  };
  EXPECT_EQ(range("a", 200, 60'000, 30'000), "{__name__=\"a\"} 0@200 2@30200");
  EXPECT_EQ(range("1 + 1", 0, 20, 10), "{} 2@0 2@10 2@20");
  EXPECT_EQ(range("b or a @ end()", 0, 60'000, 60'000),
            "{__name__=\"a\"} 4@0 4@60000; {__name__=\"b\", z=\"1\"} 5@0 5@60000");
  EXPECT_EQ(
      range("a[5m]", 0, 1, 1),
      "error: invalid expression type \"range vector\" for range query, must be Scalar or instant Vector");
  EXPECT_THAT(range("a", 0, 1, 0), HasSubstr("zero or negative query resolution step widths"));
}

TEST(PromqlEval, TheSampleBudgetEndsRunawayQueries) {
  const SeriesStore store = store_of({"a 0+1x100"});
  Options options;
  options.max_samples = 600;
  const std::string refusal =
      "error: query processing would load too many samples into memory in query execution";
  EXPECT_EQ(instant(store, "sum_over_time(vector(1)[1d:1ms])", 0, options), refusal);
  EXPECT_EQ(instant(store, "max_over_time(sum_over_time(a[10m])[10m:1s])", 600'000, options), refusal);
  EXPECT_EQ(instant(store, "sum_over_time(a[1m])", 60'000, options), "{} 10");
}

TEST(PromqlEval, WorkIsLimitedToo) {
  const SeriesStore store = store_of({"a 0+1x100"});
  Options options;
  options.max_work = 10'000;
  EXPECT_EQ(instant(store, "max_over_time(sum_over_time(a[10m])[10m:1s])", 600'000, options),
            "error: query timed out in expression evaluation");
  EXPECT_EQ(instant(store, "max_over_time(sum_over_time(a[1m])[10m:1s])", 600'000, options), "{} 190");
}

// The windows of 2.42 hold both edges, those of 3.0 leave the left one out.
TEST(PromqlEval, LeftOpenWindowsAreOneSwitch) {
  const SeriesStore store = store_of({"a 0+1x40"});
  Options closed, open;
  open.left_open = true;
  struct Edge {
    const char* query;
    std::int64_t at_ms;
    const char *closed, *open;
  };
  const Edge cases[] = {
      {"count_over_time(a[5m])", 600'000, "{} 21", "{} 20"},
      {"count_over_time(a[5m])", 607'000, "{} 20", "{} 20"},
      {"rate(a[15s])", 600'000, "{} 0.06666666666666667", ""},
      {"a", 900'000, "{__name__=\"a\"} 40", ""},  // the last sample is 300 s old
      {"a", 899'999, "{__name__=\"a\"} 40", "{__name__=\"a\"} 40"},
      {"count_over_time(a[5m:1m])", 600'000, "{} 6", "{} 5"},
      {"count_over_time(a[5m:1m])", 610'000, "{} 5", "{} 5"},
      {"count_over_time(a[1m] offset 1m)", 600'000, "{} 5", "{} 4"},
  };
  for (const Edge& one : cases) {
    EXPECT_EQ(instant(store, one.query, one.at_ms, closed), one.closed) << one.query;
    EXPECT_EQ(instant(store, one.query, one.at_ms, open), one.open) << one.query;
  }
}

TEST(PromqlEval, WhatTheRealOneTaughtByExpressionsDrawn) {
  const SeriesStore store = store_of({"a{x=\"1\"} 1", "b{x=\"1\"} 1", "b{x=\"2\"} 1"});
  EXPECT_EQ(instant(store, "(a - a) atan2 on() group_right() a", 0), "{__name__=\"a\", x=\"1\"} 0");
  EXPECT_EQ(instant(store, "histogram_count(a + on(y) b)", 0).substr(0, 37),
            "error: found duplicate series for the");
}

TEST(PromqlQuery, SeesSeriesThatCameAfterItWasMade) {
  SeriesStore store = store_of({"a{x=\"1\"} 1 1 1"});
  auto tree = parse("sum by (x) (a{x=~\"[0-9]\"})");
  Query query(*tree, {});
  EXPECT_EQ(query.vector_at(store, 0)->size(), 1u);
  store.append(store.intern({{"__name__", "a"}, {"x", "2"}}), 15'000, 7);
  store.append(store.intern({{"__name__", "a"}, {"x", "no"}}), 15'000, 7);
  const auto elements = query.vector_at(store, 15'000);
  ASSERT_EQ(elements->size(), 2u);
  EXPECT_EQ(query.labels((*elements)[1].labels), (Labels{{"x", "2"}}));
  EXPECT_EQ((*elements)[1].value, 7);
}

TEST(PromqlLiterals, NumbersPrintAsGoDoes) {
  struct Number {
    double value;
    const char *plain, *brief, *sample, *exponent;
  };
  const Number numbers[] = {{0, "0", "0", "0", "0e+00"},
                            {-0.0, "-0", "-0", "-0", "-0e+00"},
                            {1.5, "1.5", "1.5", "1.5", "1.5e+00"},
                            {123456, "123456", "123456", "123456", "1.23456e+05"},
                            {1e6, "1000000", "1e+06", "1000000", "1e+06"},
                            {0.1 + 0.2, "0.30000000000000004", "0.30000000000000004", "0.30000000000000004",
                             "3.0000000000000004e-01"},
                            {1e-5, "0.00001", "1e-05", "0.00001", "1e-05"},
                            {1e-7, "0.0000001", "1e-07", "1e-07", "1e-07"},
                            {1e21, "1000000000000000000000", "1e+21", "1e+21", "1e+21"},
                            {1e23, "100000000000000000000000", "1e+23", "1e+23", "1e+23"}};
  for (const Number& number : numbers) {
    EXPECT_EQ(format_plain(number.value), number.plain);
    EXPECT_EQ(format_short(number.value), number.brief);
    EXPECT_EQ(format_sample(number.value), number.sample);
    EXPECT_EQ(format_exponent(number.value), number.exponent);
    EXPECT_EQ(parse_float(number.plain), number.value);
  }
}

TEST(PromqlLiterals, DurationsReadAndPrint) {
  const std::pair<const char*, std::int64_t> durations[] = {
      {"1h30m", 5'400'000},  {"250ms", 250}, {"1y", 31'536'000'000},
      {"2w", 1'209'600'000}, {"0s", 0},      {"1d1ms", 86'400'001}};
  for (const auto& [text, ms] : durations) {
    EXPECT_EQ(parse_duration_ms(text), ms) << text;
    EXPECT_EQ(format_duration_ms(ms), text);
  }
  for (const char* wrong : {"", "5", "m", "1m1h", "1m1m", "1 m", "-1m", "1.5m", "1x", "99999999999y"})
    EXPECT_EQ(parse_duration_ms(wrong), std::nullopt) << wrong;
}

}  // namespace
}  // namespace muster::promql
