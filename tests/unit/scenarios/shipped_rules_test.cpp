// The rule files that are shipped, held against the real promtool and against what the world exposes.
#include <gtest/gtest.h>

#include <cstdlib>
#include <regex>
#include <set>

#include "scenarios/input_files.hpp"
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

TEST(ShippedRules, UseOnlyMetricsThatAreExposed) {
  const std::set<std::string> exposed{
      "http_requests_total", "http_request_duration_seconds_bucket", "kube_deployment_spec_replicas",
      "kube_deployment_status_replicas_available", "kube_deployment_status_replicas_updated",
      "kube_deployment_status_condition", "kube_pod_container_status_waiting_reason",
      "kube_pod_container_status_restarts_total", "probe_success", "nginx_ingress_controller_requests",
      // recorded by the rules themselves
      "service:request_errors:ratio_rate5m", "namespace:request_duration_seconds:p95_rate5m"};
  const std::string folder = systems + "/autonomous-dev/rules";
  std::size_t uses = 0;
  for (const std::string& name : files_below(folder, {".yml"}, false)) {
    for (const std::string& metric : metrics_in(*read_input_file(folder + "/" + name))) {
      EXPECT_TRUE(exposed.count(metric)) << name << ": " << metric;
      ++uses;
    }
  }
  EXPECT_GE(uses, 12u);
}

}  // namespace
}  // namespace muster
