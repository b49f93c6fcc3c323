// The sweeps of chain_test.cpp over a journal of drill size, sampled: each probe verifies megabytes.
#include <gtest/gtest.h>

#include <algorithm>

#include "sim/random.hpp"
#include "tests/unit/journal/drill_sized.hpp"

namespace muster {
namespace {

class LargeJournal : public testing::Test {
 protected:
  /// Line number (from 1) of a byte.
  std::size_t line_of(std::size_t byte) const {
    return static_cast<std::size_t>(std::upper_bound(starts_.begin(), starts_.end(), byte) - starts_.begin());
  }
  LargeJournal() {
    for (std::size_t at = 0; at < good_.size(); at = good_.find('\n', at) + 1) starts_.push_back(at);
  }

  std::string good_ = samples::drill_sized_journal(600);
  std::vector<std::size_t> starts_;  // [line - 1]
  RandomStream random_{20251101, "journal", "sweep"};
};

TEST_F(LargeJournal, RandomBitFlipsAreFoundAndLocated) {
  for (int i = 0; i < 2'000; ++i) {
    const std::size_t byte = below(random_.next(), good_.size());
    std::string bad = good_;
    bad[byte] = static_cast<char>(bad[byte] ^ (1 << below(random_.next(), 8)));
    const std::size_t line = line_of(byte);
    const std::size_t found = samples::refused_line(bad);
    EXPECT_TRUE(found == line || (good_[byte] == '\n' && found == line + 1)) << byte;
  }
}

TEST_F(LargeJournal, CutsAroundEveryRecordBoundaryAreFound) {
  for (std::size_t line = 1; line < starts_.size(); line += 7) {
    for (std::size_t cut = starts_[line] - 8; cut <= starts_[line] + 8; ++cut) {
      const std::size_t found = samples::refused_line(good_.substr(0, cut));
      EXPECT_EQ(found, cut > starts_[line] ? line + 1 : line) << cut;
    }
  }
}

}  // namespace
}  // namespace muster
