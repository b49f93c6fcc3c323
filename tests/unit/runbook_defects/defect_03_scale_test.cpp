// "scale --replicas=5" while the database is in trouble: each worker process has a pool of its own, so
// pods x processes x (size + overflow) connections want in, and every further pod makes it worse.
#include <gtest/gtest.h>

#include "tests/unit/runbook_defects/database_world.hpp"

namespace muster::test {
namespace {

SystemSpec four_processes() {
  SystemSpec system = database_system();
  system.profile.databases[0].pool.processes = 4;
  return system;
}

std::uint64_t refused(DatabaseWorld& drill) {
  return drill.database().instance(0).counters.refused_connections;
}

TEST(Defect3, ThreePodsOfFourPoolsWantMoreThanAHundredConnections) {
  DatabaseWorld drill(four_processes());
  drill.run_to(60s);
  EXPECT_EQ(refused(drill), 0u) << "on a quiet day a few connections do";
  drill.database().hold_lock(0,
                             {0, LockMode::access_exclusive, "ALTER TABLE tasks", "postgres", "psql", true});
  drill.run_to(75s);
  int wanted = 0;
  for (const PoolView& pool : drill.database().pools()) wanted += pool.pools * (pool.size + pool.overflow);
  EXPECT_EQ(wanted, 180);
  EXPECT_EQ(drill.database().instance(0).connections, 97);
  EXPECT_GT(refused(drill), 0u);
  // The same slots are what somebody needs who wants to look.
  EXPECT_NE(drill.database().refusal(0, "app", "secret", "app"), "");
}

TEST(Defect3, MorePodsMeanMoreRefusals) {
  DatabaseWorld drill(four_processes());
  drill.database().hold_lock(0,
                             {0, LockMode::access_exclusive, "ALTER TABLE tasks", "postgres", "psql", true});
  drill.run_to(60s);
  drill.scale(5);
  drill.run_to(120s);
  int wanted = 0;
  for (const PoolView& pool : drill.database().pools()) wanted += pool.pools * (pool.size + pool.overflow);
  EXPECT_EQ(wanted, 300);
  EXPECT_LE(drill.database().instance(0).connections, 97);
  EXPECT_LT(drill.good_share(30s), 0.01) << "and nobody is served";
}

}  // namespace
}  // namespace muster::test
