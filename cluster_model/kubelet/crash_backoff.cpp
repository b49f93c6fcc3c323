#include "cluster_model/kubelet/crash_backoff.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace muster {

namespace {

bool forgotten(const BackoffEntry& entry, SimTime finished) {
  return !entry.known || finished - entry.updated > backoff_forgotten_after;
}

/// Milliseconds as decimal seconds without trailing zeros: 1661 -> "1.661".
std::string decimal_seconds(std::int64_t ms) {
  std::string text = fmt::format("{}.{:03}", ms / 1000, ms % 1000);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace

SimDuration crash_backoff(const BackoffEntry& entry, SimTime finished) {
  return forgotten(entry, finished) ? SimDuration{} : entry.wait;
}

BackoffEntry after_restart(const BackoffEntry& entry, SimTime finished, SimTime now) {
  if (forgotten(entry, finished)) return {true, backoff_first, now};
  return {true, std::min(2 * entry.wait, backoff_most), now};
}

std::string go_duration(SimDuration duration) {
  const std::int64_t ms = std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
  if (ms < 1000) return ms == 0 ? "0s" : fmt::format("{}ms", ms);
  std::string text;
  if (ms >= 3'600'000) text += fmt::format("{}h", ms / 3'600'000);
  if (ms >= 60'000) text += fmt::format("{}m", ms / 60'000 % 60);
  return text + decimal_seconds(ms % 60'000) + "s";
}

}  // namespace muster
