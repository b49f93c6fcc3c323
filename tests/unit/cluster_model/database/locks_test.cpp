// Locks, timeouts and slow plans.
#include <gmock/gmock.h>

#include "tests/unit/cluster_model/database/database_fixture.hpp"

namespace muster::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

OpenTransaction alter_table() {
  return {0, LockMode::access_exclusive, "ALTER TABLE tasks ADD COLUMN note text", "postgres", "psql", true};
}

// Waiters hold their connections: at a per second a pool of c is used up in c/a seconds.
TEST(Locks, APoolOfFifteenDiesInThreeSecondsAtFivePerSecond) {
  DatabaseUnderTest test(small_database());
  const ServerId server = test.start(0);
  test.database.hold_lock(0, alter_table());
  int stuck = 0;
  for (int i = 0; i < 20; ++i) {
    test.run_to(i * 200ms);
    test.call(server, "read");
    stuck = test.database.pools()[0].waiting;
    if (stuck > 0) break;
  }
  EXPECT_EQ(stuck, 1);
  EXPECT_EQ(test.engine.now(), SimTime{3s});
}

TEST(Locks, EndingTheBlockerLetsEverybodyGo) {
  DatabaseUnderTest test(small_database());
  const ServerId server = test.start(0);
  const std::uint32_t pid = test.database.hold_lock(0, alter_table());
  for (int i = 0; i < 20; ++i) test.call(server, i % 2 ? "read" : "write");
  test.run_to(10s);
  EXPECT_EQ(test.pending(), 20);
  for (const SessionView& row : test.database.sessions(0)) {
    if (row.pid == pid) {
      EXPECT_EQ(row.state, "idle in transaction");
    } else {
      EXPECT_EQ(row.wait_event_type, "Lock");
      EXPECT_THAT(row.blocked_by, ElementsAre(pid));
    }
  }
  EXPECT_TRUE(test.database.terminate(0, pid));
  EXPECT_FALSE(test.database.terminate(0, pid));
  test.run_to(11s);
  EXPECT_EQ(test.count(CallResult::ok), 20);
}

TEST(Locks, AWaitingAlterTableStopsReadersBehindIt) {
  DatabaseProfile profile = small_database();
  profile.queries.push_back(query("report", 60s));
  DatabaseUnderTest test(profile);
  const ServerId server = test.start(0);
  test.call(server, "report");
  test.run_to(1s);
  const std::uint32_t pid = test.database.hold_lock(0, alter_table());
  const CallToken reader = test.call(server, "read");
  test.run_to(30s);
  EXPECT_EQ(test.fate(reader), "open");
  EXPECT_TRUE(test.database.cancel(0, pid));
  test.run_to(31s);
  EXPECT_THAT(test.fate(reader), StartsWith("ok at 30.01"));
}

TEST(Locks, TimeoutsAreOffByDefaultAndEndTheWaitWhenSet) {
  DatabaseProfile profile = small_database();
  profile.settings.lock_timeout = 2s;
  DatabaseUnderTest test(profile);
  const ServerId server = test.start(0);
  test.database.hold_lock(0, alter_table());
  const CallToken call = test.call(server, "read");
  test.run_to(10s);
  EXPECT_THAT(test.fate(call), HasSubstr("canceling statement due to lock timeout"));
  EXPECT_THAT(test.fate(call), StartsWith("timed_out at 2.003s"));
}

TEST(Locks, StatementTimeout) {
  DatabaseProfile profile = small_database();
  profile.settings.statement_timeout = 5s;
  profile.queries[0].time.mean = 20s;
  DatabaseUnderTest test(profile);
  const ServerId server = test.start(0);
  const CallToken call = test.call(server, "read");
  test.run_to(10s);
  EXPECT_EQ(test.fate(call),
            "timed_out at 5.003s: sqlalchemy.exc.DBAPIError: (psycopg2.errors.QueryCanceled) canceling "
            "statement due to "
            "statement timeout");
}

