// The Deployment controller's decisions, as tables.
#include "cluster_model/controllers/rollout.hpp"

#include <gtest/gtest.h>

#include "cluster_model/controllers/deployment_status.hpp"

namespace muster {
namespace {

constexpr IntOrPercent percent(int value) {
  return {value, true};
}
constexpr IntOrPercent count(int value) {
  return {value, false};
}

TEST(ResolveFenceposts, RoundsSurgeUpAndUnavailableDown) {
  struct Case {
    IntOrPercent surge, unavailable;
    int replicas;
    RolloutLimits expected;
  };
  const Case cases[] = {
      {percent(25), percent(25), 1, {1, 0}},   {percent(25), percent(25), 3, {1, 0}},
      {percent(25), percent(25), 4, {1, 1}},   {percent(25), percent(25), 5, {2, 1}},
      {percent(25), percent(25), 10, {3, 2}},  {percent(0), percent(0), 10, {0, 1}},
      {count(0), percent(5), 10, {0, 1}},      {count(2), count(0), 10, {2, 0}},
      {percent(100), percent(100), 3, {3, 3}}, {count(0), count(9), 3, {0, 3}},
      {percent(25), percent(25), 0, {0, 0}},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(resolve_fenceposts(c.surge, c.unavailable, c.replicas), c.expected) << c.replicas;
  }
}

TEST(NextRolloutStep, MovesPodsWithinTheLimits) {
  struct Case {
    const char* what;
    int replicas;
    RolloutLimits limits;
    ReplicaSetCounts new_set;
    std::vector<ReplicaSetCounts> old_sets;
    RolloutStep expected;
  };
  const Case cases[] = {
      {"nothing to do", 3, {1, 0}, {3, 3}, {{0, 0}}, {3, {0}}},
      {"room for the surge", 10, {2, 0}, {0, 0}, {{10, 10}}, {2, {10}}},
      {"surge pods are up: old ones may go", 10, {2, 0}, {2, 2}, {{10, 10}}, {2, {8}}},
      {"surge pods not ready: wait", 10, {2, 0}, {2, 0}, {{10, 10}}, {2, {10}}},
      {"one of two surge pods is up", 10, {2, 0}, {2, 1}, {{10, 10}}, {2, {9}}},
      {"unavailable pods may go at once", 10, {0, 2}, {0, 0}, {{10, 10}}, {0, {8}}},
      {"a bad release on three replicas waits", 3, {1, 0}, {1, 0}, {{3, 3}}, {1, {3}}},
      {"new set too large", 3, {1, 0}, {5, 5}, {{0, 0}}, {3, {0}}},
      {"everything may go", 3, {0, 3}, {0, 0}, {{3, 3}}, {0, {0}}},
      {"unhealthy old pods go first, oldest set first", 3, {1, 0}, {3, 3}, {{1, 1}, {1, 0}}, {3, {0, 0}}},
      {"undo takes the bad pod away, not a good one", 3, {1, 0}, {3, 3}, {{1, 0}}, {3, {0}}},
      {"unhealthy old pods are replaced before healthy ones",
       10,
       {0, 2},
       {0, 0},
       {{5, 3}, {5, 5}},
       {0, {3, 5}}},
      {"scaled to zero", 0, {0, 0}, {0, 0}, {{2, 2}}, {0, {0}}},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(next_rollout_step(c.replicas, c.limits, c.new_set, c.old_sets), c.expected) << c.what;
  }
}

// Whatever the counts are, a step keeps both promises of the limits.
TEST(NextRolloutStep, NeverBreaksTheLimits) {
  for (int replicas = 1; replicas <= 6; ++replicas) {
    for (int surge = 0; surge <= 2; ++surge) {
      for (int old_wanted = 0; old_wanted <= replicas; ++old_wanted) {
        for (int new_wanted = 0; new_wanted + old_wanted <= replicas + surge; ++new_wanted) {
          const RolloutLimits limits = resolve_fenceposts(count(surge), count(1), replicas);
          const RolloutStep step =
              next_rollout_step(replicas, limits, {new_wanted, new_wanted}, {{old_wanted, old_wanted}});
          EXPECT_LE(step.new_wanted + step.old_wanted[0], replicas + limits.surge);
          const int available = std::min(new_wanted, step.new_wanted) + step.old_wanted[0];
          EXPECT_GE(available, std::min(replicas - limits.unavailable, old_wanted + new_wanted));
        }
      }
    }
  }
}

TEST(FirstSizeOfNewSet, FillsOnlyTheRoomThereIs) {
  EXPECT_EQ(first_size_of_new_set(3, {1, 0}, 0), 3);
  EXPECT_EQ(first_size_of_new_set(3, {1, 0}, 3), 1);
  EXPECT_EQ(first_size_of_new_set(3, {0, 3}, 3), 0);
  EXPECT_EQ(first_size_of_new_set(10, {3, 2}, 13), 0);
}

TEST(ProportionalScale, SharesByWeightAndGivesTheRestToTheFirst) {
  EXPECT_EQ(proportional_scale(20, 5, {{8, 13}, {5, 13}}), (std::vector{15, 10}));
  EXPECT_EQ(proportional_scale(5, 2, {{8, 13}, {5, 13}}), (std::vector{4, 3}));
  EXPECT_EQ(proportional_scale(0, 0, {{8, 13}, {5, 13}}), (std::vector{0, 0}));
  EXPECT_EQ(proportional_scale(10, 3, {{8, 13}, {5, 13}}), (std::vector{8, 5}));
  EXPECT_EQ(proportional_scale(11, 0, {{5, 10}, {5, 10}}), (std::vector{6, 5}));
}

TEST(SetCondition, KeepsTimesOfWhatDidNotChange) {
  const SimTime early = sim_start + 1s, late = sim_start + 9s;
  std::vector<Condition> conditions{{"Progressing", "True", "A", "", early, early}};
  set_condition(conditions, {"Progressing", "True", "A", "other text", late, late});
  EXPECT_EQ(conditions[0].last_update, early);
  set_condition(conditions, {"Progressing", "True", "B", "", late, late});
  EXPECT_EQ(conditions[0].last_update, late);
  EXPECT_EQ(conditions[0].last_transition, early);
  set_condition(conditions, {"Progressing", "False", "C", "", late, late});
  EXPECT_EQ(conditions[0].last_transition, late);
}

TEST(ProgressDeadline, CountsOnlyWhileARolloutIsUnderWay) {
  Deployment deployment;
  const auto deadline = [&](const char* status, const char* reason) {
    DeploymentStatus shown;
    shown.conditions = {{"Progressing", status, reason, "", sim_start, sim_start + 5s}};
    return progress_deadline_at(deployment, shown);
  };
  EXPECT_EQ(deadline("True", "ReplicaSetUpdated"), sim_start + 605s);
  EXPECT_EQ(deadline("True", "NewReplicaSetCreated"), sim_start + 605s);
  EXPECT_EQ(deadline("True", "NewReplicaSetAvailable"), sim_never);
  EXPECT_EQ(deadline("Unknown", "DeploymentPaused"), sim_never);
  EXPECT_EQ(deadline("False", "ProgressDeadlineExceeded"), sim_never);
  EXPECT_EQ(progress_deadline_at(deployment, {}), sim_never);
}

}  // namespace
}  // namespace muster
