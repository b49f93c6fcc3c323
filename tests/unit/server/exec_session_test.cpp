// What goes over the WebSocket of exec and attach, without a socket.
#include "server/exec_session.hpp"

#include <gmock/gmock.h>

namespace muster {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace std::string_literals;

constexpr const char* pod = "/api/v1/namespaces/shop/pods/web/";

class Exec : public testing::Test {
 protected:
  std::unique_ptr<ExecSession> open(const std::string& what) {
    return ExecSession::open(
        {"r", "GET", pod + what, "", ""},
        [this](const Request& request) {
          asked.push_back(request.verb + " " + request.path + " " + request.body);
          return answer;
        },
        refusal);
  }
  void answers(const std::string& body, int status = 200) {
    answer = {};
    answer.status = status;
    answer.body = body;
  }

  std::vector<std::string> asked;
  Answer answer, refusal;
};

TEST_F(Exec, AProgramWritesAndEndsAfterItsTime) {
  answers(R"({"stdout":"a\nb\n","stderr":"oops\n","exitCode":3,"seconds":2.0})");
  const auto session = open("exec?command=ls&command=-l&stdout=true&stderr=true");
  ASSERT_TRUE(session);
  EXPECT_THAT(asked,
              ElementsAre(HasSubstr("POST /api/v1/namespaces/shop/pods/web/exec?command=ls&command=-l")));
  EXPECT_THAT(session->take(0), ElementsAre("\1a\nb\n"s, "\2oops\n"s));
  EXPECT_THAT(session->take(1.9), IsEmpty());
  EXPECT_FALSE(session->ended());
  EXPECT_THAT(session->take(2.0), ElementsAre(HasSubstr(R"("message":"3","reason":"ExitCode")")));
  EXPECT_TRUE(session->ended());
}

TEST_F(Exec, WhatCannotBeEnteredIsRefusedBeforeTheUpgrade) {
  answers(R"({"kind":"Status","code":404})", 404);
  EXPECT_FALSE(open("exec?command=ls"));
  EXPECT_EQ(refusal.status, 404);
}

TEST_F(Exec, AShellReadsLines) {
  answers(R"({"stdout":"out\n","stderr":"","exitCode":7,"seconds":0})");
  const auto session = open("exec?command=sh&stdin=true&container=main");
  ASSERT_TRUE(session);
  session->hear("\0who"s);
  session->hear("ami\n# nothing\n\n"s.insert(0, 1, '\0'));
  EXPECT_THAT(asked.back(),
              HasSubstr("container=%6D%61%69%6E&command=sh&command=-c&command=%77%68%6F%61%6D%69"));
  EXPECT_EQ(asked.size(), 2u);
  EXPECT_THAT(session->take(0), ElementsAre("\1out\n"s));
  session->hear("\xff\0"s);  // the end of its input
  EXPECT_THAT(session->take(0), ElementsAre(HasSubstr("exit status 7")));
  EXPECT_TRUE(session->ended());
  session->hear("\0ls\n"s);
  EXPECT_EQ(asked.size(), 2u);
}

TEST_F(Exec, OnATerminalTheEchoIsOurs) {
  answers(R"({"stdout":"x\n","stderr":"","exitCode":0,"seconds":0})");
  const auto session = open("exec?command=bash&stdin=true&tty=true");
  session->hear("\4{\"Width\":80,\"Height\":24}\n");
  session->hear("\0lx\177s\r"s);
  std::string seen;
  for (const std::string& frame : session->take(0)) seen += frame.substr(1);
  EXPECT_EQ(seen, "$ lx\b \bs\r\nx\r\n$ ");
  session->hear("\0\4"s);  // Ctrl-D
  EXPECT_THAT(session->take(0), ElementsAre(HasSubstr("Success")));
}

TEST_F(Exec, TheShellThatIsTheMainProcessTakesItWithIt) {
  answers(R"({"interactive":true,"stdout":"hi\n","exitCode":1})");
  const auto session = open("attach?container=c&stdin=true&stdout=true");
  ASSERT_TRUE(session);
  session->hear("\0echo hi\nexit 4\n"s);
  EXPECT_THAT(session->take(0), ElementsAre("\1hi\n"s, HasSubstr("Success")));
  ASSERT_EQ(asked.size(), 3u);
  EXPECT_THAT(asked[1], HasSubstr(R"({"line":"echo hi"})"));
  EXPECT_THAT(asked[2], HasSubstr(R"({"exit":4})"));
}

/// A pod that was made to run psql, and a database that answers each statement with one row.
class Tool : public testing::Test {
 protected:
  std::unique_ptr<ExecSession> open(const std::string& words, const std::string& how) {
    return ExecSession::open(
        {"r", "GET", pod + ("attach?container=c" + how), "", ""},
        [this, words](const Request& request) {
          asked.push_back(request.path.substr(request.path.rfind('/')) + " " + request.body);
          const bool query = request.path == "/db/-/query";
          return Answer{200,
                        "",
                        query ? R"({"columns":["n"],"rows":[["1"]],"command":"SELECT 1"})"
                              : R"({"interactive":false,"tool":{"image":"docker.io/postgres:14","words":[)" +
                                    words + R"(],"environment":{"PGHOST":"db"}}})",
                        {},
                        nullptr};
        },
        refusal);
  }
  static constexpr const char* row = " n \n---\n 1\n(1 row)\n\n";

  std::vector<std::string> asked;
  Answer refusal;
};

TEST_F(Tool, RunsWhenSomebodyAttachesAndTakesThePodWithIt) {
  const auto session = open(R"("psql","-c","SELECT 1")", "&stdin=true&stdout=true");
  ASSERT_TRUE(session);
  EXPECT_THAT(session->take(0), ElementsAre("\1"s + row, HasSubstr("Success")));
  EXPECT_TRUE(session->ended());
  ASSERT_EQ(asked.size(), 3u);
  EXPECT_THAT(asked[1], HasSubstr(R"("host":"db")"));
  EXPECT_THAT(asked[2], testing::AllOf(HasSubstr("attach"), HasSubstr(R"("exit":0)"), HasSubstr("(1 row)")));
}

TEST_F(Tool, ReadsItsInputToTheEnd) {
  const auto session = open(R"("psql")", "&stdin=true");
  session->hear("\0SELECT\n"s);
  session->hear("\0 1"s);
  EXPECT_THAT(session->take(0), IsEmpty());
  session->hear("\xff\0"s);
  EXPECT_THAT(session->take(0), ElementsAre("\1"s + row, HasSubstr("Success")));
  EXPECT_THAT(asked[1], HasSubstr(R"("sql":"SELECT\n 1")"));
}

TEST_F(Tool, OnATerminalEachStatementIsAnswered) {
  const auto session = open(R"("psql")", "&stdin=true&tty=true");
  session->hear("\0SELECT\r1;\r\\q\r"s);
  std::string seen;
  for (const std::string& frame : session->take(0)) seen += frame.substr(1);
  EXPECT_THAT(seen, HasSubstr("=> SELECT\r\n=> 1;\r\n n \r\n---\r\n 1\r\n(1 row)"));
  EXPECT_THAT(asked[1], HasSubstr(R"("sql":"SELECT\n1")"));
  EXPECT_THAT(asked.back(), HasSubstr(R"("exit":0)"));
  EXPECT_TRUE(session->ended());
}

}  // namespace
}  // namespace muster
