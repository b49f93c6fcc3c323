// The small parts of a database: log channels, histories, URLs, tokens, cores.
#include <gmock/gmock.h>

#include "cluster_model/database/commit_history.hpp"
#include "cluster_model/database/connection_url.hpp"
#include "cluster_model/database/database_log.hpp"
#include "cluster_model/database/shared_processor.hpp"
#include "cluster_model/database/token_map.hpp"
#include "cluster_model/database/wal_stream.hpp"
#include "sim/random.hpp"

namespace muster {
namespace {

SimTime at(SimDuration d) {
  return SimTime{d};
}

TEST(WalStream, CarriesInOrderAtItsRate) {
  WalStream stream(1000, 10ms);
  stream.push(at(0s), {100, 1, at(0s)});
  stream.push(at(0s), {300, 2, at(0s)});
  stream.advance(at(109ms));
  EXPECT_EQ(stream.arrived().commits, 0u);
  stream.advance(at(110ms));
  EXPECT_EQ(stream.arrived().commits, 1u);
  EXPECT_EQ(stream.backlog_bytes(), 200);
  EXPECT_EQ(stream.drained_at(at(110ms)), at(310ms));
  stream.advance(at(310ms));
  EXPECT_EQ(stream.arrived().commits, 2u);
}

TEST(WalStream, ItDoesNotMatterHowOftenSomebodyLooks) {
  WalStream looked(777, 3ms), left(777, 3ms);
  for (std::int64_t i = 1; i <= 50; ++i) {
    const SimTime now = at(SimDuration{i * 71'333'333});
    looked.push(now, {i * 61, static_cast<std::uint64_t>(i), now});
    left.push(now, {i * 61, static_cast<std::uint64_t>(i), now});
    for (int k = 0; k < 7; ++k) looked.advance(now + SimDuration{k * 3'333'331});
  }
  left.advance(at(4s));
  looked.advance(at(4s));
  EXPECT_EQ(left.arrived().commits, looked.arrived().commits);
  EXPECT_EQ(left.drained_at(at(4s)), looked.drained_at(at(4s)));
}

TEST(WalStream, StandsStillAndGoesOnWhereItStood) {
  WalStream stream(1000, 0s);
  stream.push(at(0s), {1000, 1, at(0s)});
  stream.set_rate(at(500ms), 0);
  stream.advance(at(60s));
  EXPECT_EQ(stream.arrived().commits, 0u);
  EXPECT_EQ(stream.drained_at(at(60s)), sim_never);
  stream.set_rate(at(60s), 1000);
  EXPECT_EQ(stream.drained_at(at(60s)), at(60500ms));
}

TEST(CommitHistory, CountsWhatAFailoverLoses) {
  CommitHistory history(0, 1h);
  for (std::uint64_t i = 1; i <= 100; ++i) history.acknowledge(0, i, at(std::chrono::milliseconds(i * 100)));
  EXPECT_EQ(history.lost(0, 100), 0u);
  EXPECT_EQ(history.lost(0, 90), 10u);
  const Timeline second = history.fork(0, 90, at(11s));
  history.acknowledge(second, 91, at(12s));
  EXPECT_EQ(history.lost(second, 91), 10u);
  // Back to the old one: it lacks what the new one took.
  EXPECT_EQ(history.lost(0, 100), 1u);
  EXPECT_EQ(history.ahead(0, 100, second, 91), 10u);
  EXPECT_EQ(history.ahead(second, 91, 0, 100), 1u);
}

TEST(CommitHistory, KnowsItsPast) {
  CommitHistory history(3600, 1h);
  EXPECT_EQ(history.at(0, at(-30min)), 1800u);
  EXPECT_EQ(history.at(0, at(-2h)), 0u);
  for (std::uint64_t i = 1; i <= 100; ++i)
    history.acknowledge(0, 3600 + i, at(std::chrono::milliseconds(i * 100 - 50)));
  EXPECT_EQ(history.at(0, at(0s)), 3600u);
  EXPECT_EQ(history.at(0, at(5s)), 3650u);
  EXPECT_EQ(history.at(0, at(5500ms)), 3650u);
  EXPECT_EQ(history.at(0, at(30s)), 3700u);
  const Timeline second = history.fork(0, 3650, at(20s));
  EXPECT_EQ(history.holder_at(second, at(10s)), 0u);
  EXPECT_EQ(history.holder_at(second, at(21s)), second);
}

TEST(ConnectionUrl, ReadsWhatLibpqReads) {
  const auto url =
      parse_connection_url("postgresql+psycopg2://app:p%40ss@db.internal:6432/orders?sslmode=require");
  ASSERT_TRUE(url);
  EXPECT_EQ(*url, (ConnectionUrl{"app", "p@ss", "db.internal", "orders", 6432}));
  EXPECT_EQ(parse_connection_url("postgres://db/x")->port, 5432);
  for (const char* wrong :
       {"", "mysql://a:b@c/d", "postgres://a:b@/d", "postgres://a:b@c", "postgres://a:b@c:x/d"})
    EXPECT_FALSE(parse_connection_url(wrong)) << wrong;
}

TEST(ConnectionUrl, ATrailingNewlineBecomesPartOfTheDatabasesName) {
  EXPECT_EQ(parse_connection_url("postgres://a:b@c/orders\n")->database, "orders\n");
}

TEST(TokenMap, FindsWhatIsThereThroughManyInsertionsAndRemovals) {
  TokenMap map;
  RandomStream luck(7, "tokens", "test");
  std::map<std::uint64_t, std::uint32_t> truth;
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    const std::uint64_t token = below(luck.next(), 700) << 33 | 5;
    if (truth.erase(token)) {
      map.erase(token);
    } else {
      truth[token] = i;
      map.insert(token, i);
    }
    map.erase(1);  // never there
    ASSERT_EQ(map.size(), truth.size());
  }
  for (std::uint64_t k = 0; k < 700; ++k) {
    const auto known = truth.find(k << 33 | 5);
    EXPECT_EQ(map.find(k << 33 | 5), known == truth.end() ? TokenMap::none : known->second);
  }
}

TEST(SharedProcessor, SharesItsCoresEqually) {
  Engine engine;
  std::map<std::uint32_t, SimDuration> done;
  SharedProcessor cpu(engine, 2, [&](std::uint32_t what) { done[what] = engine.now().time_since_epoch(); });
  cpu.begin(1, 100ms);
  cpu.begin(2, 100ms);
  cpu.begin(3, 100ms);
  cpu.begin(4, 200ms);  // four on two cores: half speed until 200 ms, then alone
  engine.run_until(at(1s));
  EXPECT_EQ(done[1], 200ms);
  EXPECT_EQ(done[3], 200ms);
  EXPECT_EQ(done[4], 300ms);
  EXPECT_DOUBLE_EQ(cpu.busy_seconds(), 0.5);
}

TEST(SharedProcessor, AnAbortedJobFreesItsShare) {
  Engine engine;
  std::map<std::uint32_t, SimDuration> done;
  SharedProcessor cpu(engine, 1, [&](std::uint32_t what) { done[what] = engine.now().time_since_epoch(); });
  const SharedProcessor::Job first = cpu.begin(1, 100ms);
  cpu.begin(2, 100ms);
  engine.run_until(at(100ms));
  cpu.abort(first);
  cpu.abort(first);
  engine.run_until(at(1s));
  EXPECT_EQ(done.count(1), 0u);
  EXPECT_EQ(done[2], 150ms);
}

TEST(DatabaseLog, LooksLikePostgresOwn) {
  EXPECT_EQ(format_log_line({at(1500ms), 812, "FATAL", "sorry, too many clients already"},
                            *parse_epoch("2025-11-01T14:30:00Z")),
            "2025-11-01 14:30:01.500 UTC [812] FATAL:  sorry, too many clients already");
}

}  // namespace
}  // namespace muster
