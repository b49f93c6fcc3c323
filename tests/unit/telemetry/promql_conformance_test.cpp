// Prometheus' own PromQL suite at v2.42.0, read in place; it is not part of this repository.
// MUSTER_CONFORMANCE names the folder that holds promql/v2.42.0/*.test; without it, ../shared/conformance
// beside the sources is tried.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "tests/unit/telemetry/promql_script.hpp"

namespace muster::promql::script {
namespace {

// All of them.
constexpr int floor_of_passes = 566;

std::filesystem::path suite_folder() {
  const char* named = std::getenv("MUSTER_CONFORMANCE");
  const std::filesystem::path root =
      named ? named : std::filesystem::path(MUSTER_SOURCE_DIR) / ".." / "shared" / "conformance";
  return root / "promql" / "v2.42.0";
}

TEST(PromqlConformance, PassesAsMuchOfPrometheusOwnSuiteAsBefore) {
  if (!std::filesystem::is_directory(suite_folder())) GTEST_SKIP() << "no suite at " << suite_folder();
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(suite_folder()))
    if (entry.path().extension() == ".test") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  int passed = 0, total = 0;
  for (const auto& file : files) {
    for (const CaseResult& result : run(file.string())) {
      ++total;
      if (result.failure.empty()) {
        ++passed;
      } else {
        fmt::print("{}: {}\n    {}\n", result.name, result.query, result.failure);
      }
    }
  }
  fmt::print("{} of {} cases pass\n", passed, total);
  EXPECT_GE(total, 566);
  EXPECT_GE(passed, floor_of_passes);
}

}  // namespace
}  // namespace muster::promql::script
