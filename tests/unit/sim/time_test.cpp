#include "sim/time.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

struct DurationRow {
  const char* text;
  std::int64_t ns;
  const char* printed;
};

TEST(Duration, IsReadAndPrinted) {
  const DurationRow rows[] = {
      {"1h30m", 5'400'000'000'000, "1h30m"},
      {"75m", 4'500'000'000'000, "1h15m"},
      {"250ms", 250'000'000, "250ms"},
      {"0.5s", 500'000'000, "500ms"},
      {"15s", 15'000'000'000, "15s"},
      {"2d", 172'800'000'000'000, "2d"},
      {"1d2h3m4s", 93'784'000'000'000, "1d2h3m4s"},
      {"1500ms", 1'500'000'000, "1.5s"},
      {"1m0.25s", 60'250'000'000, "1m250ms"},
      {"1.5us", 1'500, "1.5us"},
      {"7ns", 7, "7ns"},
      {"1.000000001s", 1'000'000'001, "1.000000001s"},
      {"0s", 0, "0s"},
      {"0.1d", 8'640'000'000'000, "2h24m"},
      {"106751d", 9'223'286'400'000'000'000, "106751d"},
      {"1.9999999999999999999999ns", 1, "1ns"},
  };
  for (const DurationRow& row : rows) {
    const Result<SimDuration> read = parse_duration(row.text);
    ASSERT_TRUE(read) << row.text << ": " << read.error().text();
    EXPECT_EQ(read.value().count(), row.ns) << row.text;
    EXPECT_EQ(format_duration(read.value()), row.printed);
    EXPECT_EQ(parse_duration(row.printed).value().count(), row.ns);
  }
  EXPECT_EQ(format_duration(-90s), "-1m30s");
  EXPECT_EQ(format_duration(SimDuration::min()).substr(0, 8), "-106751d");
}

TEST(Duration, BadTextIsRefusedWithTheReason) {
  const struct {
    const char *text, *part;
  } rows[] = {
      {"", "empty"},
      {"15", "needs a unit"},
      {"s", "'s' is not a digit"},
      {"-5s", "'-' is not a digit"},
      {"5 s", "needs a unit"},
      {"5s ", "' ' is not a digit"},
      {"10sec", "did you mean \"s\"?"},
      {"3x", "units: d h m s ms us ns"},
      {"5m5m", "largest first"},
      {"5s1m", "largest first"},
      {"1.5h30m", "only the last number"},
      {"1.s", "digits are missing"},
      {".5s", "'.' is not a digit"},
      {"200000d", "292 years"},
      {"99999999999999999999999999ns", "292 years"},
      {"106751d24h", "292 years"},
  };
  for (const auto& row : rows) {
    const Result<SimDuration> read = parse_duration(row.text);
    ASSERT_FALSE(read) << row.text;
    EXPECT_EQ(read.error().code, ErrorCode::invalid_input);
    EXPECT_NE(read.error().message.find(row.part), std::string::npos) << read.error().message;
    EXPECT_NE(read.error().message.find("such as 1h30m"), std::string::npos) << read.error().message;
  }
}

TEST(Duration, FromSecondsTakesTheNearestNanosecond) {
  EXPECT_EQ(duration_from_seconds(0.1).count(), 100'000'000);
  EXPECT_EQ(duration_from_seconds(1.4e-9).count(), 1);
  EXPECT_EQ(duration_from_seconds(1.6e-9).count(), 2);
  EXPECT_EQ(duration_from_seconds(-0.25).count(), -250'000'000);
}

TEST(Clock, PrintsOffsets) {
  EXPECT_EQ(format_clock(sim_start), "00:00");
  EXPECT_EQ(format_clock(sim_start + 59s + 999ms), "00:59");
  EXPECT_EQ(format_clock(sim_start + 59min + 59s), "59:59");
  EXPECT_EQ(format_clock(sim_start + 1h), "1:00:00");
  EXPECT_EQ(format_clock(sim_start + 75min + 5s), "1:15:05");
  EXPECT_EQ(format_clock(sim_start - 61s), "-01:01");
}

TEST(EpochText, IsRead) {
  const struct {
    const char* text;
    std::int64_t unix_seconds;
  } rows[] = {{"1970-01-01T00:00:00Z", 0},
              {"2025-11-01T14:20:00Z", 1762006800},
              {"2024-02-29T23:59:59Z", 1709251199},
              {"1969-12-31T23:59:59Z", -1},
              {"2000-01-01T00:00:00Z", 946684800}};
  for (const auto& row : rows) {
    const Result<Epoch> read = parse_epoch(row.text);
    ASSERT_TRUE(read) << row.text;
    EXPECT_EQ(read.value().unix_seconds, row.unix_seconds) << row.text;
    EXPECT_EQ(format_rfc3339(read.value(), sim_start), row.text);
  }
}

TEST(EpochText, BadTextIsRefused) {
  const struct {
    const char *text, *part;
  } rows[] = {{"", "form"},
              {"2025-11-01", "form"},
              {"2025-11-01T14:20:00", "form"},
              {"2025-11-01T14:20:00+02:00", "form"},
              {"2025-11-01 14:20:00Z", "form"},
              {"2025-1x-01T14:20:00Z", "form"},
              {"2025-02-29T00:00:00Z", "no such day"},
              {"2025-13-01T00:00:00Z", "no such day"},
              {"2025-01-00T00:00:00Z", "no such day"},
              {"2025-01-01T24:00:00Z", "no such time"},
              {"2025-01-01T00:60:00Z", "no such time"},
              {"2025-01-01T00:00:60Z", "no such time"}};
  for (const auto& row : rows) {
    const Result<Epoch> read = parse_epoch(row.text);
    ASSERT_FALSE(read) << row.text;
    EXPECT_NE(read.error().message.find(row.part), std::string::npos) << read.error().message;
    EXPECT_NE(read.error().message.find("2025-11-01T14:20:00Z"), std::string::npos);
  }
}

TEST(EpochText, PrintsInstants) {
  const Epoch epoch = parse_epoch("2025-12-31T23:59:50Z").value();
  EXPECT_EQ(format_rfc3339(epoch, sim_start + 9s + 999'999us), "2025-12-31T23:59:59Z");
  EXPECT_EQ(format_rfc3339(epoch, sim_start + 10s), "2026-01-01T00:00:00Z");
  EXPECT_EQ(format_rfc3339_micro(epoch, sim_start + 1ms + 999ns), "2025-12-31T23:59:50.001000Z");
  EXPECT_EQ(format_rfc3339_micro(epoch, sim_start - 1us), "2025-12-31T23:59:49.999999Z");
  EXPECT_DOUBLE_EQ(unix_seconds_of(epoch, sim_start + 250ms), 1767225590.25);
}

}  // namespace
}  // namespace muster
