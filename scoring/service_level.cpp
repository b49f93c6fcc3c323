#include "scoring/service_level.hpp"

#include <fmt/format.h>

namespace muster {

namespace {

bool p95_below_limit(const UserWindow& window, SimDuration limit) {
  if (!window.has_latency()) return true;
  const auto [lower, upper] = LatencyHistogram::bounds_of(window.p95_bucket());
  if (upper <= limit) return true;
  if (lower >= limit) return false;
  return window.late() * 20 <= window.ended();
}

std::size_t whole_minutes(SimDuration window) {
  return (seconds_in(window) + 59) / 60;
}

}  // namespace

Health health_of(const UserWindow& window, const Rubric& rubric) {
  if (window.ended() == 0) return Health::no_traffic;
  if (window.error_ratio() >= rubric.error_share_max) return Health::errors;
  return p95_below_limit(window, rubric.p95_max) ? Health::healthy : Health::slow;
}

std::string describe(const UserWindow& window, Health health, const Rubric& rubric) {
  switch (health) {
    case Health::no_traffic:
      return "no request ended; no traffic is not health";
    case Health::errors:
      return fmt::format("{:.2f}% of requests failed (limit: below {:g}%)", window.error_ratio() * 100,
                         rubric.error_share_max * 100);
    case Health::slow:
      return fmt::format("p95 was {} (limit: below {})",
                         format_duration(std::chrono::duration_cast<std::chrono::milliseconds>(window.p95())),
                         format_duration(rubric.p95_max));
    case Health::healthy:
      break;
  }
  return fmt::format("{:.2f}% of requests failed, p95 was {}", window.error_ratio() * 100,
                     format_duration(std::chrono::duration_cast<std::chrono::milliseconds>(window.p95())));
}

ServiceLevel::ServiceLevel(const UserSeries& series, const Rubric& rubric)
    : seconds_(series.size()), window_minutes_(whole_minutes(rubric.restored_window)) {
  UserWindow forward;
  UserWindow trailing;
  const std::size_t evaluation = seconds_in(rubric.evaluation_window);
  outside_.resize(seconds_ + 1);
  for (std::size_t second = 0; second < seconds_; ++second) {
    forward.add(series[second]);
    if (second >= minute) forward.remove(series[second - minute]);
    if (second + 1 >= minute) minutes_.push_back(health_of(forward, rubric));
    trailing.add(series[second]);
    if (second >= evaluation) trailing.remove(series[second - evaluation]);
    // The first users need a moment to come: without a full window, missing traffic says nothing.
    const Health health = health_of(trailing, rubric);
    outside_[second + 1] =
        health != Health::healthy && (health != Health::no_traffic || second + 1 >= evaluation);
  }
}

bool ServiceLevel::holds_from(std::size_t from) const {
  for (std::size_t i = 0; i < window_minutes_; ++i) {
    const std::size_t begin = from + i * minute;
    if (!has_minute(begin) || minutes_[begin] != Health::healthy) return false;
  }
  return true;
}

std::optional<std::size_t> ServiceLevel::first_breach(std::size_t from) const {
  for (std::size_t begin = from; has_minute(begin); begin += minute)
    if (minutes_[begin] != Health::healthy) return begin;
  return std::nullopt;
}

Restored restored_at_end(const UserSeries& series, const Rubric& rubric) {
  constexpr std::size_t minute = ServiceLevel::minute;
  const std::size_t minutes = whole_minutes(rubric.restored_window);
  const std::string window_text = format_duration(minutes * 60s);
  if (series.size() < minutes * minute)
    return {false,
            fmt::format("the drill lasted {}, less than the {} that must be healthy",
                        format_duration(series.size() * 1s), window_text),
            {series.record_in(0, series.size())}};
  const std::size_t first = series.size() - minutes * minute;
  std::string last_words;
  for (std::size_t begin = first; begin < series.size(); begin += minute) {
    UserWindow window;
    for (std::size_t second = begin; second < begin + minute; ++second) window.add(series[second]);
    const Health health = health_of(window, rubric);
    last_words = describe(window, health, rubric);
    if (health == Health::healthy) continue;
    return {false,
            fmt::format("in the minute from {}: {}", format_clock(sim_start + begin * 1s), last_words),
            {series.record_in(begin, begin + minute)}};
  }
  return {true,
          fmt::format("healthy in every minute of the last {}; in the last one {}", window_text, last_words),
          {series.record_in(series.size() - minute, series.size())}};
}

}  // namespace muster
