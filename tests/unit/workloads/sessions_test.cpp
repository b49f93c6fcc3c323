// How the controllers of the other workloads behave, as sessions a person can read: sessions/*.txt. After a
// wanted change of behaviour, run with MUSTER_REWRITE=1 and read the difference before committing it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/unit/workloads/session.hpp"

namespace muster {
namespace {

const char* const folder = MUSTER_SOURCE_DIR "/tests/unit/workloads/sessions";

std::vector<std::string> session_files() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    files.push_back(entry.path().stem().string());
  std::stable_sort(files.begin(), files.end());
  return files;
}

class Sessions : public testing::TestWithParam<std::string> {};

TEST_P(Sessions, Hold) {
  const std::string path = std::string(folder) + "/" + GetParam() + ".txt";
  std::ostringstream written;
  written << std::ifstream(path).rdbuf();
  const std::string played = play_session(written.str());
  if (std::getenv("MUSTER_REWRITE")) std::ofstream(path) << played;
  EXPECT_EQ(played, written.str());
}

INSTANTIATE_TEST_SUITE_P(Files, Sessions, testing::ValuesIn(session_files()),
                         [](const auto& given) { return given.param; });

}  // namespace
}  // namespace muster
