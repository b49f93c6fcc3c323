#include "telemetry/yaml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace muster {
namespace {

using ::testing::HasSubstr;

std::string repeat(std::string_view part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += part;
  return text;
}

std::string nested_maps(int depth) {
  std::string text;
  for (int i = 0; i < depth; ++i) text += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  return text;
}

TEST(Yaml, KeepsOrderPositionsAndQuotes) {
  auto tree = read_yaml("b: yes\na:\n  - \"no\"\n  - {x: 1}\n  - ~\ntext: |\n  two\n  lines\n", "f.yaml");
  ASSERT_TRUE(tree) << tree.error().text();
  ASSERT_TRUE(tree->is_map());
  ASSERT_EQ(tree->entries.size(), 3u);
  EXPECT_EQ(tree->entries[0].first.scalar, "b");
  EXPECT_EQ(tree->entries[1].first.scalar, "a");
  EXPECT_FALSE(tree->find("b")->quoted);
  const YamlNode* list = tree->find("a");
  ASSERT_EQ(list->items.size(), 3u);
  EXPECT_TRUE(list->items[0].quoted);
  EXPECT_EQ(list->items[0].where("f.yaml"), "f.yaml:3:5");
  EXPECT_EQ(list->items[1].find("x")->where("f.yaml"), "f.yaml:4:9");
  EXPECT_TRUE(list->items[2].is_null());
  EXPECT_EQ(tree->find("text")->scalar, "two\nlines\n");
  EXPECT_TRUE(tree->find("text")->quoted);
  EXPECT_EQ(tree->find("absent"), nullptr);
}

TEST(Yaml, EmptyTextIsNothing) {
  for (const char* text : {"", "\n", "# only a comment\n"}) {
    auto tree = read_yaml(text, "f.yaml");
    ASSERT_TRUE(tree) << text;
    EXPECT_TRUE(tree->is_null()) << text;
  }
}

TEST(Yaml, ReadsManifestsOfManyDocuments) {
  auto documents =
      read_yaml_documents("---\nkind: A\n---\n# nothing\n---\nkind: B\n...\n---\nkind: C\n", "f.yaml");
  ASSERT_TRUE(documents) << documents.error().text();
  ASSERT_EQ(documents->size(), 3u);
  EXPECT_EQ((*documents)[2].find("kind")->scalar, "C");
  EXPECT_EQ((*documents)[1].find("kind")->line, 6);
}

struct Bomb {
  const char* name;
  std::string text;
  const char* message;
};

std::vector<Bomb> bombs() {
  std::string keys;
  for (int i = 0; i < 15'000; ++i) keys += "k" + std::to_string(i) + ": 1\n";
  return {
      {"self reference in eight bytes", "&x\n- *x\n", "anchors (&x)"},
      {"billion laughs", "a: &a [lol,lol]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]\n", "f.yaml:1:4: anchors (&a)"},
      {"alias of nothing", "- *x\n", "f.yaml:1:"},
      {"merge key", "a: {x: 1}\nb:\n  <<: *a\n", "f.yaml:3:"},
      {"tag", "a: !!binary aGk=\n", "f.yaml:1:4: tags (tag:yaml.org,2002:binary)"},
      {"local tag", "- !python/object x\n", "tags (!python/object)"},
      {"tag on a map", "!x {a: 1}\n", "tags"},
      {"33 open brackets", repeat("[", 33) + repeat("]", 33), "nested deeper than 32 levels"},
      {"501 open brackets", repeat("[", 501), "f.yaml:1:1"},
      {"100,000 open brackets", repeat("[", 100'000), "f.yaml:1:1"},
      {"block maps", nested_maps(600), "nested deeper"},
      {"100,000 dashes", repeat("- ", 100'000), "nested deeper"},
      {"100,000 question marks", repeat("? ", 100'000), "f.yaml:1:"},
      {"80,000 keys' worth", keys, "more than 20000 values"},
      {"big scalar", "a: " + std::string(70'000, 'x') + "\n", "a value of 70000 bytes"},
      {"big file", std::string(300'000, 'x'), "300000 bytes of YAML"},
      {"second document", "a: 1\n---\nb: 2\n", "f.yaml:3:1: a second document"},
      {"falco 3281",
       "- macro: m\n  condition:\n    (a in (-1, 1) and p = \"/s\" and q in (\n\"/u.sh\",\n    \"-c r\"\n    "
       ")  )\n",
       "f.yaml"},
      {"comma alone", ",\n", "f.yaml"},
      {"open flow map", "{:", "f.yaml"},
      {"open flow list and colon", "[[:", "f.yaml"},
      {"duplicate key", "a: 1\nb: 2\na: 3\n", "f.yaml:3:1: key \"a\" appears twice; first in line 1"},
      {"map as key", "{a: b}: c\n", "cannot be a key"},
      {"null key", "~: c\n", "a key is missing"},
      {"zero byte", std::string("a: \0b", 5), "f.yaml:1:4: byte 0x00"},
      {"UTF-16", std::string("\xFF\xFE\x61\x00", 4), "f.yaml:1:1: byte 0xff"},
      {"overlong UTF-8", "ok: 1\na: \xC0\xAF\n", "f.yaml:2:4: byte 0xc0"},
      {"escape character", "a: \x1b[2J\n", "byte 0x1b"},
      {"unclosed quote without line end", "a: \"b", "f.yaml"},
      {"unclosed single quote", "a: 'b\nc: d\n", "f.yaml"},
      {"unclosed quote", "a: \"b\n", "f.yaml"},
      {"tab indent", "a:\n\t- b\n", "f.yaml"},
  };
}

TEST(YamlGate, RefusesEveryBombWithAPosition) {
  for (const Bomb& bomb : bombs()) {
    auto verdict = check_yaml(bomb.text, "f.yaml");
    ASSERT_FALSE(verdict) << bomb.name;
    EXPECT_EQ(verdict.error().code, ErrorCode::invalid_input) << bomb.name;
    EXPECT_THAT(verdict.error().text(), HasSubstr(bomb.message)) << bomb.name;
  }
}

TEST(YamlGate, ManyDocumentsDoNotOpenAHole) {
  for (const Bomb& bomb : bombs()) {
    if (std::string(bomb.name) == "second document") continue;
    EXPECT_FALSE(read_yaml_documents(bomb.text, "f.yaml")) << bomb.name;
  }
  EXPECT_FALSE(read_yaml_documents(repeat("---\na: 1\n", 1'001), "f.yaml"));
  EXPECT_TRUE(read_yaml_documents(repeat("---\na: 1\n", 1'000), "f.yaml"));
}

TEST(YamlGate, AcceptsWhatIsJustWithinTheLimits) {
  EXPECT_TRUE(check_yaml(repeat("[", 32) + repeat("]", 32), "f.yaml"));
  EXPECT_TRUE(check_yaml("a: " + std::string(yaml_max_scalar_bytes, 'x'), "f.yaml"));
  EXPECT_TRUE(check_yaml("a: caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x94\xA5\n", "f.yaml"));
  EXPECT_TRUE(check_yaml("[" + repeat("1,", 19'998) + "1]", "f.yaml"));
  EXPECT_FALSE(check_yaml("[" + repeat("1,", 19'999) + "1]", "f.yaml"));
}

TEST(Yaml, UnknownKeysNameTheNearest) {
  auto tree = read_yaml("alert: x\nexrp: y\n", "r.yaml");
  ASSERT_TRUE(tree);
  auto verdict = require_known_keys(*tree, {"alert", "expr"}, "a rule", "r.yaml");
  ASSERT_FALSE(verdict);
  EXPECT_EQ(
      verdict.error().text(),
      "r.yaml:2:1: unknown key \"exrp\" in a rule; expected one of alert, expr; did you mean \"expr\"?");
}

}  // namespace
}  // namespace muster
