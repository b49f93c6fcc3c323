#include "cluster_model/container_logs.hpp"

#include <gtest/gtest.h>

#include "cluster_model/logs/log_words.hpp"

namespace muster {
namespace {

TEST(ContainerLogs, KeepsOnlyTheCurrentAndThePreviousInstance) {
  ContainerLogs logs;
  EXPECT_EQ(logs.current("uid-1", "app"), nullptr);
  for (const char* text : {"first", "second", "third"}) {
    logs.begin_instance("uid-1", "app");
    logs.print("uid-1", "app", sim_start, text);
  }
  ASSERT_NE(logs.previous("uid-1", "app"), nullptr);
  EXPECT_EQ(logs.current("uid-1", "app")->lines().at(0).text, "third");
  EXPECT_EQ(logs.previous("uid-1", "app")->lines().at(0).text, "second");
  EXPECT_EQ(logs.previous("uid-1", "app")->lines().size(), 1u);
}

TEST(ContainerLogs, GoWithThePodButNotWithAnotherPod) {
  ContainerLogs logs;
  logs.begin_instance("uid-1", "app");
  logs.begin_instance("uid-1", "sidecar");
  logs.begin_instance("uid-2", "app");
  EXPECT_EQ(logs.previous("uid-1", "app"), nullptr);
  logs.forget_pod("uid-1");
  EXPECT_EQ(logs.current("uid-1", "app"), nullptr);
  EXPECT_EQ(logs.current("uid-1", "sidecar"), nullptr);
  EXPECT_NE(logs.current("uid-2", "app"), nullptr);
}

class RequestsInALog : public testing::Test {
 protected:
  static LogEvent reply(SimTime at, std::uint16_t status, std::uint32_t number = 1) {
    return {at, number, 0, status, 0};
  }
  std::shared_ptr<LogWords> words = std::make_shared<LogWords>(
      std::vector<LogWords::Service>{{{"GET /tasks"}, {"none", "vendor"}}},
      [](std::uint16_t, std::uint16_t code) { return code == 7 ? "FATAL:  sorry\nDETAIL: full" : ""; });
  InstanceLog log;
};

TEST_F(RequestsInALog, BecomeLinesWhenTheyAreReadInOrderOfTime) {
  log.note(reply(SimTime{1s}, 200, 5), words);
  log.print(SimTime{2s}, "one\ntwo");
  log.note({SimTime{3s}, 1, 0, 7, 0, LogEvent::What::backend_error, false}, words);
  log.note(reply(SimTime{3s}, 500), words);
  std::vector<std::string> texts;
  for (const LogLine& line : log.lines()) texts.push_back(line.text);
  EXPECT_EQ(texts, (std::vector<std::string>{
                       "INFO:     10.244.0.2:32773 - \"GET /tasks HTTP/1.1\" 200 OK", "one", "two",
                       "ERROR:    FATAL:  sorry", "DETAIL: full", "ERROR:    Exception in ASGI application",
                       "INFO:     10.244.0.2:32769 - \"GET /tasks HTTP/1.1\" 500 Internal Server Error"}));
  EXPECT_EQ(log.messages(), (std::array<std::uint64_t, 3>{3, 0, 2}));
}

TEST_F(RequestsInALog, WhoReadsOnSeesOnlyWhatIsNew) {
  log.print(SimTime{1s}, "one");
  log.note(reply(SimTime{1s}, 200), words);
  const LogPosition seen = log.end();
  EXPECT_TRUE(log.lines(seen).empty());
  log.print(SimTime{2s}, "two");
  ASSERT_EQ(log.lines(seen).size(), 1u);
  EXPECT_EQ(log.lines(seen)[0].text, "two");
}

TEST_F(RequestsInALog, OfTenMebibytesTheFileIsRotatedAndTheOldOneIsNoLongerRead) {
  const LogPosition begin = log.end();
  std::size_t events = 0;
  for (; log.files() == 1; ++events) log.note(reply(SimTime{1s}, 200, 5), words);
  // A line has 57 characters here and 41 around it.
  EXPECT_NEAR(static_cast<double>(events), InstanceLog::file_bytes_max / (57.0 + 41), 2000);
  EXPECT_EQ(log.lines().size(), 1u);
  EXPECT_EQ(log.lines(begin).size(), 1u) << "who has slept misses the old file";
  EXPECT_EQ(log.messages()[0], events);
  for (std::size_t i = 0; i < 6 * events; ++i) log.note(reply(SimTime{2s}, 200), words);
  EXPECT_EQ(log.files(), InstanceLog::files_max) << "older ones are deleted";
}

}  // namespace
}  // namespace muster
