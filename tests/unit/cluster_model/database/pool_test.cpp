// The pool of an application's process, on the real Database.
#include <gmock/gmock.h>

#include "sim/random.hpp"
#include "tests/unit/cluster_model/database/database_fixture.hpp"

namespace muster::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const StringMap one_connection{{"DATABASE_URL", "postgresql://app:secret@db.example.internal/app"},
                               {"DATABASE_POOL_SIZE", "1"},
                               {"DATABASE_MAX_OVERFLOW", "0"}};

TEST(Pool, ConnectsOnceAndThenReuses) {
  DatabaseUnderTest test(small_database());
  const ServerId server = test.start(0);
  const CallToken first = test.call(server, "read");
  test.run_to(1s);
  EXPECT_EQ(test.fate(first), "ok at 14ms");  // 1 ms there and back, 2 ms to connect, 1 ms, 10 ms of query
  const CallToken second = test.call(server, "read");
  test.run_to(2s);
  EXPECT_EQ(test.fate(second), "ok at 1.011s");
  EXPECT_EQ(test.database.instance(0).connections, 1);
}

TEST(Pool, TheEnvironmentSetsItsSize) {
  DatabaseUnderTest test(small_database());
  const ServerId server = test.start(0, one_connection);
  const CallToken first = test.call(server, "read"), second = test.call(server, "read");
  test.run_to(1s);
  EXPECT_EQ(test.fate(first), "ok at 14ms");
  EXPECT_EQ(test.fate(second), "ok at 25ms");
}

TEST(Pool, WhoWaitsTooLongIsTurnedAwayWithSqlAlchemysWords) {
  DatabaseProfile profile = small_database();
  profile.queries[0].time.mean = 40s;
  DatabaseUnderTest test(profile);
  const ServerId server = test.start(0);
  for (int i = 0; i < 15; ++i) test.call(server, "read");
  const CallToken late = test.call(server, "read");
  test.run_to(35s);
  EXPECT_EQ(test.fate(late),
            "timed_out at 30s: sqlalchemy.exc.TimeoutError: QueuePool limit of size 5 overflow 10 reached, "
            "connection "
            "timed out, timeout 30.00");
  test.run_to(60s);
  EXPECT_EQ(test.count(CallResult::ok), 15);
  EXPECT_EQ(test.database.pools()[0].open, 5) << "overflow is closed again";
  EXPECT_EQ(test.database.instance(0).connections, 5);
}

TEST(Pool, WhoGivesUpLeavesTheLineAndACancelledQueryFreesItsConnection) {
  DatabaseUnderTest test(small_database());
  const ServerId server = test.start(0, one_connection);
  const CallToken working = test.call(server, "read"), waiting = test.call(server, "read"),
                  last = test.call(server, "read");
  test.run_to(5ms);
  test.database.abandon(waiting);
  test.database.abandon(working);
  test.run_to(1s);
  EXPECT_EQ(test.fate(working), "open");
  EXPECT_EQ(test.fate(waiting), "open");
  EXPECT_EQ(test.fate(last), "ok at 16ms");
}

TEST(Pool, ConnectionsArePodsTimesProcessesTimesPool) {
  DatabaseProfile profile = small_database();
  profile.pool.processes = 4;
  profile.queries[0].time.mean = 10s;
  DatabaseUnderTest test(profile);
  // Runbook defect 3: three pods of four processes of fifteen connections want 180 of 97 slots.
  RandomStream luck(1, "calls", "test");
  for (std::uint32_t pod = 0; pod < 3; ++pod) {
    const ServerId server = test.start(pod);
    for (int i = 0; i < 200; ++i) test.call(server, "read", luck.next());
  }
  test.run_to(1s);
  EXPECT_EQ(test.database.instance(0).connections, 97);
  EXPECT_GE(test.count(CallResult::refused), 180 - 97);
}

TEST(Pool, ThreeSlotsAreKeptForSuperusers) {
  DatabaseProfile profile = small_database();
  profile.settings.max_connections = 5;
  profile.queries[0].time.mean = 10s;
  DatabaseUnderTest test(profile);
  const ServerId server = test.start(0);
  for (int i = 0; i < 2; ++i) test.call(server, "read");
  test.run_to(1s);
  const CallToken third = test.call(server, "read");
  test.run_to(2s);
  EXPECT_THAT(
      test.fate(third),
      HasSubstr("FATAL:  remaining connection slots are reserved for non-replication superuser connections"));
  EXPECT_EQ(test.database.refusal(0, "postgres", "root", "app"), "");
  EXPECT_THAT(test.database.refusal(0, "app", "secret", "app"),
              StartsWith("FATAL:  remaining connection slots"));
}

