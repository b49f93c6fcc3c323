#include "telemetry/sample_codec.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "sim/random.hpp"
#include "telemetry/promql/window.hpp"
#include "telemetry/series_store.hpp"

namespace muster {
namespace {

std::uint64_t bits_of(double value) {
  return std::bit_cast<std::uint64_t>(value);
}

PackedSamples pack(const std::vector<Sample>& samples) {
  PackedSamples packed;
  for (const Sample& sample : samples) packed.append(sample);
  return packed;
}

void expect_same(const PackedSamples& packed, const std::vector<Sample>& samples) {
  SampleReader reader(packed);
  Sample got;
  for (const Sample& sample : samples) {
    ASSERT_TRUE(reader.next(got));
    ASSERT_EQ(got.at_ms, sample.at_ms);
    ASSERT_EQ(bits_of(got.value), bits_of(sample.value)) << "at " << sample.at_ms;
  }
  EXPECT_FALSE(reader.next(got));
  EXPECT_TRUE(reader.inside());
}

// Values and gaps of all sizes, as the draw says.
std::vector<Sample> drawn(std::uint64_t seed, int count) {
  RandomStream draw(seed, "samples", "test");
  std::vector<Sample> samples;
  std::int64_t at = 0;
  double value = 0;
  for (int i = 0; i < count; ++i) {
    at += static_cast<std::int64_t>(1 + (draw.next() >> (20 + draw.next() % 44)) % 10'000'000'000'000ull);
    const std::uint64_t kind = draw.next() % 6;
    if (kind == 0) value = std::bit_cast<double>(draw.next());
    if (kind == 1) value += 1;
    if (kind == 2) value = static_cast<double>(draw.next() >> (draw.next() % 64));
    if (kind == 3) value = stale_marker();
    if (kind == 4) value = -value;
    samples.push_back({at, value});
  }
  return samples;
}

TEST(SampleCodec, KeepsEveryBit) {
  const double infinity = std::numeric_limits<double>::infinity();
  const std::vector<Sample> odd = {
      {-5, 0.0},          {0, -0.0},           {1, stale_marker()}, {2, std::nan("")},
      {15'000, infinity}, {30'000, -infinity}, {45'000, 5e-324},    {1'000'000'000'000, 1.7e308}};
  expect_same(pack(odd), odd);
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const auto samples = drawn(seed, 500);
    expect_same(pack(samples), samples);
  }
}

// What a scrape sees most: regular times, values that stay, or grow by small whole numbers.
TEST(SampleCodec, TakesTwoBitsForWhatDoesNotChange) {
  std::vector<Sample> constant, counter;
  for (int i = 0; i < 300; ++i) {
    constant.push_back({7'250 + i * 15'000, 1});
    counter.push_back({7'250 + i * 15'000, 3.0 * i});
  }
  EXPECT_LT(pack(constant).bytes_used(), 300u * 2 / 8 + 3 * 30);
  EXPECT_LT(pack(counter).bytes_used(), 300u * 2 + 3 * 30);
}

TEST(SampleReader, ReadsOnWhenSamplesCome) {
  PackedSamples packed;
  SampleReader reader(packed);
  Sample got;
  for (int i = 0; i < 500; ++i) {
    EXPECT_FALSE(reader.next(got));
    packed.append({i * 1000, std::sqrt(i)});
    ASSERT_TRUE(reader.next(got));
    EXPECT_EQ(got.at_ms, i * 1000);
    EXPECT_EQ(got.value, std::sqrt(i));
  }
}

std::vector<Sample> between(const std::vector<Sample>& samples, std::int64_t begin, std::int64_t end) {
  std::vector<Sample> some;
  for (const Sample& sample : samples)
    if (sample.at_ms >= begin && sample.at_ms <= end && !is_stale_marker(sample.value))
      some.push_back(sample);
  return some;
}

// Windows that slide, jump, go back and stand still show what a plain search shows.
TEST(SlidingWindow, ShowsWhatAPlainSearchShows) {
  RandomStream draw(1, "windows", "test");
  std::vector<Sample> samples;
  for (int i = 0; i < 1000; ++i)
    samples.push_back({i * 15'000 + static_cast<int>(draw.next() % 5'000),
                       draw.next() % 10 == 0 ? stale_marker() : static_cast<double>(draw.next() % 100)});
  const PackedSamples packed = pack(samples);
  promql::SlidingWindow window(packed);
  promql::NewestSample newest(packed);
  std::int64_t at = 0;
  for (int i = 0; i < 3000; ++i) {
    const std::uint64_t step = draw.next() % 20;
    at += step == 0   ? -static_cast<std::int64_t>(draw.next() % 3'000'000)
          : step == 1 ? static_cast<std::int64_t>(draw.next() % 5'000'000)
                      : static_cast<std::int64_t>(draw.next() % 40'000);
    if (at > 16'000'000) at = 0;
    const std::int64_t range = draw.next() % 30 == 0 ? 3'600'000 : 300'000;
    const auto expected = between(samples, at - range, at);
    const auto got = window.between(at - range, at);
    ASSERT_EQ(got.size(), expected.size()) << at;
    for (std::size_t k = 0; k < got.size(); ++k) ASSERT_EQ(got[k].at_ms, expected[k].at_ms);
    Sample last{-1, 0};
    for (const Sample& sample : samples)
      if (sample.at_ms <= at) last = sample;
    Sample found{-1, 0};
    ASSERT_EQ(newest.until(at, found), last.at_ms >= 0);
    ASSERT_EQ(found.at_ms, last.at_ms);
  }
}

TEST(SeriesStore, IsFullAtItsLimitsAndSaysWhich) {
  SeriesStore few(StoreLimits{2, 1 << 20});
  for (const char* value : {"1", "2", "3"}) few.intern({{"__name__", "x"}, {"l", value}});
  EXPECT_EQ(few.full(), "2 series");
  EXPECT_FALSE(few.append(0, 1, 1));
  SeriesStore small(StoreLimits{1000, 1 << 20});
  const SeriesId id = small.intern({{"__name__", "x"}});
  RandomStream draw(1, "bits", "test");
  std::int64_t at = 0;
  while (small.append(id, ++at, std::bit_cast<double>(draw.next()))) ASSERT_LT(at, 10'000'000);
  EXPECT_EQ(small.full(), "1 MiB of series");
  EXPECT_LT(small.bytes(), 4u << 20);
  EXPECT_GT(small.sample_count(), 10'000u);
}

TEST(SeriesStore, FindsByAnyLabel) {
  SeriesStore store;
  const SeriesId a = store.intern({{"__name__", "x"}, {"pod", "p"}});
  const SeriesId b = store.intern({{"__name__", "y"}, {"pod", "p"}});
  EXPECT_EQ(store.having("pod", "p"), (std::vector<SeriesId>{a, b}));
  EXPECT_TRUE(store.having("pod", "q").empty());
  EXPECT_TRUE(store.having("node", "p").empty());
  EXPECT_EQ(store.label_names(), (std::vector<std::string>{"__name__", "pod"}));
  EXPECT_EQ(store.label_values("__name__"), (std::vector<std::string>{"x", "y"}));
}

}  // namespace
}  // namespace muster
