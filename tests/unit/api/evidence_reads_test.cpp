// What responders read through the door is kept: evidence counts as captured, and the audit log knows who
// asked.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "api/desk/desk.hpp"
#include "api/router.hpp"
#include "cluster_model/database/database.hpp"
#include "telemetry/alerts.hpp"
#include "tests/unit/cluster_model/intruder_fixture.hpp"

namespace muster {
namespace {

using nlohmann::json;

constexpr const char* url = "postgresql://app:s3cret@main.db.internal:5432/app";

SystemSpec breached_system() {
  SystemSpec system = small_system({});
  DatabaseProfile database;
  database.name = "main";
  database.database = "app";
  database.endpoint = "main.db.internal";
  InstanceProfile instance;
  instance.name = "main-1";
  instance.primary = true;
  database.instances = {instance};
  RoleProfile role;
  role.name = "app";
  role.password = "s3cret";
  database.roles = {role};
  system.profile.databases = {database};
  system.objects[1].as<ConfigData>().data["token"] = url;
  system.profile.intruder.vulnerable = {"web:v1"};
  system.profile.intruder.credential = "TOKEN";
  system.profile.intruder.tip_off_probability = 0;
  return system;
}

class EvidenceReads : public testing::Test {
 protected:
  Answer ask(const std::string& verb, const std::string& to) {
    return router.handle({"alice", verb, to, "", ""});
  }
  std::string state(EvidenceKind kind) {
    std::string last;
    for (const auto& [at, fact] : facts.facts) {
      const auto* item = std::get_if<EvidenceFact>(&fact);
      if (item && item->item == to_string(kind)) last = to_string(item->change);
    }
    return last;
  }
  void SetUp() override {
    world.intruder().start("prod", "web", 20);
    for (int i = 0; i < 1'000 && !world.intruder().has_session(); ++i)
      engine.run_until(engine.now() + SimDuration(5s));
    ASSERT_TRUE(world.intruder().has_session());
    for (const ObjectPtr& pod : world.objects().list(Kind::Pod, "prod")) {
      if (world.intruder().has_foothold(pod->meta.uid))
        path = "/api/v1/namespaces/prod/pods/" + pod->meta.name;
    }
  }

  Engine engine;
  FactList facts;
  World world{engine, facts, breached_system(), 1, Epoch{1'762'006'800}};
  SeriesStore series;
  Desk desk{facts};
  AlertEngine alerts{series, {}, 15s, Epoch{1'762'006'800}};
  Router router{world, series, alerts, desk};
  std::string path;
};

TEST_F(EvidenceReads, EachItemByTheRequestThatReadsIt) {
  const std::tuple<EvidenceKind, const char*, std::string> reads[] = {
      {EvidenceKind::manifest, "GET", path},
      {EvidenceKind::log, "GET", path + "/log"},
      {EvidenceKind::memory, "POST", path + "/exec?command=gcore&command=1"},
      {EvidenceKind::sockets, "POST", path + "/exec?command=ss&command=-tnp"},
      {EvidenceKind::files, "POST", path + "/exec?command=tar&command=cf&command=-&command=/tmp"},
      {EvidenceKind::audit_log, "GET", "/audit/v1/events"},
      {EvidenceKind::database_log, "GET", "/db/main/log"},
  };
  for (const auto& [kind, verb, request] : reads) {
    EXPECT_EQ(state(kind), "exists") << to_string(kind);
    EXPECT_EQ(ask(verb, request).status, 200) << request;
    EXPECT_EQ(state(kind), "captured") << to_string(kind);
  }
}

TEST_F(EvidenceReads, ListsAndOtherPodsCaptureNothing) {
  (void)ask("GET", "/api/v1/namespaces/prod/pods");
  for (const ObjectPtr& pod : world.objects().list(Kind::Pod, "prod")) {
    if (!world.intruder().has_foothold(pod->meta.uid))
      (void)ask("GET", "/api/v1/namespaces/prod/pods/" + pod->meta.name + "/log");
  }
  EXPECT_EQ(state(EvidenceKind::manifest), "exists");
  EXPECT_EQ(state(EvidenceKind::log), "exists");
}

TEST_F(EvidenceReads, TheAuditLogKnowsEverybody) {
  (void)ask("GET", "/api/v1/namespaces/prod/secrets/keys");
  const json mine = json::parse(ask("GET", "/audit/v1/events?user=alice").body);
  EXPECT_EQ(mine["items"].back()["resource"], "secrets/prod/keys");
  EXPECT_EQ(mine["items"].back()["verb"], "get");
  const json his = json::parse(ask("GET", "/audit/v1/events?user=serviceaccount").body);
  ASSERT_FALSE(his["items"].empty());
  EXPECT_EQ(his["items"][0]["status"], 403);
  EXPECT_EQ(ask("GET", "/audit/v1/warnings").status, 200);
  EXPECT_EQ(ask("POST", "/audit/v1/events").status, 404);
}

// The stolen password against the database itself: a new one keeps the session, ending it does not keep him
// out of the door that is still open.
TEST_F(EvidenceReads, TheStolenPasswordAtARealServer) {
  Database& database = *world.database("main");
  EXPECT_TRUE(world.intruder().credential_works());
  ASSERT_TRUE(database.set_password(0, "app", "other").has_value());
  EXPECT_FALSE(world.intruder().credential_works());
  EXPECT_TRUE(world.intruder().has_session());
  for (const SessionView& session : database.sessions(0)) {
    if (session.application != "pg_dump") continue;
    EXPECT_TRUE(database.terminate(0, session.pid));
  }
  engine.run_until(engine.now() + SimDuration(30min));
  EXPECT_FALSE(world.intruder().has_session()) << "the environment of his pod still has the old one";
}

}  // namespace
}  // namespace muster
