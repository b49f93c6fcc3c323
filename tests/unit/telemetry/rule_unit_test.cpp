// Rule unit tests in promtool's own format, run by our engine and, where promtool is installed, by promtool
// too: the same data judges both.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "telemetry/alerts.hpp"
#include "telemetry/promql/label_pool.hpp"
#include "telemetry/promql/literal.hpp"
#include "telemetry/promql/promql.hpp"
#include "telemetry/rule_file.hpp"
#include "telemetry/yaml.hpp"
#include "tests/unit/telemetry/promql_script.hpp"

namespace muster {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::int64_t ms_of(const YamlNode& node) {
  return *promql::parse_duration_ms(node.scalar == "0" ? "0s" : node.scalar);
}

Labels labels_of(const YamlNode* map) {
  Labels labels;
  if (!map) return labels;
  for (const auto& [name, value] : map->entries) promql::set_label(labels, name.scalar, value.scalar);
  return labels;
}

const YamlNode& list_of(const YamlNode& map, const char* key) {
  static const YamlNode none;
  const YamlNode* list = map.find(key);
  return list ? *list : none;
}

// One `tests:` entry.
class RuleTest {
 public:
  RuleTest(const YamlNode& node, std::vector<RuleGroup> groups, std::int64_t interval_ms)
      : node_(node), interval_ms_(interval_ms) {
    for (RuleGroup& group : groups) group.interval = {};  // promtool evaluates every group at every step
    groups_ = std::move(groups);
    load_series();
  }

  void run() {
    std::int64_t last = 0;
    for (const char* key : {"alert_rule_test", "promql_expr_test"})
      for (const YamlNode& item : list_of(node_, key).items)
        last = std::max(last, ms_of(*item.find("eval_time")));
    AlertEngine engine(store_, groups_, std::chrono::milliseconds(interval_ms_), Epoch{});
    for (std::int64_t at = 0; at <= last; at += interval_ms_) {
      feed(at);
      engine.evaluate(time_from_nanoseconds(at * 1'000'000));
      check(at, engine);
    }
  }

 private:
  void load_series() {
    const std::int64_t step = ms_of(*node_.find("interval"));
    for (const YamlNode& item : list_of(node_, "input_series").items) {
      std::size_t end = 0;
      const Labels labels = promql::script::read_series(item.find("series")->scalar, end);
      std::int64_t at = 0;
      for (const auto& value : promql::script::read_values(item.find("values")->scalar)) {
        if (value) input_[at].emplace_back(labels, *value);
        at += step;
      }
    }
  }

  void feed(std::int64_t until) {
    while (!input_.empty() && input_.begin()->first <= until) {
      for (const auto& [labels, value] : input_.begin()->second)
        store_.append(store_.intern(labels), input_.begin()->first, value);
      input_.erase(input_.begin());
    }
  }

  // Tests between two evaluations see the earlier one.
  bool is_now(const YamlNode& item, std::int64_t at) const {
    const std::int64_t wanted = ms_of(*item.find("eval_time"));
    return wanted >= at && wanted < at + interval_ms_;
  }

  void check(std::int64_t at, const AlertEngine& engine) {
    for (const YamlNode& item : list_of(node_, "alert_rule_test").items)
      if (is_now(item, at)) check_alerts(item, engine);
    for (const YamlNode& item : list_of(node_, "promql_expr_test").items)
      if (is_now(item, at)) check_expression(item);
  }

  static void check_alerts(const YamlNode& item, const AlertEngine& engine) {
    const std::string name = item.find("alertname")->scalar;
    std::set<std::pair<Labels, Labels>> expected, got;
    for (const YamlNode& alert : list_of(item, "exp_alerts").items) {
      Labels labels = labels_of(alert.find("exp_labels"));
      promql::set_label(labels, "alertname", name);
      expected.emplace(labels, labels_of(alert.find("exp_annotations")));
    }
    for (const ActiveAlert& alert : engine.active())
      if (alert.alert == name && alert.state == "firing") got.emplace(alert.labels, alert.annotations);
    EXPECT_EQ(got, expected) << name << " at " << item.find("eval_time")->scalar;
  }

  void check_expression(const YamlNode& item) {
    const std::string text = item.find("expr")->scalar;
    auto tree = promql::parse(text);
    ASSERT_TRUE(tree) << tree.error().message;
    auto value = promql::evaluate_instant(**tree, store_, ms_of(*item.find("eval_time")), {});
    ASSERT_TRUE(value) << value.error().message;
    std::map<Labels, double> expected, got;
    for (const YamlNode& sample : list_of(item, "exp_samples").items) {
      std::size_t end = 0;
      expected[promql::script::read_series(sample.find("labels")->scalar, end)] =
          *promql::parse_float(sample.find("value")->scalar);
    }
    for (const auto& series : value->series) got[series.labels] = series.points[0].value;
    EXPECT_EQ(got, expected) << text << " at " << item.find("eval_time")->scalar;
  }

  const YamlNode& node_;
  std::int64_t interval_ms_;
  std::vector<RuleGroup> groups_;
  SeriesStore store_;
  std::map<std::int64_t, std::vector<std::pair<Labels, double>>> input_;
};

void run_rule_tests(const fs::path& file) {
  auto root = read_yaml(read_file(file), file.string());
  ASSERT_TRUE(root) << root.error().text();
  std::vector<RuleGroup> groups;
  for (const YamlNode& name : list_of(*root, "rule_files").items) {
    const fs::path rules = file.parent_path() / name.scalar;
    auto loaded = load_rules(read_file(rules), rules.string());
    ASSERT_TRUE(loaded) << loaded.error().text();
    groups.insert(groups.end(), loaded->begin(), loaded->end());
  }
  for (const YamlNode& test : list_of(*root, "tests").items) {
    SCOPED_TRACE(test.find("name")->scalar);
    RuleTest(test, groups, ms_of(*root->find("evaluation_interval"))).run();
  }
}

void run_promtool(const fs::path& file) {
  if (std::system("command -v promtool > /dev/null 2>&1") != 0) GTEST_SKIP() << "promtool is not installed";
  const std::string command = fmt::format("cd '{}' && promtool test rules '{}' 2>&1",
                                          file.parent_path().string(), file.filename().string());
  EXPECT_EQ(std::system(command.c_str()), 0) << "promtool disagrees with the data";
}

const fs::path own = fs::path(MUSTER_SOURCE_DIR) / "tests/unit/telemetry/data/shop.test.yml";

TEST(RuleUnitTest, OurEngineAgreesWithTheData) {
  run_rule_tests(own);
}
TEST(RuleUnitTest, PromtoolAgreesWithTheData) {
  run_promtool(own);
}

// Rules and tests that ship with the conformance material, if it is there.
TEST(RuleUnitTest, OurEngineAgreesWithTheDrillRules) {
  const char* named = std::getenv("MUSTER_CONFORMANCE");
  const fs::path root =
      named ? fs::path(named) : fs::path(MUSTER_SOURCE_DIR) / ".." / "shared" / "conformance";
  const fs::path file = root / "promql" / "rules" / "drill.rules.test.yml";
  if (!fs::exists(file)) GTEST_SKIP() << "no rules at " << file;
  run_rule_tests(file);
}

}  // namespace
}  // namespace muster
