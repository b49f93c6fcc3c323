// The text layer: JSON, YAML, JSONPath, tab stops and ages, as the tools of Kubernetes have them.
#include <gtest/gtest.h>

#include "responders/text/age.hpp"
#include "responders/text/json_path.hpp"
#include "responders/text/json_value.hpp"
#include "responders/text/lines.hpp"
#include "responders/text/tab_writer.hpp"

namespace muster {
namespace {

TEST(Age, HumanDuration) {
  const std::vector<std::pair<std::int64_t, std::string>> table{
      {-2, "<invalid>"}, {0, "0s"},        {119, "119s"},    {120, "2m"},     {312, "5m12s"},
      {600, "10m"},      {10799, "179m"},  {10800, "3h"},    {11100, "3h5m"}, {28800, "8h"},
      {172799, "47h"},   {172800, "2d"},   {183600, "2d3h"}, {691200, "8d"},  {63071999, "729d"},
      {63072000, "2y"},  {300000000, "9y"}};
  for (const auto& [seconds, text] : table) EXPECT_EQ(human_duration(seconds), text) << seconds;
}

TEST(Age, OfATimestamp) {
  const Clock clock{Epoch{1762007400}, sim_start + 90s};  // 14:31:30
  EXPECT_EQ(clock.age("2025-11-01T14:30:00Z"), "90s");
  EXPECT_EQ(clock.age("2025-11-01T14:30:00.123456Z"), "90s");
  EXPECT_EQ(clock.age(""), "<unknown>");
  EXPECT_EQ(clock.now_text(), "2025-11-01T14:31:30Z");
  EXPECT_EQ(rfc1123("2025-11-01T14:30:00Z"), "Sat, 01 Nov 2025 14:30:00 +0000");
}

TEST(TabWriter, AColumnIsARunOfLines) {
  EXPECT_EQ(align_tabs("a\tb\nccc\td\n\nx\ty\n", describe_layout), "a    b\nccc  d\n\nx  y\n");
  EXPECT_EQ(align_tabs("A\tB\nx\tyy\n", table_layout), "A     B\nx     yy\n");
  EXPECT_EQ(align_tabs("ü\tb\nxx\tc\n", describe_layout), "ü   b\nxx  c\n");
}

TEST(Json, MissingFieldsAreNull) {
  const auto value = parse_json(R"({"a":{"b":[1,2.5,"x",true,null]}})");
  ASSERT_TRUE(value);
  EXPECT_EQ((*value)["a"]["b"].at(0).whole(), 1);
  EXPECT_TRUE((*value)["a"]["c"]["d"].is_null());
  EXPECT_TRUE((*value)["a"]["b"].at(9).is_null());
  EXPECT_EQ(to_json(*value), R"({"a":{"b":[1,2.5,"x",true,null]}})");
  EXPECT_FALSE(parse_json("{\"a\":"));
  EXPECT_FALSE(parse_json(std::string(100'000, '[')));
}

TEST(Yaml, RoundTripOfOddStrings) {
  for (const char* text : {"",     " x",   "x ",     "a: b", "#",    "- x",   "*",          "yes",  "1.5",
                           "0x1f", "null", "a\nb\n", "a\nb", "a\tb", "it's",  "2025-11-01", "1:30", "{}",
                           "~",    "@a",   "a #b",   "\"",   "'",    "a\n\n", "\n",         "|",    "%"}) {
    JsonValue value = JsonValue::object();
    value.member("k") = text;
    value.member("list").append(text);
    const auto read = parse_yaml(to_yaml(value), "t");
    ASSERT_TRUE(read) << to_yaml(value);
    EXPECT_EQ(read->front(), value) << to_yaml(value);
  }
}

TEST(Yaml, BadFilesNameLineAndColumn) {
  const auto read = parse_yaml("a: 1\nb: [1\nc: 2\n", "f.yaml");
  ASSERT_FALSE(read);
  EXPECT_TRUE(read.error().where.starts_with("f.yaml:")) << read.error().where;
}

TEST(JsonPath, Templates) {
  const auto root = parse_json(
      R"({"items":[{"n":"a","v":1,"l":{"x.y/z":"1"}},{"n":"b","v":2,"ok":true},{"n":"c","v":3}],"k":{"m":[]}})");
  ASSERT_TRUE(root);
  const std::vector<std::pair<std::string, std::string>> table{
      {"{.items[*].n}", "a b c"},
      {"{.items[0].n}-{.items[-1].n}", "a-c"},
      {"{.items[0:2].n}", "a b"},
      {"{.items[1:].n}", "b c"},
      {"{range .items[*]}{.n}{\"\\t\"}{.v}{\"\\n\"}{end}", "a\t1\nb\t2\nc\t3\n"},
      {"{.items[?(@.n==\"b\")].v}", "2"},
      {"{.items[?(@.v>=2)].n}", "b c"},
      {"{.items[?(@.ok)].n}", "b"},
      {"{.items[0].l.x\\.y/z}", "1"},
      {"{.items[0]['n']}", "a"},
      {"{.nope.nope}", ""},
      {"{.k}", "{\"m\":[]}"},
      {"plain", "plain"},
  };
  for (const auto& [text, expected] : table) {
    const auto parsed = JsonPathTemplate::parse(text);
    ASSERT_TRUE(parsed) << text << ": " << parsed.error().message;
    EXPECT_EQ(parsed->print(*root), expected) << text;
  }
  for (const char* bad : {"{.a", "{range .a}", "{end}", "{.a[x]}", "{.a[\"x\"]}"})
    EXPECT_FALSE(JsonPathTemplate::parse(bad)) << bad;
}

TEST(Lines, Base64AndPercent) {
  EXPECT_EQ(base64_encoded(""), "");
  EXPECT_EQ(base64_encoded("f"), "Zg==");
  EXPECT_EQ(base64_encoded("fo"), "Zm8=");
  EXPECT_EQ(base64_encoded("foobar"), "Zm9vYmFy");
  EXPECT_EQ(percent_encoded("app=a,b c/ü"), "app%3Da%2Cb%20c%2F%C3%BC");
}

}  // namespace
}  // namespace muster
