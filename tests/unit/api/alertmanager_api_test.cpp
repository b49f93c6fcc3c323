// Alertmanager's API: the bodies that amtool sends and reads.
#include "api/alertmanager/alertmanager_api.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace muster {
namespace {

using nlohmann::json;

class AlertmanagerApi : public testing::Test {
 protected:
  AlertmanagerApi() {
    manager.take({{"HighErrorRatio",
                   "firing",
                   {{"alertname", "HighErrorRatio"}, {"service", "api"}, {"severity", "critical"}},
                   {{"summary", "bad"}},
                   1}},
                 SimTime{60s});
  }

  Answer ask(const std::string& verb, const std::string& path, const std::string& body = {}) {
    const Request request{"alice", verb, path, "application/json", body};
    return handle_alertmanager(request, *parse_url(path), now, epoch, manager);
  }
  json read(const std::string& path) {
    const Answer answer = ask("GET", path);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return json::parse(answer.body);
  }
  Answer silence(const std::string& matcher, const std::string& ends, const std::string& id = "") {
    return ask("POST", "/api/v2/silences",
               R"({"matchers":[)" + matcher + R"(],"startsAt":"2025-11-01T14:20:00.000Z","endsAt":")" + ends +
                   R"(","createdBy":"alice","comment":"known","id":")" + id + R"("})");
  }
  static constexpr const char* by_service =
      R"({"name":"service","value":"api","isRegex":false,"isEqual":true})";

  SimTime now{80s};  // the group waits until second 90
  Epoch epoch = parse_epoch("2025-11-01T14:20:00Z").value();
  alertmanager::Alertmanager manager;
};

TEST_F(AlertmanagerApi, AnAlertIsActiveUntilASilenceMutesIt) {
  json alerts = read("/api/v2/alerts");
  ASSERT_EQ(alerts.size(), 1u);
  EXPECT_EQ(alerts[0]["status"]["state"], "active");
  EXPECT_EQ(alerts[0]["startsAt"], "2025-11-01T14:21:00.000Z");
  EXPECT_EQ(alerts[0]["receivers"][0]["name"], "on-call");
  EXPECT_EQ(ask("GET", "/api/v2/alerts").clues, std::vector<std::string>{"alert/HighErrorRatio"});

  const Answer made = silence(by_service, "2025-11-01T15:20:00.000Z");
  ASSERT_EQ(made.status, 200) << made.body;
  const std::string id = json::parse(made.body)["silenceID"];
  alerts = read("/api/v2/alerts");
  EXPECT_EQ(alerts[0]["status"]["state"], "suppressed");
  EXPECT_EQ(alerts[0]["status"]["silencedBy"][0], id);
  EXPECT_TRUE(read("/api/v2/alerts?silenced=false").empty());
  EXPECT_TRUE(manager.due(SimTime{10min}).empty()) << "and nobody is paged";

  const json silences = read("/api/v2/silences?filter=service%3D%22api%22");
  ASSERT_EQ(silences.size(), 1u);
  EXPECT_EQ(silences[0]["status"]["state"], "active");
  EXPECT_EQ(silences[0]["createdBy"], "alice");
  EXPECT_TRUE(read("/api/v2/silences?filter=service%3D%22web%22").empty());

  EXPECT_EQ(ask("DELETE", "/api/v2/silence/" + id).status, 200);
  EXPECT_EQ(read("/api/v2/silence/" + id)["status"]["state"], "expired");
  EXPECT_EQ(read("/api/v2/alerts")[0]["status"]["state"], "active");
}

TEST_F(AlertmanagerApi, WhatIsWrongIsSaid) {
  EXPECT_EQ(silence("", "2025-11-01T15:20:00Z").status, 400);
  EXPECT_EQ(silence(by_service, "2025-11-01T14:20:01Z").body, "\"end time can't be in the past\"");
  EXPECT_EQ(silence(by_service, "tomorrow").status, 422);
  EXPECT_EQ(silence(R"({"name":"a","value":"(","isRegex":true})", "2025-11-01T15:20:00Z").status, 400);
  EXPECT_EQ(silence(by_service, "2025-11-01T15:20:00Z", "nobody").status, 404);
  EXPECT_EQ(ask("POST", "/api/v2/silences", "not json").status, 400);
  EXPECT_EQ(ask("DELETE", "/api/v2/silence/nobody").status, 404);
  EXPECT_EQ(ask("POST", "/api/v2/alerts", "[]").status, 405) << "alerts come from the rules alone";
  EXPECT_EQ(ask("GET", "/api/v2/nothing").status, 404);
  EXPECT_EQ(ask("GET", "/api/v2/alerts?filter=broken").status, 400);
}

TEST_F(AlertmanagerApi, AReadChangesNothing) {
  const std::string before = ask("GET", "/api/v2/alerts").body + ask("GET", "/api/v2/silences").body;
  for (const char* path : {"/api/v2/status", "/api/v2/receivers", "/api/v2/alerts", "/api/v2/silences"})
    EXPECT_EQ(ask("GET", path).status, 200) << path;
  EXPECT_EQ(ask("GET", "/api/v2/alerts").body + ask("GET", "/api/v2/silences").body, before);
  EXPECT_EQ(read("/api/v2/receivers"), (json::array({{{"name", "nobody"}}, {{"name", "on-call"}}})));
}

}  // namespace
}  // namespace muster
