// Outages: what clients hear, how long it lasts, and what is lost.
#include <gmock/gmock.h>

#include "tests/unit/cluster_model/database/database_fixture.hpp"

namespace muster::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

struct Outage : DatabaseUnderTest {
  explicit Outage(const DatabaseProfile& profile) : DatabaseUnderTest(profile), server(start(0)) {}
  /// Writes `per_second` times a second until `end`.
  void write_until(SimDuration end, int per_second = 10) {
    while (engine.now() < SimTime{end}) {
      call(server, "write");
      run_to(engine.now().time_since_epoch() + SimDuration{1s} / per_second);
    }
  }
  std::uint64_t lost() const { return facts.all.empty() ? 0 : facts.all.back().lost_writes; }
  bool at_risk() const { return !facts.all.empty() && facts.all.back().at_risk; }
  ServerId server;
};

TEST(Crash, ClientsAreResetAndRecoveryTakesRedoOverRate) {
  Outage test(small_database());
  test.write_until(10s);
  const CallToken cut = test.call(test.server, "read");
  test.run_to(10005ms);
  test.database.crash(0, true);
  test.run_to(10006ms);
  EXPECT_THAT(test.fate(cut), HasSubstr("server closed the connection unexpectedly"));
  const CallToken during = test.call(test.server, "read");
  test.run_to(10500ms);
  EXPECT_THAT(test.fate(during), HasSubstr("FATAL:  the database system is in recovery mode"));
  test.run_to(20s);
  const CallToken after = test.call(test.server, "read");
  test.run_to(21s);
  EXPECT_THAT(test.fate(after), StartsWith("ok"));
  EXPECT_EQ(test.lost(), 0u);
}

TEST(Crash, RedoTakesAsLongAsTheLogSinceTheCheckpoint) {
  DatabaseProfile profile = small_database();
  profile.queries[1].wal_bytes = 50'000'000;  // ten writes: 500 MB at 50 MB/s
  Outage test(profile);
  test.write_until(10s, 1);
  test.database.crash(0, true);
  test.run_to(21s);
  EXPECT_EQ(test.database.instance(0).state, ServerState::recovering);
  test.run_to(21200ms);
  EXPECT_EQ(test.database.instance(0).state, ServerState::up);
}

TEST(Crash, WithoutRestartConnectionsAreRefused) {
  Outage test(small_database());
  test.database.crash(0, false);
  const CallToken call = test.call(test.server, "read");
  test.run_to(1s);
  EXPECT_THAT(test.fate(call), HasSubstr("failed: Connection refused"));
  EXPECT_THAT(test.fate(call), StartsWith("refused at 1ms"));
}

TEST(BlackHole, ABlockedReadEndsAfterTheKernelsRetransmissions) {
  DatabaseProfile profile = small_database();
  profile.failover.automatic = false;
  Outage test(profile);
  test.call(test.server, "read");
  test.run_to(10s);
  test.database.lose_host(0);
  const CallToken established = test.call(test.server, "read"), fresh = test.call(test.server, "read");
  test.run_to(2000s);
  EXPECT_THAT(test.fate(established), StartsWith("timed_out at 15m34.6s"));  // 10 s + 924.6 s
  EXPECT_THAT(test.fate(fresh), StartsWith("timed_out at 2m17s"));           // 10 s + 127 s
  EXPECT_THAT(test.fate(fresh), HasSubstr("Connection timed out"));
}

TEST(BlackHole, TheDriversOwnTimeoutsAreShorter) {
  DatabaseProfile profile = small_database();
  profile.failover.automatic = false;
  profile.pool.read_timeout = 30s;
  profile.pool.connect_timeout = 5s;
  Outage test(profile);
  test.call(test.server, "read");
  test.run_to(10s);
  test.database.lose_host(0);
  const CallToken established = test.call(test.server, "read"), fresh = test.call(test.server, "read");
  test.run_to(2000s);
  EXPECT_THAT(test.fate(established), StartsWith("timed_out at 40s"));
  EXPECT_THAT(test.fate(fresh), StartsWith("timed_out at 15s"));
}

TEST(BlackHole, AnAddressThatMovesResetsOldConnectionsAtTheirNextRetransmission) {
  DatabaseProfile profile = small_database();
  profile.endpoint_moves = true;
  Outage test(profile);
  test.call(test.server, "read");
  test.run_to(10s);
  test.database.lose_host(0);
  const CallToken stuck = test.call(test.server, "read");
  // Lost at 10 s, missed for 60 s, replaced in 30 s: the address answers from 100 s on; 10 s + 102.2 s.
  test.run_to(200s);
  EXPECT_THAT(test.fate(stuck), StartsWith("failed at 1m52.2s"));
  EXPECT_THAT(test.fate(stuck), HasSubstr("server closed the connection unexpectedly"));
}

