#include "cluster_model/controllers/pod_usage.hpp"

#include <set>
#include <utility>

namespace muster {

UsageSampler::UsageSampler(Engine& engine, Walk walk)
    : engine_(engine), walk_(std::move(walk)), timer_(engine, [this] { sample(); }) {}

void UsageSampler::begin() {
  sample();
}

void UsageSampler::sample() {
  const SimTime now = engine_.now();
  std::map<std::pair<std::string, std::string>, Seen> seen;
  std::set<ObjectKey> incomplete;
  usage_.clear();
  for (const ContainerUsage& found : walk_()) {
    const std::pair<std::string, std::string> name{found.pod_uid, found.container};
    const auto before = seen_.find(name);
    seen[name] = {found.instance, found.cpu_seconds, now};
    if (before == seen_.end() || before->second.instance != found.instance) {
      incomplete.insert(found.pod);
      continue;
    }
    Usage& usage = usage_[found.pod];
    usage.at = now;
    usage.window = now - before->second.at;
    usage.memory_bytes += found.memory_bytes;
    const double cores = (found.cpu_seconds - before->second.cpu_seconds) / seconds_of(usage.window);
    usage.cpu_millis += static_cast<std::int64_t>(cores * 1000 + 0.5);
    usage.containers.push_back(
        {found.container, static_cast<std::int64_t>(cores * 1e9 + 0.5), found.memory_bytes});
  }
  for (const ObjectKey& pod : incomplete) usage_.erase(pod);
  seen_ = std::move(seen);
  timer_.start_in(interval);
}

std::optional<Usage> UsageSampler::usage(const ObjectKey& pod) const {
  const auto found = usage_.find(pod);
  return found == usage_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace muster
