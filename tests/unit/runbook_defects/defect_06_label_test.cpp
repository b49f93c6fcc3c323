// "label pod app-": the pod leaves its Service and its ReplicaSet, a new one takes its place, and the orphan
// keeps its database connections.
#include <gtest/gtest.h>

#include "tests/unit/runbook_defects/database_world.hpp"

namespace muster::test {
namespace {

int connections_of(DatabaseWorld& drill, const std::string& pod) {
  int count = 0;
  for (const SessionView& row : drill.database().sessions(0)) count += row.application == pod ? 1 : 0;
  return count;
}

TEST(Defect6, TheOrphanKeepsItsConnections) {
  DatabaseWorld drill(database_system());
  drill.run_to(60s);
  std::string orphan;
  for (const ObjectPtr& object : drill.world.objects().list(Kind::Pod))
    if (orphan.empty()) orphan = object->meta.name;
  const int before = connections_of(drill, orphan);
  ASSERT_GT(before, 0);
  drill.change(Kind::Pod, orphan, [](Object& pod) { pod.meta.labels.erase("app"); });
  drill.run_for(120s);
  EXPECT_EQ(drill.world.objects().list(Kind::Pod).size(), 4u) << "three and the orphan";
  EXPECT_EQ(drill.database().pools().size(), 4u);
  EXPECT_GT(connections_of(drill, orphan), 0) << "nobody has told the orphan to close them";
  // It survives a rollout of the others.
  drill.restart();
  drill.run_for(180s);
  EXPECT_GT(connections_of(drill, orphan), 0);
}

}  // namespace
}  // namespace muster::test
