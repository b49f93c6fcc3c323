// How the cluster behaves, as sessions a person can read: transcripts/*.txt. After a wanted change of
// behaviour, run with MUSTER_REWRITE=1 and read the difference before committing it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/unit/cluster_model/transcript.hpp"

namespace muster {
namespace {

std::vector<std::string> transcript_files() {
  std::vector<std::string> files;
  const std::filesystem::path folder =
      std::filesystem::path(MUSTER_SOURCE_DIR) / "tests/unit/cluster_model/transcripts";
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    files.push_back(entry.path().stem().string());
  std::stable_sort(files.begin(), files.end());
  return files;
}

class Transcripts : public testing::TestWithParam<std::string> {};

TEST_P(Transcripts, Hold) {
  const std::string path =
      std::string(MUSTER_SOURCE_DIR) + "/tests/unit/cluster_model/transcripts/" + GetParam() + ".txt";
  std::ostringstream written;
  written << std::ifstream(path).rdbuf();
  const std::string played = play(written.str());
  if (std::getenv("MUSTER_REWRITE")) std::ofstream(path) << played;
  EXPECT_EQ(played, written.str());
}

INSTANTIATE_TEST_SUITE_P(Files, Transcripts, testing::ValuesIn(transcript_files()),
                         [](const auto& given) { return given.param; });

}  // namespace
}  // namespace muster
