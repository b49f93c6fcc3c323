// A drill whose clock is turned from outside.
#include "drill/live_drill.hpp"

#include <gmock/gmock.h>

#include <filesystem>

namespace muster {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr Epoch epoch{1'700'000'000};
const std::filesystem::path library = std::filesystem::path(MUSTER_SOURCE_DIR) / "scenarios" / "library";

std::unique_ptr<LiveDrill> live(const std::string& scenario, std::uint64_t seed = 1) {
  auto drill = LiveDrill::load({(library / scenario).string(), seed, {}}, epoch);
  EXPECT_TRUE(drill) << drill.error().text();
  return std::move(*drill);
}

std::string get(LiveDrill& drill, const std::string& path) {
  return drill.submit({"responder-1", "GET", path, "", ""}).body;
}

TEST(LiveDrill, TimeMovesOnlyWhenTold) {
  const auto drill = live("bad-deploy.yaml");
  EXPECT_THAT(get(*drill, "/api/v1/query?query=time()"), HasSubstr("[1700000000,"));
  drill->advance_to(sim_start + 90s);
  drill->advance_to(sim_start + 30s);  // earlier: nothing
  EXPECT_THAT(get(*drill, "/api/v1/query?query=time()"), HasSubstr("[1700000090,"));
  EXPECT_THAT(get(*drill, "/api/v1/query?query=up{job=\"ingress\"}"), HasSubstr("\"1\""));
}

// Asking changes nothing: however often and whenever somebody looks, the world is the same.
TEST(LiveDrill, StepsAndReadsDoNotChangeTheRun) {
  const auto stepped = live("bad-deploy.yaml"), jumped = live("bad-deploy.yaml");
  for (int i = 1; i <= 660; ++i) {
    stepped->advance_to(sim_start + i * 1s);
    if (i % 60 == 0) (void)get(*stepped, "/metrics");
  }
  jumped->advance_to(sim_start + 660s);
  EXPECT_EQ(get(*stepped, "/metrics"), get(*jumped, "/metrics"));
  EXPECT_EQ(get(*stepped, "/federate?match[]={job!=\"\"}"), get(*jumped, "/federate?match[]={job!=\"\"}"));
}

// Every metric that an exporter tells has its row in cluster_model/exporters/metric_families.cpp.
TEST(LiveDrill, EveryMetricOfTheLibraryHasItsTypeAndHelp) {
  for (const auto& entry : std::filesystem::directory_iterator(library)) {
    if (entry.path().extension() != ".yaml") continue;
    const auto drill = live(entry.path().filename().string());
    drill->advance_to(sim_start + 60s);
    const std::string page = get(*drill, "/metrics");
    EXPECT_THAT(page, HasSubstr("# TYPE up gauge\n")) << entry.path();
    EXPECT_THAT(page.substr(0, page.size()), Not(HasSubstr(" untyped\n"))) << entry.path();
  }
}

TEST(LiveDrill, AMistakeInTheScenarioIsToldAsInARun) {
  const auto drill = LiveDrill::load({"no-such-file.yaml", {}, {}}, epoch);
  ASSERT_FALSE(drill);
  EXPECT_THAT(drill.error().text(), HasSubstr("no-such-file.yaml"));
}

}  // namespace
}  // namespace muster
