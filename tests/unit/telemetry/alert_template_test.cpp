#include "telemetry/alert_template.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace muster {
namespace {

const Labels labels = {{"instance", "db-0:9187"}, {"namespace", "prod"}};

TEST(AlertTemplate, ExpandsWhatRulesUse) {
  struct Case {
    const char* text;
    double value;
    const char* expected;
  };
  const Case cases[] = {
      {"plain", 1, "plain"},
      {"{{ $labels.namespace }}/{{$labels.instance}}", 1, "prod/db-0:9187"},
      {"{{ .Labels.namespace }} {{ .Value }}", 2.5, "prod 2.5"},
      {"[{{ $labels.absent }}]", 1, "[]"},
      {"{{ $value }}", 123456, "123456"},
      {"{{ $value }}", 1e6, "1e+06"},
      {"{{ $value }}", 0.0001, "0.0001"},
      {"{{ $value }}", 0.00001, "1e-05"},
      {"{{ $value | humanize }}", 0.00123, "1.23m"},
      {"{{ $value | humanize }}", 1234567, "1.235M"},
      {"{{ humanize1024 $value }}", 123456789, "117.7Mi"},
      {"{{ $value | humanizePercentage }}", 0.1234, "12.34%"},
      {"{{ $value | humanizeDuration }}", 3725, "1h 2m 5s"},
      {"{{ $value | humanizeDuration }}", 0.012, "12ms"},
      {"{{ $value | humanizeDuration }}", 93784, "1d 2h 3m 4s"},
      {"{{ $value | humanizeDuration }}", -61, "-1m 1s"},
      {"{{ $value | humanizeDuration }}", 2.5, "2.5s"},
      {"{{ $value | humanizeTimestamp }}", 1700000000, "2023-11-14 22:13:20 +0000 UTC"},
      {"{{ printf \"%.2f\" $value }}", 3.14159, "3.14"},
      {"{{ $value | printf \"%.1f%%\" }}", 12.34, "12.3%"},
      {"{{ printf \"%s in %s: %v\" $labels.instance $labels.namespace $value }}", 2, "db-0:9187 in prod: 2"},
      {"{{ printf `%q` $labels.namespace }}", 2, "\"prod\""},
      {"{{ (printf \"%.0f\" $value) | humanize }}", 1999.6, "2k"},
      {"{{ $labels.namespace | toUpper }} {{ $labels.namespace | title }}", 1, "PROD Prod"},
      {"a {{- \" b\" -}} c {{/* nothing */}}d", 1, "a bc d"},
      {"{{ $labels.instance | stripPort }}", 1, "db-0"},
  };
  for (const Case& c : cases) EXPECT_EQ(expand_alert_template(c.text, labels, c.value), c.expected) << c.text;
}

TEST(AlertTemplate, SaysWhatItCannotExpand) {
  const char* broken[] = {"{{ $value ",
                          "{{ }}",
                          "{{ $nothing }}",
                          "{{ $labels.a | fly }}",
                          "{{ printf \"%d\" $value }}",
                          "{{ printf \"%s\" }}",
                          "{{ $labels.namespace | humanize }}",
                          "{{ query \"up\" | first }}",
                          "{{ \"open }}",
                          "{{ $value | $value }}",
                          "{{ if $value }}x",
                          "{{ end }}",
                          "{{ if eq $value 1 }}x{{ end }}",
                          "{{ range $value }}x{{ end }}",
                          "{{ call $value }}",
                          "{{ break }}",
                          "{{ index $labels.namespace 9 }}",
                          "{{ (1 | toTime).Fly }}",
                          "{{ define \"x\" }}{{ $value }}{{ end }}",
                          "{{ define \"x\" }}{{ template \"x\" }}{{ end }}{{ template \"x\" }}",
                          "{{ template \"x\" }}"};
  for (const char* text : broken) {
    const std::string expanded = expand_alert_template(text, labels, 1);
    EXPECT_TRUE(expanded.starts_with("<error expanding template: ")) << text << " -> " << expanded;
    EXPECT_TRUE(expanded.ends_with(">")) << expanded;
  }
}

TEST(AlertTemplate, DecidesAndRepeats) {
  const TemplateQuery query = [](const std::string& text) -> Result<std::vector<text_template::Sample>> {
    if (text == "up") return std::vector<text_template::Sample>{{{{"job", "b"}}, 2}, {{{"job", "a"}}, 1}};
    if (text == "none") return std::vector<text_template::Sample>{};
    return invalid_input("1:1: parse error");
  };
  const std::pair<const char*, const char*> cases[] = {
      {"{{ if $value }}yes{{ else }}no{{ end }}", "yes"},
      {"{{ if gt $value 9.5 }}many{{ else if gt $value 1.5 }}some{{ else }}few{{ end }}", "some"},
      {"{{ if and (eq $labels.namespace \"prod\") (not $labels.absent) }}x{{ end }}", "x"},
      {"{{ with $labels.absent }}at {{ . }}{{ else }}nowhere{{ end }}", "nowhere"},
      {"{{ with query \"up\" }}{{ . | first | value | humanize }}{{ end }}", "2"},
      {"{{ with query \"none\" }}x{{ end }}-", "-"},
      {"{{ with printf \"up\" | query }}{{ . | first | label \"job\" }}{{ end }}", "b"},
      {"{{ range query \"up\" | sortByLabel \"job\" }}{{ .Labels.job }}={{ .Value }};{{ end }}", "a=1;b=2;"},
      {"{{ range $i, $s := query \"up\" }}{{ $i }}{{ $s.Labels.job }}{{ end }}", "0b1a"},
      {"{{ $x := printf \"%05.1f\" $value }}{{ $x }}{{ $x = \"y\" }}{{ $x }}", "002.0y"},
      {"{{ len (query \"up\") }} {{ match \"o\" $labels.namespace }} {{ stripDomain \"a.b.c:80\" }}",
       "2 true a:80"},
      {"{{ range query \"up\" }}{{ if eq .Value 1.0 }}{{ break }}{{ end }}{{ .Labels.job }}{{ end }}", "b"},
      {"{{ range query \"up\" }}{{ if eq .Value 2.0 }}{{ continue }}{{ end }}{{ .Labels.job }}{{ end }}",
       "a"},
      {"{{ define \"x\" }}<{{ . }}>{{ end }}{{ template \"x\" $value }}{{ template \"x\" }}",
       "<2><<no value>>"},
      {"{{ block \"x\" $labels.namespace }}[{{ . }}{{ $ }}]{{ end }}{{ template \"x\" 1 }}",
       "[prodprod][11]"},
      {"{{ define \"x\" }}{{ .arg1 }}{{ .arg0 }}{{ end }}{{ tmpl \"x\" (args 1 \"a\") | toUpper }}", "A1"},
      {"{{ template \"y\" }}", "<error expanding template: template \"y\" not defined>"},
      {"{{ reReplaceAll \"(.*):(\\\\d+)\" \"$2 of $1\" $labels.instance }}", "9187 of db-0"},
      {"{{ reReplaceAll \"b*\" \"-\" \"abc\" }}", "-a-c-"},
      {"{{ graphLink \"up{job=\\\"a b\\\"}\" }}", "/graph?g0.expr=up%7Bjob%3D%22a+b%22%7D&g0.tab=0"},
      {"{{ tableLink \"up\" }} {{ urlquery \"ä/\" }} {{ html \"a<'b\" }}",
       "/graph?g0.expr=up&g0.tab=1 %C3%A4%2F a&lt;&#39;b"},
      {"{{ 1435065584.128 | toTime }}", "2015-06-23 13:19:44.128 +0000 UTC"},
      {"{{ (1435065584.128 | toTime).Format \"Mon, 02 Jan 2006 15:04:05 MST\" }}",
       "Tue, 23 Jun 2015 13:19:44 UTC"},
      {"{{ (1435065584 | toTime).Year }} {{ (1435065584 | toTime).Month }}", "2015 June"},
      {"{{ index (query \"up\") 1 | value }} {{ index $labels \"namespace\" }} {{ slice \"abcd\" 1 3 }}",
       "1 prod bc"},
      {"{{ print 1 2 \"a\" 3 }} {{ js \"it's\" }}", "1 2a3 it\\'s"},
      {"{{ query \"none\" | first }}",
       "<error expanding template: first() called on vector with no elements>"},
      {"{{ query \"broken\" }}", "<error expanding template: error executing query: 1:1: parse error>"},
  };
  for (const auto& [text, expected] : cases)
    EXPECT_EQ(expand_alert_template(text, labels, 2, query), expected) << text;
}

TEST(AlertTemplate, HumanizesTheUnusual) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(humanize(0), "0");
  EXPECT_EQ(humanize(infinity), "+Inf");
  EXPECT_EQ(humanize(std::numeric_limits<double>::quiet_NaN()), "NaN");
  EXPECT_EQ(humanize(-1500), "-1.5k");
  EXPECT_EQ(humanize_1024(1), "1");
  EXPECT_EQ(humanize_duration(0), "0s");
  EXPECT_EQ(humanize_duration(infinity), "+Inf");
}

}  // namespace
}  // namespace muster
