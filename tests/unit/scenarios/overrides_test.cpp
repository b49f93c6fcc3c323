#include "scenarios/overrides.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

constexpr const char* text =
    "horizon: 75m\n"
    "faults:\n"
    "  - at: 10m\n"
    "    data: {a.b: x, a: y}\n"
    "empty: []\n";

struct OverrideCase {
  const char* assignment;
  const char* error;
};

TEST(Overrides, RefusedWithTheNearestKey) {
  const OverrideCase cases[] = {
      {"horizon", "--set horizon: expected KEY=VALUE, for example faults.0.at=5m"},
      {"=5m", "--set =5m: expected KEY=VALUE, for example faults.0.at=5m"},
      {"horizn=5m",
       "--set horizn=5m: no key \"horizn\" in the scenario; expected one of horizon, faults, empty; did you "
       "mean "
       "\"horizon\"?"},
      {"faults.0.when=5m",
       "--set faults.0.when=5m: no key \"when\" in the scenario; expected one of at, data"},
      {"faults.1.at=5m", "--set faults.1.at=5m: no item \"1\" in that list; expected a number from 0 to 0"},
      {"faults.x=5m", "--set faults.x=5m: no item \"x\" in that list; expected a number from 0 to 0"},
      {"empty.0=1", "--set empty.0=1: no key \"0\" there; what the path names before it is an empty list"},
      {"horizon.a=1",
       "--set horizon.a=1: no key \"a\" there; what the path names before it is a single value"},
      {"horizon=[1", "--set horizon=[1: a list or map cannot be a key; expected a word"},
      {"horizon=&a 1", "--set horizon=&a 1: anchors (&a) are not allowed here; write the value out"},
  };
  for (const OverrideCase& c : cases) {
    auto root = read_yaml(text, "f.yaml");
    const auto applied = apply_override(*root, c.assignment);
    ASSERT_FALSE(applied) << c.assignment;
    EXPECT_EQ(applied.error().text(), c.error);
  }
}

TEST(Overrides, ReplaceOneValueAndKeepItsPlace) {
  auto root = read_yaml(text, "f.yaml");
  ASSERT_TRUE(apply_override(*root, "faults.0.at=5m"));
  ASSERT_TRUE(apply_override(*root, "faults.0.data.a.b=z=1"));
  ASSERT_TRUE(apply_override(*root, "empty=[1, 2]"));
  const YamlNode& fault = root->find("faults")->items[0];
  EXPECT_EQ(fault.find("at")->scalar, "5m");
  EXPECT_EQ(fault.find("at")->where("f.yaml"), "f.yaml:3:9");
  EXPECT_EQ(fault.find("data")->find("a.b")->scalar, "z=1");  // the longest key wins over a.(b)
  EXPECT_EQ(fault.find("data")->find("a")->scalar, "y");
  EXPECT_EQ(root->find("empty")->items.size(), 2u);
}

}  // namespace
}  // namespace muster