TEST(Pool, ANodeThatVanishesLeavesItsSessionsBehind) {
  DatabaseUnderTest test(small_database());
  const ServerId reset = test.start(0), silent = test.start(1);
  test.call(reset, "read");
  test.call(silent, "read");
  test.run_to(1s);
  test.database.server_gone(reset, Death::reset);
  EXPECT_EQ(test.database.instance(0).connections, 1);
  test.database.server_gone(silent, Death::silent);
  EXPECT_EQ(test.database.instance(0).connections, 1) << "the server has not heard of it";
  test.run_to(7875s);
  EXPECT_EQ(test.database.instance(0).connections, 1);
  test.run_to(7877s);
  EXPECT_EQ(test.database.instance(0).connections, 0) << "keepalive: 7200 s + 9 x 75 s";
}

TEST(Pool, ASharedPoolServesAllProcessesInTurn) {
  DatabaseProfile profile = small_database();
  profile.pool.processes = 0;
  profile.pool.size = 1;
  profile.pool.overflow = 0;
  profile.pool.wait = 20ms;
  DatabaseUnderTest test(profile);
  const ServerId one = test.start(0), other = test.start(1);
  const CallToken first = test.call(one, "read"), second = test.call(other, "read"),
                  third = test.call(one, "read");
  test.run_to(1s);
  EXPECT_EQ(test.fate(first), "ok at 14ms");
  EXPECT_THAT(test.fate(second), StartsWith("ok at 25ms"));
  EXPECT_THAT(test.fate(third), HasSubstr("query_wait_timeout"));
  EXPECT_EQ(test.database.instance(0).connections, 1);
  ASSERT_EQ(test.database.pools().size(), 1u);
  EXPECT_EQ(test.database.pools()[0].pod, "pgbouncer");
  test.database.server_gone(one, Death::reset);
  const CallToken later = test.call(other, "read");
  test.run_to(2s);
  EXPECT_EQ(test.fate(later), "ok at 1.011s") << "the pool outlives the process";
}

TEST(Credentials, AWrongPasswordIsFatal) {
  DatabaseUnderTest test(small_database());
  const ServerId server = test.start(0, {{"DATABASE_URL", "postgresql://app:old@db.example.internal/app"}});
  const CallToken call = test.call(server, "read");
  test.run_to(1s);
  EXPECT_THAT(test.fate(call), HasSubstr("FATAL:  password authentication failed for user \"app\""));
}

TEST(Credentials, SessionsOutliveTheirPassword) {
  DatabaseUnderTest test(small_database());
  const ServerId server = test.start(0, one_connection);
  test.call(server, "read");
  test.run_to(1s);
  ASSERT_TRUE(test.database.set_password(0, "app", "new"));
  const CallToken after = test.call(server, "read");
  test.run_to(2s);
  EXPECT_THAT(test.fate(after), StartsWith("ok"));
  ASSERT_TRUE(test.database.terminate(0, test.database.sessions(0)[0].pid));
  const CallToken cut = test.call(server, "read"), again = test.call(server, "read");
  test.run_to(3s);
  EXPECT_THAT(test.fate(cut), HasSubstr("server closed the connection unexpectedly"));
  EXPECT_THAT(test.fate(again), HasSubstr("password authentication failed"));
}

TEST(Credentials, ANewlineInTheUrlNamesAnotherDatabase) {
  DatabaseUnderTest test(small_database());
  const ServerId server =
      test.start(0, {{"DATABASE_URL", "postgresql://app:secret@db.example.internal/app\n"}});
  const CallToken call = test.call(server, "read");
  test.run_to(1s);
  EXPECT_THAT(test.fate(call), HasSubstr("FATAL:  database \"app\n\" does not exist"));
}

TEST(Credentials, AnUnknownHostIsNotTranslated) {
  DatabaseUnderTest test(small_database());
  const ServerId server = test.start(0, {{"DATABASE_URL", "postgresql://app:secret@db.elsewhere/app"}});
  const CallToken call = test.call(server, "read");
  test.run_to(1s);
  EXPECT_THAT(
      test.fate(call),
      HasSubstr("could not translate host name \"db.elsewhere\" to address: Name or service not known"));
}

}  // namespace
}  // namespace muster::test
