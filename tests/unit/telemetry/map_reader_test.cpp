#include "telemetry/map_reader.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

// Reads a map with one key of each type, and says what was wrong first.
std::string first_error(const std::string& yaml) {
  const auto tree = read_yaml(yaml, "f.yaml");
  if (!tree) return tree.error().text();
  ReadContext context{"f.yaml", {}};
  MapReader map(*tree, "a thing", context);
  map.text("name");
  map.duration("time", 1s);
  map.number("ratio", 0, 10, 1.0);
  map.whole("count", 1, 5, 1);
  map.share("part", 0.5);
  map.flag("on", false);
  map.texts("words");
  map.items("list");
  map.finish();
  return context.first_error ? context.first_error->text() : "";
}

struct Case {
  const char* yaml;
  const char* error;
};

TEST(MapReader, OneErrorPerMistake) {
  const Case cases[] = {
      {"name: a", ""},
      {"name: a\ntime: 1m30s\nratio: 2.5\ncount: 5\npart: 30%\non: true\nwords: [a, b]\nlist: []", ""},
      {"name: a\ntime: ", ""},  // an empty value counts as absent
      {"[a]", "f.yaml:1:1: expected a thing as a map, found a list"},
      {"text", "f.yaml:1:1: expected a thing as a map, found \"text\""},
      {"time: 5s", "f.yaml:1:1: a thing needs the key \"name\": a text"},
      {"name: [a]", "f.yaml:1:7: \"name\" of a thing: expected a text, found a list"},
      {"name: \"\"", "f.yaml:1:7: \"name\" of a thing: expected a text that is not empty, found \"\""},
      {"name: a\ntime: 75",
       "f.yaml:2:7: \"time\" of a thing: expected a duration such as 90s, 15m or 1h30m, found \"75\""},
      {"name: a\nratio: 11",
       "f.yaml:2:8: \"ratio\" of a thing: expected a number from 0 to 10, found \"11\""},
      {"name: a\nratio: nan",
       "f.yaml:2:8: \"ratio\" of a thing: expected a number from 0 to 10, found \"nan\""},
      {"name: a\ncount: 1.5",
       "f.yaml:2:8: \"count\" of a thing: expected a whole number from 1 to 5, found \"1.5\""},
      {"name: a\npart: 101%",
       "f.yaml:2:7: \"part\" of a thing: expected a share such as 30% or 0.3, found \"101%\""},
      {"name: a\non: yes", "f.yaml:2:5: \"on\" of a thing: expected true or false, found \"yes\""},
      {"name: a\nwords: [a, [b]]",
       "f.yaml:2:12: \"words\" of a thing: expected a list of texts, found a list"},
      {"name: a\nlist: {a: 1}", "f.yaml:2:7: \"list\" of a thing: expected a list, found a map"},
      {"name: a\ntiem: 5s",
       "f.yaml:2:1: unknown key \"tiem\" in a thing; expected one of name, time, ratio, count, part, on, "
       "words, "
       "list; did you mean \"time\"?"},
      // The misspelt key is the cause, the missing one the consequence.
      {"nmae: a",
       "f.yaml:1:1: unknown key \"nmae\" in a thing; expected one of name, time, ratio, count, part, on, "
       "words, "
       "list; did you mean \"name\"?"},
  };
  for (const Case& c : cases) EXPECT_EQ(first_error(c.yaml), c.error) << c.yaml;
}

TEST(MapReader, Values) {
  const auto tree = read_yaml("a: 1m30s\nb: 25%\nc: -3\nd: 0.25\ne: [x, 7]\n", "f");
  ReadContext context{"f", {}};
  MapReader map(*tree, "a thing", context);
  EXPECT_EQ(map.duration("a"), 90s);
  EXPECT_EQ(map.share("b"), 0.25);
  EXPECT_EQ(map.whole("c", -5, 5), -3);
  EXPECT_EQ(map.number("d", 0, 1), 0.25);
  EXPECT_EQ(map.texts("e"), (std::vector<std::string>{"x", "7"}));
  EXPECT_EQ(map.text("f", "fallback"), "fallback");
  map.finish();
  EXPECT_FALSE(context.first_error);
}

}  // namespace
}  // namespace muster
