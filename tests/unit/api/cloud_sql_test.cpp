// Cloud console, database console and status page through the handlers, on a whole world.
#include "api/cloud/cloud_sql.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "api/database/query.hpp"
#include "api/database/sql_statement.hpp"
#include "cluster_model/world.hpp"
#include "tests/unit/cluster_model/database/database_fixture.hpp"

namespace muster::test {
namespace {

using Json = nlohmann::json;
using testing::Contains;
using testing::HasSubstr;

struct DatabaseApi : testing::Test {
  DatabaseApi() : world(engine, facts, spec(), 1, *parse_epoch("2025-11-01T14:20:00Z")) {}
  static SystemSpec spec() {
    SystemSpec system;
    system.profile.databases = {small_database()};
    ProviderProfile provider;
    provider.name = "llm";
    provider.sides.resize(1);
    provider.sides[0].name = "vendor";
    system.profile.providers = {provider};
    return system;
  }
  Answer ask(const std::string& verb, const std::string& path, const std::string& body = "") {
    const Request request{"responder-1", verb, path, "application/json", body};
    const Url url = *parse_url(path);
    if (url.segments[0] == "cloud") return handle_cloud_sql(request, url, world);
    if (url.segments[0] == "db") return handle_database(request, url, world);
    return handle_provider_status(request, url, world);
  }
  Answer sql(const std::string& text, const std::string& user = "postgres",
             const std::string& password = "root") {
    return ask("POST", "/db/main/query", Json{{"sql", text}, {"user", user}, {"password", password}}.dump());
  }
  Json cloud(const std::string& verb, const std::string& rest, const std::string& body = "") {
    return Json::parse(ask(verb, "/cloud/sql/v1/projects/production/" + rest, body).body);
  }
  void run_to(SimDuration at) { engine.run_until(SimTime{at}); }

