#include <gtest/gtest.h>

#include "journal/memory_facts.hpp"
#include "tests/unit/journal/sample_journal.hpp"

namespace muster {
namespace {

TEST(Writer, NumbersAndHeadFollowTheLines) {
  std::string text;
  JournalWriter writer(
      [&](std::string_view line) {
        text += line;
        return Result<void>();
      },
      samples::header());
  EXPECT_EQ(writer.records(), 1u);
  EXPECT_EQ(writer.record(sim_start + 5s, samples::request()), 1u);
  writer.record(sim_start + 5s, DataFact{});
  EXPECT_EQ(writer.record(sim_start + 6s, samples::request()), 3u);
  const std::string head = writer.head();
  EXPECT_EQ(text.substr(text.size() - 67, 64), head);
  const Result<Seal> seal = writer.seal(sim_start + 9s);
  ASSERT_TRUE(seal);
  EXPECT_EQ(seal->records, 4u);
  EXPECT_EQ(seal->head, head);
}

TEST(Writer, TheSameRecordsGiveTheSameBytes) {
  EXPECT_EQ(samples::journal_text(), samples::journal_text());
}

TEST(Writer, KeepsTheFirstWriteErrorAndWritesNothingAfterIt) {
  int lines = 0;
  JournalWriter writer(
      [&](std::string_view) -> Result<void> {
        if (++lines < 3) return {};
        return Error{ErrorCode::unavailable, "disk full " + std::to_string(lines), "out/journal.jsonl"};
      },
      samples::header());
  writer.record(sim_start, DataFact{});
  EXPECT_TRUE(writer.status());
  writer.record(sim_start, DataFact{});
  writer.record(sim_start, DataFact{});
  ASSERT_FALSE(writer.status());
  EXPECT_EQ(writer.status().error().message, "disk full 3");
  const Result<Seal> seal = writer.seal(sim_start);
  ASSERT_FALSE(seal);
  EXPECT_EQ(seal.error().message, "disk full 3");
  EXPECT_EQ(lines, 3);
}

TEST(WriterDeathTest, TimeMayNotGoBack) {
  JournalWriter writer([](std::string_view) { return Result<void>(); }, samples::header());
  writer.record(sim_start + 2s, DataFact{});
  EXPECT_EXIT(writer.record(sim_start + 1s, DataFact{}), testing::ExitedWithCode(3), "in order of time");
}

TEST(WriterDeathTest, NothingFollowsTheSeal) {
  JournalWriter writer([](std::string_view) { return Result<void>(); }, samples::header());
  ASSERT_TRUE(writer.seal(sim_start));
  EXPECT_EXIT(writer.record(sim_start, DataFact{}), testing::ExitedWithCode(3), "follow the seal");
}

TEST(MemoryFacts, KeepsOrderAndFindsByType) {
  MemoryFacts facts;
  facts.record(sim_start + 1s, DataFact{true, 1});
  facts.record(sim_start + 2s, AgentFact{"reviewer", true});
  facts.record(sim_start + 3s, DataFact{false, 2});
  ASSERT_EQ(facts.records().size(), 3u);
  EXPECT_EQ(facts.records()[2].number, 2u);
  ASSERT_EQ(facts.all<DataFact>().size(), 2u);
  EXPECT_EQ(facts.all<DataFact>()[1]->lost_writes, 2u);
}

}  // namespace
}  // namespace muster
