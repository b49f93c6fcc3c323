#include "cluster_model/controllers/zone_evictions.hpp"

#include <algorithm>

namespace muster {

ZoneState zone_state(int ready, int not_ready) {
  if (ready == 0 && not_ready > 0) return ZoneState::full_disruption;
  const bool many = not_ready > 2 && not_ready * 100 >= 55 * (ready + not_ready);
  return many ? ZoneState::partial_disruption : ZoneState::normal;
}

SimDuration eviction_interval(ZoneState state, int nodes) {
  if (state != ZoneState::partial_disruption) return 10s;
  return nodes > 50 ? SimDuration(100s) : evictions_stopped;
}

void ZoneEvictions::add(const std::string& node) {
  if (std::find(waiting_.begin(), waiting_.end(), node) == waiting_.end()) waiting_.push_back(node);
}

void ZoneEvictions::remove(const std::string& node) {
  waiting_.erase(std::remove(waiting_.begin(), waiting_.end(), node), waiting_.end());
}

std::string ZoneEvictions::take(SimTime now) {
  if (waiting_.empty() || interval_ == evictions_stopped) return {};
  if (last_ != sim_never && now - last_ < interval_) return {};
  last_ = now;
  std::string node = waiting_.front();
  waiting_.erase(waiting_.begin());
  return node;
}

}  // namespace muster
