// "patch secret database-url" and restart after a failover: a managed failover keeps the endpoint's name, so
// it was not needed; and `echo` without -n puts a newline into the URL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/runbook_defects/database_world.hpp"

namespace muster::test {
namespace {

void patch_secret(DatabaseWorld& drill, const std::string& url) {
  drill.change(Kind::Secret, "keys", [&](Object& keys) { keys.as<ConfigData>().data["database-url"] = url; });
}

bool logged(DatabaseWorld& drill, int instance, const std::string& text) {
  for (const DatabaseLogLine& line : drill.database().log(instance).lines())
    if (line.text.find(text) != std::string::npos) return true;
  return false;
}

TEST(Defect8, AManagedFailoverNeedsNeitherPatchNorRestart) {
  DatabaseWorld drill(database_system());
  drill.run_to(60s);
  ASSERT_TRUE(drill.database().failover("responder-1"));
  EXPECT_LT(drill.good_share(25s), 0.5);
  drill.run_for(20s);
  EXPECT_EQ(drill.database().primary(), 1);
  EXPECT_GT(drill.good_share(30s), 0.99) << "nobody has touched the application";
}

TEST(Defect8, ThePatchedSecretReachesNobodyBeforeARestart) {
  DatabaseWorld drill(database_system());
  drill.run_to(60s);
  patch_secret(drill, "postgresql://app:wrong@db.example.internal/app");
  EXPECT_GT(drill.good_share(120s), 0.99);
  drill.restart();
  drill.run_for(120s);
  EXPECT_LT(drill.good_share(30s), 0.01);
  EXPECT_TRUE(logged(drill, 0, "password authentication failed for user \"app\""));
}

TEST(Defect8, ANewlineInTheUrlMakesAnOutageOfItsOwn) {
  DatabaseWorld drill(database_system());
  drill.run_to(60s);
  patch_secret(drill, "postgresql://app:secret@db.example.internal/app\n");
  drill.restart();
  drill.run_for(120s);
  EXPECT_LT(drill.good_share(30s), 0.01);
  EXPECT_TRUE(logged(drill, 0, "database \"app\n\" does not exist"));
}

}  // namespace
}  // namespace muster::test