TEST(Failover, BeginsAfterSixtySecondsAndMovesTheEndpoint) {
  Outage test(small_database());
  test.run_to(10s);
  test.database.lose_host(0);
  test.run_to(99s);
  EXPECT_EQ(test.database.primary(), 0);
  test.run_to(101s);
  EXPECT_EQ(test.database.primary(), 1);
  ASSERT_EQ(test.database.operations().size(), 1u);
  EXPECT_EQ(test.database.operations()[0].began, SimTime{70s});
  EXPECT_EQ(test.database.operations()[0].ended, SimTime{100s});
  const CallToken after = test.call(test.server, "write");
  test.run_to(102s);
  EXPECT_THAT(test.fate(after), StartsWith("ok"));
  EXPECT_TRUE(test.database.instance(2).standby);
  EXPECT_EQ(test.database.instance(2).upstream, "db-standby");
}

TEST(Failover, AQuickRecoveryForestallsIt) {
  Outage test(small_database());
  test.run_to(10s);
  test.database.crash(0, true);
  test.run_to(200s);
  EXPECT_EQ(test.database.primary(), 0);
  EXPECT_TRUE(test.database.operations().empty());
}

TEST(Failover, ABrokenAutomationSaysSoAndManualFailoverWorks) {
  Outage test(small_database());
  test.database.break_failover(true, false);
  test.run_to(10s);
  test.database.lose_host(0);
  test.run_to(300s);
  EXPECT_EQ(test.database.primary(), 0);
  ASSERT_EQ(test.database.operations().size(), 1u);
  EXPECT_THAT(test.database.operations()[0].error, HasSubstr("could not be promoted"));
  ASSERT_TRUE(test.database.failover("responder-1"));
  EXPECT_FALSE(test.database.failover("responder-1")) << "one at a time";
  test.run_to(331s);
  EXPECT_EQ(test.database.primary(), 1);
}

TEST(LostWrites, AsynchronousReplicationLosesWhatHadNotArrived) {
  Outage test(small_database());
  test.database.set_replication(1, 0, 80e6);  // the standby receives nothing from now on
  test.write_until(10s);
  test.run_to(11s);
  test.database.lose_host(0);
  EXPECT_TRUE(test.at_risk());
  EXPECT_EQ(test.lost(), 0u) << "at risk, not lost";
  test.run_to(120s);
  EXPECT_EQ(test.database.primary(), 1);
  EXPECT_EQ(test.lost(), 100u);
  EXPECT_FALSE(test.at_risk());
}

TEST(LostWrites, AStandbyThatKeepsUpLosesNothing) {
  Outage test(small_database());
  test.write_until(10s);
  test.run_to(11s);
  test.database.lose_host(0);
  test.run_to(120s);
  EXPECT_EQ(test.database.primary(), 1);
  EXPECT_EQ(test.lost(), 0u);
  EXPECT_TRUE(test.facts.all.empty());
}

TEST(LostWrites, SynchronousCommitsWaitAndAreNeverLost) {
  DatabaseProfile profile = small_database();
  profile.instances[1].synchronous = true;
  Outage test(profile);
  test.write_until(5s);
  test.run_to(6s);
  const int safe = test.count(CallResult::ok);
  EXPECT_EQ(safe, 50);
  test.database.set_replication(1, 0, 80e6);
  test.write_until(8s);
  test.run_to(9s);
  EXPECT_EQ(test.count(CallResult::ok), safe) << "no commit is confirmed";
  EXPECT_EQ(test.database.sessions(0)[0].wait_event, "SyncRep");
  test.database.lose_host(0);
  test.run_to(120s);
  EXPECT_EQ(test.database.primary(), 1);
  EXPECT_EQ(test.lost(), 0u);
}

TEST(LostWrites, AnOrderlyFailoverLosesNothing) {
  Outage test(small_database());
  test.write_until(10s);
  ASSERT_TRUE(test.database.failover("responder-1"));
  test.write_until(60s, 1);
  EXPECT_EQ(test.database.primary(), 1);
  EXPECT_EQ(test.lost(), 0u);
}

