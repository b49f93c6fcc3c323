// A journal as large as that of a 75-minute drill: 4,500 seconds of traffic, eight endpoints, about 45
// buckets.
#pragma once

#include <string>

#include "journal/journal.hpp"
#include "sim/assert.hpp"
#include "tests/unit/journal/sample_journal.hpp"

namespace muster::samples {

/// One second of 270 requests. `n` shifts the counts, so that no two seconds are alike.
inline TrafficFact busy_second(std::uint32_t n) {
  static const char* const endpoints[] = {
      "GET /api/v1/tasks",    "POST /api/v1/tasks", "GET /api/v1/tasks/{id}", "GET /api/v1/agents",
      "POST /api/v1/reviews", "GET /api/v1/status", "GET /health/live",       "POST /api/v1/merge"};
  TrafficFact fact;
  fact.service = "autonomous-dev";
  fact.arrivals = 260 + n % 21;
  for (const char* endpoint : endpoints)
    fact.endpoints.push_back({endpoint, "tasks", {20 + n % 31, n % 2, n % 5, n % 3, n % 7, n % 11}});
  fact.slow = n % 13;
  fact.users_seen = 230 + n % 17;
  fact.users_affected = n % 9;
  fact.users_seen_minute = 2'300 + n % 97;
  fact.users_affected_minute = n % 89;
  for (std::uint32_t i = 0; i < 45; ++i) {
    const auto [lower, upper] = LatencyHistogram::bounds_of(static_cast<std::uint16_t>(150 + 2 * i + n % 2));
    fact.latency.add(lower + (upper - lower) / 2, 1 + (n + i) % 12);
  }
  return fact;
}

inline std::string drill_sized_journal(std::uint32_t seconds = 4'500) {
  std::string text;
  JournalWriter writer(
      [&](std::string_view line) {
        text += line;
        return Result<void>();
      },
      header());
  for (std::uint32_t n = 1; n <= seconds; ++n) {
    writer.record(sim_start + n * 1s, busy_second(n));
    if (n % 9 == 0) writer.record(sim_start + n * 1s, request());
  }
  const Result<Seal> seal = writer.seal(sim_start + seconds * 1s);
  MUSTER_ASSERT(seal.has_value(), "a string cannot be full");
  return text;
}

}  // namespace muster::samples