  Engine engine;
  CollectedFacts facts;
  World world;
};

TEST_F(DatabaseApi, DescribesInstancesAsCloudSqlDoes) {
  const Json instance = cloud("GET", "instances/db");
  EXPECT_EQ(instance["state"], "RUNNABLE");
  EXPECT_EQ(instance["databaseVersion"], "POSTGRES_14");
  EXPECT_EQ(instance["settings"]["availabilityType"], "REGIONAL");
  EXPECT_EQ(instance["failoverReplica"]["name"], "db-standby");
  EXPECT_EQ(cloud("GET", "instances/db-replica")["masterInstanceName"], "production:db");
  EXPECT_EQ(cloud("GET", "instances")["items"].size(), 3u);
  EXPECT_EQ(cloud("GET", "instances/nothing")["error"]["code"], 404);
}

TEST_F(DatabaseApi, AFailoverIsAnOperationThatTakesTime) {
  const Json begun = cloud("POST", "instances/db/failover");
  EXPECT_EQ(begun["status"], "RUNNING");
  EXPECT_EQ(begun["operationType"], "FAILOVER");
  EXPECT_EQ(cloud("POST", "instances/db/failover")["error"]["errors"][0]["reason"], "operationInProgress");
  EXPECT_EQ(cloud("GET", "instances/db")["state"], "MAINTENANCE");
  run_to(31s);
  EXPECT_EQ(cloud("GET", "operations/1")["status"], "DONE");
  EXPECT_EQ(cloud("GET", "operations/1")["endTime"], "2025-11-01T14:20:30Z");
  EXPECT_EQ(world.database("main")->primary(), 1);
}

TEST_F(DatabaseApi, PatchesTheDiskAndTheFlag) {
  cloud("PATCH", "instances/db", R"({"settings":{"dataDiskSizeGb":"200"}})");
  run_to(60s);
  EXPECT_EQ(cloud("GET", "instances/db")["settings"]["dataDiskSizeGb"], "200");
  cloud("PATCH", "instances/db",
        R"({"settings":{"databaseFlags":[{"name":"max_connections","value":"250"}]}})");
  run_to(300s);
  EXPECT_EQ(Json::parse(sql("SHOW max_connections").body)["rows"][0][0], "250");
}

TEST_F(DatabaseApi, AnswersWhatRespondersAsk) {
  EXPECT_EQ(Json::parse(sql("SELECT 1").body)["rows"], Json::parse("[[1]]"));
  EXPECT_EQ(Json::parse(sql("select pg_is_in_recovery();").body)["rows"][0][0], false);
  const std::uint32_t pid = world.database("main")->hold_lock(
      0, {0, LockMode::access_exclusive, "ALTER TABLE tasks", "postgres", "psql", true});
  const Answer activity =
      sql("SELECT pid, state, query FROM pg_stat_activity WHERE state = 'idle in transaction'");
  EXPECT_EQ(Json::parse(activity.body)["rows"][0][0], pid);
  EXPECT_THAT(activity.clues, Contains("database/pg_stat_activity"));
  EXPECT_EQ(Json::parse(sql("SELECT * FROM pg_locks").body)["rows"][0][2], "AccessExclusiveLock");
  EXPECT_EQ(sql("SELECT pg_terminate_backend(" + std::to_string(pid) + ")", "app", "secret").status, 400);
  EXPECT_EQ(Json::parse(sql("SELECT pg_terminate_backend(" + std::to_string(pid) + ")").body)["rows"][0][0],
            true);
  EXPECT_EQ(Json::parse(sql("SELECT count(*) FROM pg_stat_activity").body)["rows"][0][0], 0);
  EXPECT_EQ(Json::parse(sql("SELECT * FROM pg_stat_replication").body)["rows"].size(), 2u);
}

TEST_F(DatabaseApi, ChangesPasswordsAndSettings) {
  EXPECT_EQ(sql("ALTER ROLE app WITH PASSWORD 'new'").status, 200);
  EXPECT_EQ(sql("SELECT 1", "app", "secret").status, 503);
  EXPECT_EQ(sql("SELECT 1", "app", "new").status, 200);
  EXPECT_EQ(sql("ALTER ROLE postgres PASSWORD 'mine'", "app", "new").status, 400);
  EXPECT_EQ(sql("ALTER SYSTEM SET lock_timeout = '2s'").status, 200);
  EXPECT_EQ(Json::parse(sql("SHOW lock_timeout").body)["rows"][0][0], "2s");
}

TEST_F(DatabaseApi, NeedsASlotLikeAnybody) {
  world.database("main")->occupy(0, 1000, "reporting", "nightly-report");
  const Answer refused = sql("SELECT 1", "app", "secret");
  EXPECT_EQ(refused.status, 503);
  EXPECT_THAT(refused.body, HasSubstr("remaining connection slots are reserved"));
  EXPECT_EQ(sql("SELECT 1").status, 200) << "three are the superusers'";
}

TEST_F(DatabaseApi, UnknownSqlIsASyntaxError) {
  EXPECT_EQ(Json::parse(sql("SELEC 1").body)["error"], "ERROR:  syntax error at or near \"SELEC\"");
  EXPECT_EQ(Json::parse(sql("SELECT show max_connections").body)["error"].get<std::string>().substr(0, 20),
            "ERROR:  syntax error");
  for (const char* wrong : {"", "SELECT", "DROP TABLE tasks", "SELECT pg_terminate_backend()", "SELECT 1 2",
                            "SHOW", "ALTER ROLE"})
    EXPECT_FALSE(parse_sql(wrong)) << wrong;
}

TEST_F(DatabaseApi, ReadsChangeNothing) {
  for (const char* path :
       {"/cloud/sql/v1/projects/production/instances", "/db/main/log", "/provider/llm/status"})
    ask("GET", path);
  sql("SELECT * FROM pg_stat_activity");
  run_to(1s);
  Engine engine2;
  World other(engine2, facts, spec(), 1, world.epoch());
  engine2.run_until(SimTime{1s});
  EXPECT_EQ(engine.fingerprint().hex(), engine2.fingerprint().hex());
}

TEST_F(DatabaseApi, TheStatusPageSaysWhatTheVendorBelieves) {
  EXPECT_EQ(Json::parse(ask("GET", "/provider/llm/status").body)["components"][0]["status"], "operational");
  EXPECT_EQ(ask("GET", "/provider/nobody/status").status, 404);
}

}  // namespace
}  // namespace muster::test