TEST(SplitBrain, PromotingWithoutFencingLetsBothTakeWrites) {
  Outage test(small_database());
  const ServerId moved =
      test.start(1, {{"DATABASE_URL", "postgresql://app:secret@db-replica.db.internal/app"}});
  test.write_until(10s);
  ASSERT_TRUE(test.database.promote(2));
  for (int i = 0; i < 50; ++i) {  // both for five seconds
    test.call(test.server, "write");
    test.call(moved, "write");
    test.run_to(10s + (i + 1) * 100ms);
  }
  test.run_to(17s);
  EXPECT_TRUE(test.at_risk());
  EXPECT_EQ(test.lost(), 50u) << "what the other has";
  // The old primary is left; the product goes on with the new one.
  test.run_to(30s);
  test.call(moved, "write");
  test.run_to(31s);
  EXPECT_EQ(test.lost(), 50u) << "now the old one's fifty";
}

TEST(Standby, RefusesWrites) {
  Outage test(small_database());
  const ServerId wrong =
      test.start(1, {{"DATABASE_URL", "postgresql://app:secret@db-replica.db.internal/app"}});
  const CallToken read = test.call(wrong, "read"), write = test.call(wrong, "write");
  test.run_to(1s);
  EXPECT_THAT(test.fate(read), StartsWith("ok"));
  EXPECT_THAT(
      test.fate(write),
      HasSubstr("(psycopg2.errors.ReadOnlySqlTransaction) cannot execute INSERT in a read-only transaction"));
}

TEST(Standby, LagGrowsByWhatItDoesNotApply) {
  DatabaseProfile profile = small_database();
  profile.queries[1].wal_bytes = 1'000'000;
  Outage test(profile);
  test.database.set_replication(2, 100e6, 4e6);  // ten MB/s come, four are applied
  test.write_until(20s);
  EXPECT_NEAR(static_cast<double>(test.database.instance(2).replication_lag_bytes), 120e6, 3e6);
  EXPECT_NEAR(test.database.instance(2).replication_lag_seconds, 12, 0.6);
  EXPECT_EQ(test.database.instance(1).replication_lag_bytes, 0);
}

TEST(DiskFull, PanicsUntilThereIsSpace) {
  DatabaseProfile profile = small_database();
  profile.failover.automatic = false;
  Outage test(profile);
  test.write_until(2s);
  test.database.fill_disk(0, true);
  const CallToken fatal = test.call(test.server, "write");
  test.run_to(3s);
  EXPECT_THAT(test.fate(fatal), HasSubstr("server closed the connection unexpectedly"));
  test.run_to(300s);
  EXPECT_NE(test.database.instance(0).state, ServerState::up);
  bool panic = false;
  for (const DatabaseLogLine& line : test.database.log(0).lines())
    panic = panic || (line.level == std::string("PANIC") &&
                      line.text.find("No space left on device") != std::string::npos);
  EXPECT_TRUE(panic);
  ASSERT_TRUE(test.database.resize(0, 200'000'000'000, "responder-1"));
  test.run_to(400s);
  EXPECT_EQ(test.database.instance(0).state, ServerState::up);
  EXPECT_EQ(test.lost(), 0u);
}

TEST(Restore, InPlaceLosesEverythingSinceTheBackup) {
  DatabaseProfile profile = small_database();
  profile.backups.writes_per_second_before = 2;
  profile.backups.age = 1h;
  profile.backups.restore_bytes_per_second = 100e6;
  Outage test(profile);
  test.write_until(10s);
  ASSERT_TRUE(test.database.restore(0, 1, "responder-1"));
  test.run_to(600s);
  EXPECT_NE(test.database.instance(0).state, ServerState::up);
  test.run_to(900s);  // 600 s machine, 200 s copy, start
  EXPECT_EQ(test.database.instance(0).state, ServerState::up);
  EXPECT_EQ(test.lost(), 7200u + 100u);
}

TEST(Restore, ACloneAtAPointInTimeLosesWhatCameLater) {
  Outage test(small_database());
  test.write_until(400s, 1);
  EXPECT_EQ(test.database.latest_restorable(), SimTime{300s});
  EXPECT_FALSE(test.database.clone(0, "db-again", SimTime{350s}, "responder-1"));
  ASSERT_TRUE(test.database.clone(0, "db-again", SimTime{300s}, "responder-1"));
  test.database.crash(0, false);
  test.run_to(2000s);
  const int clone = test.database.find_instance("db-again");
  EXPECT_EQ(test.database.instance(clone).state, ServerState::up);
  const ServerId moved =
      test.start(1, {{"DATABASE_URL", "postgresql://app:secret@db-again.db.internal/app"}});
  test.call(moved, "write");
  test.run_to(2001s);
  EXPECT_EQ(test.lost(), 100u);
}

}  // namespace
}  // namespace muster::test
