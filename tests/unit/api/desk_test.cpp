#include "api/desk/desk.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace muster {
namespace {

using testing::ElementsAre;

class Collected final : public FactSink {
 public:
  void record(SimTime at, Fact fact) override { facts.emplace_back(at, std::move(fact)); }
  std::vector<std::pair<SimTime, Fact>> facts;
};

class DeskTest : public testing::Test {
 protected:
  Answer ask(const std::string& verb, const std::string& path, const std::string& body = {}) {
    return desk.handle({"alice", verb, "/desk/v1/" + path, "application/json", body}, SimTime{90s},
                       Epoch{1'762'006'800});
  }
  static nlohmann::json json(const Answer& answer) { return nlohmann::json::parse(answer.body); }
  const DeskFact& last() const { return std::get<DeskFact>(facts.facts.back().second); }
  void page(std::uint64_t number) {
    PageFact fact;
    fact.page = number;
    fact.alerts = {"AllPodsDown", "HighErrorRate"};
    fact.to = "on-call";
    fact.priority = "P0";
    desk.deliver(SimTime{60s}, fact);
  }

  Collected facts;
  Desk desk{facts};
};

TEST_F(DeskTest, PagesAreListedAndAcknowledgedOnce) {
  EXPECT_EQ(json(ask("GET", "pages"))["pages"].size(), 0u);
  page(1);
  EXPECT_TRUE(std::holds_alternative<PageFact>(facts.facts.back().second));
  const Answer listed = ask("GET", "pages");
  EXPECT_THAT(listed.clues, ElementsAre("alert/AllPodsDown", "alert/HighErrorRate"));
  EXPECT_EQ(json(listed)["pages"][0]["at"], "2025-11-01T14:21:00Z");
  EXPECT_FALSE(json(listed)["pages"][0].contains("acknowledged_by"));
  EXPECT_EQ(ask("POST", "pages/1/acknowledge").status, 200);
  EXPECT_EQ(last().action, DeskAction::acknowledged);
  EXPECT_EQ(last().page, 1u);
  EXPECT_EQ(last().actor, "alice");
  EXPECT_EQ(json(ask("GET", "pages"))["pages"][0]["acknowledged_by"], "alice");
  EXPECT_EQ(ask("POST", "pages/1/acknowledge").status, 409);
  EXPECT_EQ(ask("POST", "pages/2/acknowledge").status, 404);
  EXPECT_EQ(ask("POST", "pages/0/acknowledge").status, 404);
  EXPECT_EQ(ask("POST", "pages/x/acknowledge").status, 404);
  EXPECT_EQ(ask("GET", "pages/1/acknowledge").status, 405);
}

struct Form {
  const char *path, *body;
  DeskAction action;
  const char *severity, *to, *text;
};

constexpr Form good_forms[] = {
    {"severity", R"({"severity":"P0","text":"all down"})", DeskAction::declared, "P0", "", "all down"},
    {"messages", R"({"channel":"#inc","text":"hello"})", DeskAction::message, "", "#inc", "hello"},
    {"status", R"({"text":"we know"})", DeskAction::status_update, "", "", "we know"},
    {"notifications", R"({"to":["cto","ceo"],"text":"come"})", DeskAction::notified, "", "cto,ceo", "come"},
    {"tickets", R"({"title":"Outage","text":"why","severity":"P1"})", DeskAction::ticket, "P1", "",
     "Outage\nwhy"},
    {"tickets", R"({"title":"Outage"})", DeskAction::ticket, "", "", "Outage"},
    {"hypotheses", R"({"text":"bad image","component":"web"})", DeskAction::hypothesis, "", "web",
     "bad image"},
    {"postmortem", R"({"text":"# What happened"})", DeskAction::postmortem, "", "", "# What happened"},
    {"resolve", "", DeskAction::resolved, "", "", ""},
};

TEST_F(DeskTest, EveryFormBecomesAFact) {
  for (const Form& form : good_forms) {
    const Answer answer = ask("POST", form.path, form.body);
    EXPECT_EQ(answer.status, 201) << form.path << answer.body;
    std::string to;
    for (const std::string& role : last().to) to += (to.empty() ? "" : ",") + role;
    EXPECT_EQ(last().action, form.action);
    EXPECT_EQ(last().severity, form.severity);
    EXPECT_EQ(to, form.to);
    EXPECT_EQ(last().text, form.text);
    EXPECT_EQ(facts.facts.back().first, SimTime{90s});
  }
}

struct Bad {
  const char *path, *body, *message;
};

constexpr Bad bad_forms[] = {
    {"severity", R"({"severity":"P9"})",
     "severity: \"P9\" is unknown; did you mean \"P0\"?; expected P0, P1, P2, P3"},
    {"severity", R"({})", "severity: expected some text"},
    {"severity", R"({"severity":0})", "severity: expected a string"},
    {"messages", R"({"channel":"c","txt":"x"})",
     "unknown field \"txt\"; did you mean \"text\"?; expected channel, text"},
    {"messages", R"({"channel":"c","text":"  "})", "text: expected some text"},
    {"notifications", R"({"to":"cto","text":"x"})", "to: expected a list of roles, such as [\"cto\"]"},
    {"notifications", R"({"to":[],"text":"x"})", "to: expected a list of roles, such as [\"cto\"]"},
    {"tickets", R"({"text":"x"})", "title: expected some text"},
    {"status", R"([])", "the body is no object"},
};

TEST_F(DeskTest, WrongFormsAreRefusedWithOneSentence) {
  for (const Bad& form : bad_forms) {
    const Answer answer = ask("POST", form.path, form.body);
    EXPECT_EQ(answer.status, 400) << form.body;
    EXPECT_EQ(json(answer)["message"], form.message);
  }
  EXPECT_EQ(ask("POST", "status", "{").status, 400);
  EXPECT_EQ(ask("POST", "status", R"({"text":")" + std::string(100'001, 'x') + R"("})").status, 400);
  EXPECT_EQ(json(ask("POST", "message", "{}"))["message"],
            "the desk has no \"message\"; did you mean \"messages\"?");
  EXPECT_EQ(ask("GET", "status").status, 405);
  EXPECT_EQ(ask("POST", "pages").status, 405);
  EXPECT_TRUE(facts.facts.empty());
}

TEST_F(DeskTest, AnIncidentIsResolvedOnceAndReopenedByDeclaring) {
  EXPECT_EQ(json(ask("GET", "incident"))["state"], "none");
  EXPECT_EQ(ask("POST", "severity", R"({"severity":"P1"})").status, 201);
  EXPECT_EQ(ask("POST", "severity", R"({"severity":"P0"})").status, 201);
  EXPECT_EQ(json(ask("GET", "incident"))["severity"], "P0");
  EXPECT_EQ(json(ask("GET", "incident"))["state"], "open");
  EXPECT_EQ(ask("POST", "resolve", R"({"text":"done"})").status, 201);
  EXPECT_TRUE(desk.resolved());
  EXPECT_EQ(ask("POST", "resolve").status, 409);
  EXPECT_EQ(ask("POST", "severity", R"({"severity":"P2"})").status, 201);
  EXPECT_FALSE(desk.resolved());
  const auto log = json(ask("GET", "incident"))["log"];
  ASSERT_EQ(log.size(), 4u);
  EXPECT_EQ(log[2]["action"], "resolved");
  EXPECT_EQ(log[2]["text"], "done");
  EXPECT_EQ(log[3]["at"], "2025-11-01T14:21:30Z");
}

}  // namespace
}  // namespace muster
