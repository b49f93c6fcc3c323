// A journal of another model version is still scored, but not replayed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "drill/drill_directory.hpp"
#include "drill/replay.hpp"
#include "drill/run_drill.hpp"

namespace muster {
namespace {

namespace fs = std::filesystem;

// The same records under a header that names another model; the chain is made anew.
std::string as_model(const Journal& journal, int model, Seal& seal) {
  std::string text;
  Header header = journal.header;
  header.model = model;
  JournalWriter writer(
      [&text](std::string_view line) {
        text += line;
        return Result<void>();
      },
      header);
  SimTime last{};
  for (const Record& record : journal.records) {
    if (const Fact* fact = std::get_if<Fact>(&record.body)) writer.record(record.at, *fact);
    if (const RequestRecord* request = record.request()) writer.record(record.at, *request);
    last = record.at;
  }
  seal = *writer.seal(last);
  return text;
}

TEST(OtherModel, IsScoredButNotReplayed) {
  const fs::path folder = fs::temp_directory_path() / ("muster-model-" + std::to_string(getpid()));
  RunOptions options;
  options.scenario = std::string(MUSTER_SOURCE_DIR) + "/scenarios/library/bad-deploy.yaml";
  options.overrides = {"horizon=30m"};
  options.out = folder.string();
  const Result<RunResult> run = run_drill(options);
  ASSERT_TRUE(run) << run.error().text();
  Result<ScoredDirectory> scored = score_directory(options.out);
  ASSERT_TRUE(scored) << scored.error().text();

  Seal seal;
  const std::string other = as_model(scored->journal, model_version + 1, seal);
  std::ofstream(folder / "journal.jsonl", std::ios::binary) << other;
  scored->baselines.head = seal.head;
  std::ofstream(folder / "baselines.jsonl", std::ios::binary) << write_baselines(scored->baselines);

  const Result<ScoredDirectory> again = score_directory(options.out);
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_EQ(again->card.model, model_version + 1);
  EXPECT_EQ(again->card.total, run->card.total);
  const Result<ReplayResult> replayed = replay_drill(options.out);
  ASSERT_FALSE(replayed);
  EXPECT_THAT(replayed.error().message, testing::HasSubstr("can be scored, not replayed"));
  fs::remove_all(folder);
}

}  // namespace
}  // namespace muster
