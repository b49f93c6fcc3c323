#include "telemetry/series_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>

namespace muster {
namespace {

using testing::HasSubstr;

std::string recorded() {
  SeriesStore store;
  for (const char* pod : {"a", "b", "c"}) {
    const SeriesId id = store.intern({{"__name__", "load"}, {"pod", pod}});
    for (int i = 0; i < 300; ++i) store.append(id, i * 15'000 - 7, i * 0.5 + pod[0]);
    store.end(id, 5'000'000);
  }
  store.intern({{"__name__", "never"}});
  return write_series(store, {Epoch{1'700'000'000}, sim_start + 75min, 15s});
}

TEST(SeriesFile, GivesBackWhatWasWritten) {
  SeriesStore store;
  const auto recording = read_series(recorded(), "series.bin", store);
  ASSERT_TRUE(recording) << recording.error().message;
  EXPECT_EQ(recording->epoch.unix_seconds, 1'700'000'000);
  EXPECT_EQ(recording->end, sim_start + 75min);
  EXPECT_EQ(recording->interval, SimDuration(15s));
  ASSERT_EQ(store.series_count(), 4u);
  const std::vector<Sample> samples = store.samples(store.having("pod", "b").at(0));
  ASSERT_EQ(samples.size(), 301u);
  EXPECT_EQ(samples[0].at_ms, -7);
  EXPECT_EQ(samples[299].value, 299 * 0.5 + 'b');
  EXPECT_TRUE(is_stale_marker(samples[300].value));
  EXPECT_EQ(write_series(store, *recording), recorded());
}

TEST(SeriesFile, SeesEveryDamage) {
  const std::string good = recorded();
  for (std::size_t at = 0; at < good.size(); at += 7) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x10);
    SeriesStore store;
    EXPECT_FALSE(read_series(bad, "series.bin", store)) << at;
    SeriesStore other;
    EXPECT_FALSE(read_series(good.substr(0, at), "series.bin", other)) << at;
  }
  SeriesStore store;
  EXPECT_THAT(read_series("PK\3\4", "d/series.bin", store).error().message,
              HasSubstr("d/series.bin is not a file of recorded series"));
}

// Someone may have made the checksum anew: wrong contents must not lead outside the file.
TEST(SeriesFile, HoldsItsBoundsWithARightChecksum) {
  const std::string good = recorded();
  for (std::size_t at = 16; at + 8 < good.size(); ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ (at % 2 ? 0xff : 0x81));
    std::uint64_t sum = 0xcbf29ce484222325ull;
    for (std::size_t i = 0; i + 8 < bad.size(); ++i)
      sum = (sum ^ static_cast<std::uint8_t>(bad[i])) * 0x100000001b3ull;
    for (std::size_t i = 0; i < 8; ++i)
      bad[bad.size() - 8 + i] = static_cast<char>(sum >> (56 - 8 * i) & 0xff);
    SeriesStore store;
    (void)read_series(bad, "series.bin", store);
  }
}

}  // namespace
}  // namespace muster
