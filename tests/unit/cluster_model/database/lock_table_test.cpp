#include "cluster_model/database/lock_table.hpp"

#include <gmock/gmock.h>

namespace muster {
namespace {

using enum LockMode;
using testing::ElementsAre;

// PostgreSQL docs, table 13.2: a row and a column per mode, weakest first.
TEST(LockTable, ConflictsAreThoseOfTheDocumentation) {
  const char* const rows[] = {".......x", "......xx", "....xxxx", "...xxxxx",
                              "..xx.xxx", "..xxxxxx", ".xxxxxxx", "xxxxxxxx"};
  for (std::size_t a = 0; a < lock_mode_count; ++a)
    for (std::size_t b = 0; b < lock_mode_count; ++b)
      EXPECT_EQ(conflict(static_cast<LockMode>(a), static_cast<LockMode>(b)), rows[a][b] == 'x')
          << a << " " << b;
}

TEST(LockTable, AWaitingExclusiveLockStopsLaterReaders) {
  LockTable locks(1);
  std::vector<std::uint32_t> granted;
  EXPECT_TRUE(locks.acquire(0, access_share, 1));
  EXPECT_FALSE(locks.acquire(0, access_exclusive, 2));
  EXPECT_FALSE(locks.acquire(0, access_share, 3));
  locks.release(0, access_share, granted);
  EXPECT_THAT(granted, ElementsAre(2));
  granted.clear();
  locks.release(0, access_exclusive, granted);
  EXPECT_THAT(granted, ElementsAre(3));
}

TEST(LockTable, WhoLeavesTheLineLetsOthersPass) {
  LockTable locks(1);
  std::vector<std::uint32_t> granted;
  EXPECT_TRUE(locks.acquire(0, access_share, 1));
  EXPECT_FALSE(locks.acquire(0, access_exclusive, 2));
  EXPECT_FALSE(locks.acquire(0, access_share, 3));
  EXPECT_FALSE(locks.acquire(0, row_exclusive, 4));
  locks.leave(0, 2, granted);
  EXPECT_THAT(granted, ElementsAre(3, 4));
}

}  // namespace
}  // namespace muster
