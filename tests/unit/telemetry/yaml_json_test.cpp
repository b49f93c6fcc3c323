#include "telemetry/yaml_json.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

std::string json(const std::string& yaml) {
  const auto tree = read_yaml(yaml, "f.yaml");
  if (!tree) return tree.error().text();
  const auto text = yaml_to_json(*tree, "f.yaml");
  return text ? *text : text.error().text();
}

struct Case {
  const char* yaml;
  const char* json;
};

TEST(YamlJson, ScalarsAsKubectlReadsThem) {
  const Case cases[] = {
      {"3", "3"},
      {"-3", "-3"},
      {"+3", "3"},
      {"0x1F", "31"},
      {"0b101", "5"},
      {"0o17", "15"},
      {"017", "15"},
      {"08", "8.0"},
      {"1_000", "1000"},
      {"3.5", "3.5"},
      {"1e3", "1000.0"},
      {"9223372036854775808", "9223372036854775808"},
      {"-9223372036854775808", "-9223372036854775808"},
      {"99999999999999999999", "1e+20"},
      {"yes", "true"},
      {"Off", "false"},
      {"true", "true"},
      {"~", "null"},
      {"null", "null"},
      {"\"8\"", "\"8\""},
      {"'yes'", "\"yes\""},
      {"100%", "\"100%\""},
      {"15m", "\"15m\""},
      {"1.2.3", "\"1.2.3\""},
      {"2Gi", "\"2Gi\""},
      {".inf", "f.yaml:1:1: .inf is not a number that this can hold; expected a finite one"},
      {"[a, {b: 1}]", "[\"a\",{\"b\":1}]"},
      {"b: 1\na: ", "{\"a\":null,\"b\":1}"},
  };
  for (const Case& c : cases) EXPECT_EQ(json(c.yaml), c.json) << c.yaml;
}

TEST(YamlJson, APointerFindsItsPlace) {
  const auto tree = read_yaml("spec:\n  list:\n    - a\n    - x/y: 1\n      t~z: 2\n", "f");
  ASSERT_TRUE(tree);
  const Case cases[] = {
      {"", "f:1:1"},
      {"/spec/list/0", "f:3:7"},
      {"/spec/list/1/x~1y", "f:4:12"},
      {"/spec/list/1/t~0z", "f:5:12"},
      {"/spec/list/7", "f:3:5"},  // not there: the deepest place on the way
      {"/spec/list/1x", "f:3:5"},
      {"/nothing/at/all", "f:1:1"},
  };
  for (const Case& c : cases) EXPECT_EQ(node_at_pointer(*tree, c.yaml).where("f"), c.json) << c.yaml;
}

}  // namespace
}  // namespace muster
