// A drill directory stays small, and its journal is written and read in no time.
#include <gtest/gtest.h>

#include "tests/unit/journal/drill_sized.hpp"

namespace muster {
namespace {

TEST(Size, A75MinuteDrillStaysBelow4Megabytes) {
  EXPECT_GE(samples::busy_second(1).latency.sparse().size(), 40u);
  const std::string text = samples::drill_sized_journal();
  EXPECT_LT(text.size(), 4'000'000u);
  EXPECT_GT(text.size(), 2'000'000u) << "the sample is thinner than a real drill";
  RecordProperty("bytes", static_cast<int>(text.size()));
}

TEST(Size, A75MinuteDrillIsReadBackWhole) {
  const Result<Journal> journal = read_journal(samples::drill_sized_journal(), "j");
  ASSERT_TRUE(journal) << journal.error().text();
  EXPECT_EQ(journal->records.size(), 1u + 4'500u + 500u + 1u);
  const TrafficFact* last = nullptr;
  for (const Record& record : journal->records)
    if (const auto* fact = record.fact<TrafficFact>()) last = fact;
  ASSERT_NE(last, nullptr);
  EXPECT_EQ(last->ended(), samples::busy_second(4'500).ended());
  EXPECT_EQ(last->latency.sparse(), samples::busy_second(4'500).latency.sparse());
}

}  // namespace
}  // namespace muster