TEST(Locks, IdleInTransactionTimeout) {
  DatabaseProfile profile = small_database();
  profile.settings.idle_in_transaction_session_timeout = 30s;
  DatabaseUnderTest test(profile);
  const ServerId server = test.start(0);
  test.database.hold_lock(0, alter_table());
  const CallToken call = test.call(server, "read");
  test.run_to(60s);
  EXPECT_THAT(test.fate(call), StartsWith("ok at 30.01"));
}

TEST(Locks, ADeadlockIsFoundAfterOneSecondAndOneOfTheTwoLoses) {
  DatabaseProfile profile = small_database();
  QueryClassProfile one = query("tasks then runs", 10ms, true), other = one;
  other.name = "runs then tasks";
  one.locks = {{"tasks", LockMode::exclusive}, {"runs", LockMode::exclusive}};
  other.locks = {{"runs", LockMode::exclusive}, {"tasks", LockMode::exclusive}};
  profile.queries = {one, other};
  DatabaseUnderTest test(profile);
  const ServerId server = test.start(0);
  // Both need their second lock while the other has it: a third holds both tables back until they have begun.
  const std::uint32_t a =
      test.database.hold_lock(0, {0, LockMode::row_share, "LOCK TABLE tasks", "postgres", "psql", true});
  const std::uint32_t b =
      test.database.hold_lock(0, {1, LockMode::row_share, "LOCK TABLE runs", "postgres", "psql", true});
  const CallToken first = test.call(server, "tasks then runs"), second = test.call(server, "runs then tasks");
  test.run_to(100ms);
  test.database.terminate(0, b);  // the second has runs now and waits for tasks
  test.database.terminate(0, a);  // the first waits for tasks too: it was first in line
  test.run_to(5s);
  EXPECT_EQ(test.database.instance(0).counters.deadlocks, 1u);
  EXPECT_EQ(test.count(CallResult::ok), 1);
  const std::string fates = test.fate(first) + test.fate(second);
  EXPECT_THAT(fates, HasSubstr("(psycopg2.errors.DeadlockDetected) deadlock detected"));
}

TEST(SlowQueries, ADroppedIndexIsBuiltAgain) {
  DatabaseUnderTest test(small_database());
  const ServerId server = test.start(0);
  test.database.slow_down({0}, 50, "index tasks_by_user");
  const CallToken slow = test.call(server, "read");
  test.run_to(1s);
  EXPECT_EQ(test.fate(slow), "ok at 504ms");
  ASSERT_TRUE(test.database.create_index(0, "tasks_by_user", "tasks", false, "postgres"));
  const CallToken read = test.call(server, "read"), write = test.call(server, "write");
  test.run_to(60s);
  EXPECT_EQ(test.fate(read), "ok at 1.501s") << "readers pass a SHARE lock";
  EXPECT_EQ(test.fate(write), "open") << "writers do not";
  test.run_to(200s);
  EXPECT_THAT(test.fate(write), StartsWith("ok at 1m41.01")) << "5 GB at 50 MB/s";
  const CallToken quick = test.call(server, "read");
  test.run_to(201s);
  EXPECT_EQ(test.fate(quick), "ok at 3m20.011s");
  EXPECT_FALSE(test.database.create_index(0, "tasks_by_user", "tasks", false, "postgres"));
}

TEST(SlowQueries, ManyOnFewCoresSlowEachOtherDown) {
  DatabaseProfile profile = small_database();
  profile.queries[0].cpu_share = 1;
  profile.queries[0].time.mean = 100ms;
  profile.connect_cpu = 1ns;
  profile.round_trip = 0s;
  profile.cores = 4;
  DatabaseUnderTest test(profile);
  const ServerId server = test.start(0);
  const CallToken first = test.call(server, "read");
  for (int i = 1; i < 8; ++i) test.call(server, "read");
  test.run_to(1s);
  EXPECT_THAT(test.fate(first), StartsWith("ok at 200.00000")) << "eight jobs share four cores";
}

}  // namespace
}  // namespace muster::test
