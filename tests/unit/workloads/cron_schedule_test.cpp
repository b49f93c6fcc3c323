// Five-field schedules against times worked out by hand with a calendar.
#include "cluster_model/cron_schedule.hpp"

#include <gtest/gtest.h>

#include "cluster_model/controllers/cron_job_controller.hpp"
#include "cluster_model/controllers/job_math.hpp"
#include "sim/time.hpp"

namespace muster {
namespace {

std::int64_t at(const char* rfc3339) {
  return parse_epoch(rfc3339).value().unix_seconds;
}

struct Next {
  const char *schedule, *after, *next;
};

// 2025-11-01 is a Saturday; 2024 and 2028 are leap years.
TEST(CronSchedule, NextTime) {
  const Next rows[] = {
      {"*/5 * * * *", "2025-11-01T14:20:00Z", "2025-11-01T14:25:00Z"},
      {"*/5 * * * *", "2025-11-01T14:24:59Z", "2025-11-01T14:25:00Z"},
      {"0 * * * *", "2025-11-01T23:00:00Z", "2025-11-02T00:00:00Z"},
      {"30 2 * * *", "2025-11-01T14:20:00Z", "2025-11-02T02:30:00Z"},
      {"0 9 * * 1-5", "2025-11-01T00:00:00Z", "2025-11-03T09:00:00Z"},
      {"0 9 * * MON", "2025-11-01T00:00:00Z", "2025-11-03T09:00:00Z"},
      {"0 0 29 2 *", "2025-11-01T00:00:00Z", "2028-02-29T00:00:00Z"},
      {"0 0 13 * 5", "2025-11-01T00:00:00Z", "2025-11-07T00:00:00Z"},  // either day is enough
      {"0 0 1,15 * *", "2025-11-01T00:00:00Z", "2025-11-15T00:00:00Z"},
      {"10-40/15 6 * jan *", "2025-11-01T00:00:00Z", "2026-01-01T06:10:00Z"},
      {"@hourly", "2025-11-01T14:20:00Z", "2025-11-01T15:00:00Z"},
      {"@weekly", "2025-11-01T14:20:00Z", "2025-11-02T00:00:00Z"},
      {"0 0 * * 7", "2025-11-01T14:20:00Z", "2025-11-02T00:00:00Z"},
  };
  for (const Next& row : rows) {
    const auto schedule = parse_cron(row.schedule);
    ASSERT_TRUE(schedule.has_value()) << row.schedule;
    EXPECT_EQ(next_cron_time(*schedule, at(row.after)), at(row.next)) << row.schedule;
  }
  EXPECT_EQ(next_cron_time(parse_cron("0 0 30 2 *").value(), at("2025-11-01T00:00:00Z")), -1);
}

TEST(CronSchedule, Refusals) {
  for (const char* broken : {"", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *",
                             "* * * 13 *", "* * * * 8", "5-1 * * * *", "*/0 * * * *", "a * * * *", "@soon"})
    EXPECT_FALSE(parse_cron(broken).has_value()) << broken;
}

TEST(CronJob, MissedTimesAndNames) {
  const CronSchedule minutely = parse_cron("* * * * *").value();
  const std::int64_t now = at("2025-11-01T14:20:00Z");
  EXPECT_EQ(missed_times(minutely, now, now).count, 0);
  EXPECT_EQ(missed_times(minutely, now - 60, now).last, now);
  EXPECT_EQ(missed_times(minutely, now - 600, now).count, 10);
  EXPECT_EQ(missed_times(minutely, now - 86'400, now).count, 101);
  EXPECT_EQ(cron_job_name("backup", now), "backup-29366780");  // 1762006800 / 60
}

// 10 s doubling to six minutes (kubernetes.io/docs/concepts/workloads/controllers/job).
TEST(Job, BackoffDoublesToSixMinutes) {
  const SimDuration expected[] = {10s, 20s, 40s, 80s, 160s, 320s, 360s, 360s};
  for (int i = 0; i < 8; ++i) EXPECT_EQ(job_backoff(i + 1), expected[i]);
}

TEST(Job, Decisions) {
  JobSpec job;
  job.completions = 5;
  job.parallelism = 2;
  EXPECT_EQ(wanted_active(job, {0, 0, 0, 0}), 2);
  EXPECT_EQ(wanted_active(job, {0, 4, 0, 0}), 1);
  EXPECT_EQ(wanted_active(job, {0, 5, 0, 0}), 0);
  EXPECT_FALSE(job_complete(job, {0, 4, 0, 0}));
  EXPECT_FALSE(job_complete(job, {1, 5, 0, 0}));
  EXPECT_TRUE(job_complete(job, {0, 5, 0, 0}));
  job.backoff_limit = 2;
  EXPECT_FALSE(job_failure(job, {0, 0, 2, 0}, SimTime{}, SimTime{}).has_value());
  EXPECT_EQ(job_failure(job, {0, 0, 3, 0}, SimTime{}, SimTime{})->reason, "BackoffLimitExceeded");
  job.active_deadline = 60s;
  EXPECT_FALSE(job_failure(job, {}, SimTime{}, SimTime{59s}).has_value());
  EXPECT_EQ(job_failure(job, {}, SimTime{}, SimTime{60s})->reason, "DeadlineExceeded");
  job.completions.reset();  // a work queue: one success is enough, once nobody works any more
  EXPECT_EQ(wanted_active(job, {2, 0, 0, 0}), 2);
  EXPECT_EQ(wanted_active(job, {1, 1, 0, 0}), 1);
  EXPECT_TRUE(job_complete(job, {0, 1, 0, 0}));
}

}  // namespace
}  // namespace muster
