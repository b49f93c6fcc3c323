// The rule files that are shipped, held against the real promtool and against what the world exposes.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <regex>
#include <set>

#include "cluster_model/exporters/exposition.hpp"
#include "scenarios/input_files.hpp"
#include "tests/unit/scenarios/drill_under_test.hpp"
#include "tests/unit/scenarios/scratch_folder.hpp"

namespace muster {
namespace {

const std::string systems = std::string(MUSTER_SOURCE_DIR) + "/scenarios/systems";

bool has_promtool() {
  return std::system("promtool --version >/dev/null 2>&1") == 0;
}

TEST(ShippedRules, PromtoolTakesThem) {
  if (!has_promtool()) GTEST_SKIP() << "promtool is not installed (Debian package prometheus)";
  for (const std::string& system : folders_in(systems)) {
    const std::string folder = systems + "/" + system + "/rules";
    EXPECT_EQ(std::system(("promtool check rules " + folder + "/*.yml >/dev/null 2>&1").c_str()), 0)
        << folder;
    EXPECT_EQ(std::system(("promtool test rules " + folder + "/tests/*.yml >/dev/null 2>&1").c_str()), 0)
        << folder;
  }
}

// Names of series in an expression: words with an underscore or a colon that are not functions.
std::set<std::string> metrics_in(const std::string& rules) {
  static const std::regex metric(
      R"(\b((kube|http|nginx|probe|service|namespace)[a-z0-9_]*[_:][a-z0-9_:]+)\s*[{\[)<>=]?)");
  std::set<std::string> found;
  for (std::sregex_iterator match(rules.begin(), rules.end(), metric), end; match != end; ++match)
    found.insert((*match)[1]);
  return found;
}

// Every name that a scrape of the world has shown.
class Names final : public SampleSink {
 public:
  void sample(std::string_view metric, const Labels&, double) override { seen.emplace(metric); }
  void scrape(World& world) {
    for (const ScrapeTarget& target : scrape_targets(world)) target.collect(*this);
  }
  std::set<std::string> seen;
};

// Some series exist only in trouble, so a crash is looked at too.
std::set<std::string> exposed_metrics() {
  Names names;
  DrillUnderTest drill("bad-deploy");
  drill.run_to(1min);
  names.scrape(drill.world);
  drill.run_to(12min);
  names.scrape(drill.world);
  return names.seen;
}

TEST(ShippedRules, UseOnlyMetricsThatAreExposed) {
  std::set<std::string> known = exposed_metrics();
  known.insert({"service:request_errors:ratio_rate5m", "namespace:request_duration_seconds:p95_rate5m"});
  const std::string folder = systems + "/autonomous-dev/rules";
  std::set<std::string> used;
  for (const std::string& name : files_below(folder, {".yml"}, false)) {
    for (const std::string& metric : metrics_in(*read_input_file(folder + "/" + name))) {
      EXPECT_TRUE(known.count(metric)) << name << ": " << metric;
      used.insert(metric);
    }
  }
  EXPECT_GE(used.size(), 12u);
}

// When each alert first fired, in a drill that nobody responds to.
std::map<std::string, SimDuration> first_fired(const std::string& name, SimDuration end) {
  DrillUnderTest drill(name);
  SeriesStore store;
  Scraper scraper(store);
  AlertEngine alerts(store, drill.scenario().rules, 15s, drill.scenario().epoch);
  std::map<std::string, SimDuration> fired;
  for (SimDuration at = 15s; at <= end; at += 15s) {
    drill.run_to(at);
    scraper.scrape(scrape_targets(drill.world), at / 1ms);
    for (const AlertChange& change : alerts.evaluate(sim_start + at)) {
      if (change.state == "firing") fired.emplace(change.alert, at);
    }
  }
  return fired;
}

TEST(ShippedRules, TellOfAnOutageWithinTwoMinutes) {
  for (const char* name : {"bad-deploy", "bad-config"}) {
    const auto fired = first_fired(name, 18min);
    for (const auto& [alert, when] : fired)
      EXPECT_GT(when, 10min) << name << ": " << alert << " before the fault";
    for (const char* alert : {"AllPodsDown", "AllPublicProbesFailing", "NoRequestSucceeds"}) {
      ASSERT_TRUE(fired.count(alert)) << name << ": " << alert;
      EXPECT_LE(fired.at(alert), 12min + 15s) << name << ": " << alert;
    }
    for (const char* alert :
         {"HighErrorRatio", "PodCrashLooping", "DeploymentReplicasMismatch", "ContainerRestarted"})
      EXPECT_TRUE(fired.count(alert)) << name << ": " << alert;
    EXPECT_FALSE(fired.count("EndpointFailing")) << "the pods' own counters end with the pods";
  }
}

}  // namespace
}  // namespace muster
