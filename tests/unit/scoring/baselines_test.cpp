#include <gtest/gtest.h>

#include "tests/unit/scoring/drill_builder.hpp"

namespace muster {
namespace {

using namespace drills;

TEST(BaselinesFile, SurvivesWritingAndReading) {
  const Baselines written = Drill(minutes(3)).baselines();
  const std::string text = write_baselines(written);
  const Result<Baselines> read = read_baselines(text, "b.jsonl", "head");
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(write_baselines(*read), text);
  const Baseline* nothing = read->find("nothing_done");
  ASSERT_NE(nothing, nullptr);
  ASSERT_EQ(nothing->impact.minutes.size(), 3u);
  EXPECT_EQ(nothing->impact.minutes[1].failed, 600u);
  EXPECT_EQ(nothing->impact.minutes[1].latency.count(), 600u);
  EXPECT_DOUBLE_EQ(nothing->impact.user_minutes_lost(3), 20);
  EXPECT_DOUBLE_EQ(nothing->impact.user_minutes_lost(2), 10);
  EXPECT_EQ(read->find("best"), nullptr);
}

TEST(BaselinesFile, BadFilesAreRefusedWithTheirLine) {
  const std::string good = write_baselines(Drill(minutes(1)).baselines());
  const auto refusal = [](const std::string& text) {
    const Result<Baselines> read = read_baselines(text, "b.jsonl", "head");
    return read ? "" : read.error().text();
  };
  EXPECT_EQ(refusal(good), "");
  EXPECT_EQ(refusal(""), "b.jsonl:1: the file was cut: the line does not end");
  EXPECT_EQ(refusal("[]\n"), "b.jsonl:1: the line is not a JSON object");
  EXPECT_EQ(refusal("{}\n"), "b.jsonl:1: expected {\"format\":1,\"head\":\"...\"}");
  EXPECT_EQ(refusal("{\"format\":1,\"head\":\"x\"}\n"),
            "b.jsonl:1: these baselines belong to another journal: their head is x, the journal's is head");
  EXPECT_EQ(refusal(good.substr(0, good.size() - 1)), "b.jsonl:5: the file was cut: the line does not end");
  const std::size_t last = good.rfind('\n', good.size() - 2);
  EXPECT_EQ(refusal(good.substr(0, last + 1)), "b.jsonl:4: minute 0 of nothing_done is missing");
  EXPECT_EQ(refusal(good + "{\"minute\":1}\n"), "b.jsonl:6: expected {\"kind\":\"...\",\"minutes\":N}");
  EXPECT_EQ(refusal(good + "{\"kind\":\"no_fault\",\"minutes\":0}\n"),
            "b.jsonl:6: there are two runs of kind no_fault");
  std::string other = good;
  other.replace(other.find("\"minute\":0"), 10, "\"minute\":1");
  EXPECT_EQ(refusal(other), "b.jsonl:3: this is not minute 0 of no_fault");
  other = good;
  other.replace(other.find("\"arrivals\""), 10, "\"arrivels\"");
  EXPECT_EQ(refusal(other), "b.jsonl:3: this is not minute 0 of no_fault");
}

TEST(ImpactRecorder, CountsTheMinuteThatASecondEndsIn) {
  ImpactRecorder recorder;
  recorder.record(at(60), Second{10, 1}.fact());
  recorder.record(at(61), Second{10, 2}.fact());
  recorder.record(at(61), DataFact{});
  ASSERT_EQ(recorder.impact().minutes.size(), 2u);
  EXPECT_EQ(recorder.impact().minutes[0].failed, 1u);
  EXPECT_EQ(recorder.impact().minutes[1].failed, 2u);
  EXPECT_EQ(recorder.impact().minutes[1].affected_user_seconds, 2u);
  EXPECT_EQ(recorder.impact().minutes[1].user_seconds, 10u);
}

}  // namespace
}  // namespace muster
