#include "cluster_model/traffic/policy_state.hpp"

#include "sim/distributions.hpp"

namespace muster {

SimDuration Retries::pause(std::uint32_t next, std::uint64_t word) const {
  if (profile.base <= SimDuration{0}) return SimDuration{0};
  double ns = static_cast<double>(profile.base.count());
  const auto cap = static_cast<double>(profile.cap.count());
  for (std::uint32_t i = 1; i < next && ns < cap && profile.factor > 1; ++i) ns *= profile.factor;
  ns = std::min(ns, cap);
  if (profile.jitter == RetryProfile::Jitter::full) ns *= unit_interval(word);
  if (profile.jitter == RetryProfile::Jitter::exponential) ns = exponential(unit_interval(word), ns);
  return SimDuration{static_cast<std::int64_t>(ns + 0.5)};
}

}  // namespace muster
